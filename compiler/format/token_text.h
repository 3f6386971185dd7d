// Internal: how each token is written, and what it is for the spaces around it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "compiler/ast/ast.h"
#include "compiler/ast/vocabulary.h"
#include "compiler/diag/message.h"
#include "compiler/source/source_file.h"

namespace huiyu::format {

enum class Shape : std::uint8_t {
  Word,   // keywords, names, literals, texts
  Open,   // （
  Close,  // ）
  Colon,
  Comma,
  Tight,     // ；、。. and / before a unit: nothing on either side
  Operator,  // + − × ÷ =
  Compare,   // ＜ ≤ ＞ ≥ ≠
  Bar,
  ListMark,  // （一） 1. ①
  EndMark,   // （含） （不含）
  LineBreak,
  End,
};

// What a token is, from its text alone.
Shape shape_of(ast::Token const& token, SourceFile const& source);

// A keyword or a built-in name in one language.
std::string_view spelling(ast::Word word, diag::Language language);

// The type, function or other built-in name that a text spells in either language; None if it spells none.
ast::Word built_in_word(std::string_view text);

// The language a keyword was written in.
diag::Language language_of(ast::Token const& token, SourceFile const& source);

// How a token is written that nothing in the tree says more about. Keywords in `language`, or as they were.
std::string token_text(ast::Token const& token, Shape shape, SourceFile const& source,
                       std::optional<diag::Language> language);

}  // namespace huiyu::format
