#include "compiler/parse/token_types.h"

#include <Huiyu.h>

namespace huiyu::parse {

std::uint16_t token_type(ast::Word word) {
  using grammar::Huiyu;
#define HUIYU_WORD(Name, Token, Acts, Zh, En) Huiyu::Token,
  static constexpr std::uint16_t types[] = {
      0,
#include "words.inc"
  };
#undef HUIYU_WORD
  return types[static_cast<std::size_t>(word)];
}

}  // namespace huiyu::parse
