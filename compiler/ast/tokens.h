#pragma once

// The text as cut into tokens.

#include <cstdint>

#include "compiler/source/span.h"

namespace huiyu::ast {

enum class TokenKind : std::uint8_t {
  Keyword,
  Name,
  Number,
  Date,
  Ordinal,
  Text,
  Citation,
  Raw,
  Punctuation,
  NewLine,
  Unknown,
  End
};

// One token as cut from the text. `trivia_begin..span.begin` are the blanks, comments and blank lines before it.
struct Token {
  TokenKind kind{};
  std::uint16_t keyword = 0;  // the `Word` (vocabulary.h) where kind is Keyword; 0 else
  std::uint32_t trivia_begin = 0;
  Span span;
};

}  // namespace huiyu::ast
