// Which token of Huiyu.g4 a word is. For the .cpp files of this folder that know the generated parser.
#pragma once

#include <cstdint>

#include "compiler/ast/vocabulary.h"

namespace huiyu::parse {

std::uint16_t token_type(ast::Word word);

}  // namespace huiyu::parse
