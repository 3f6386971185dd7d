// The words of a file in order: as ast tokens (every byte accounted for) and as what the parser reads.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/ast/vocabulary.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/parse/layout.h"
#include "compiler/parse/literal.h"

namespace huiyu::parse {

// What the parser reads: line ends that mean something, no trivia.
struct Lexeme {
  std::uint16_t type = 0;  // token of Huiyu.g4
  ast::Word word = ast::Word::None;
  Mark mark = Mark::None;
  LiteralKind literal{};
  bool known = true;      // false: refused already, and what follows from it is not reported
  bool built_in = false;  // a name of the vocabulary: spelled in Chinese whatever was written
  bool plain = true;      // the bytes are the text
  std::uint32_t begin = 0, end = 0;
};

// The lexemes of one declaration.
struct Window {
  std::uint32_t begin = 0, end = 0;
  ast::Word head = ast::Word::None;
  bool published = false;
  bool skip = false;  // reported already as a whole; becomes a hole
  Span span;
};

struct Tokens {
  std::vector<ast::Token> all;
  std::vector<Lexeme> lexemes;
  std::vector<Window> windows;
};

// The deepest nesting of brackets; nothing a person writes comes near it.
inline constexpr std::size_t deepest_nesting = 64;

// Pass 2: cuts all runs with the names known. Reports what concerns characters, words and brackets.
Tokens make_tokens(SourceFile const& source, Layout const& layout, Dictionary const& visible, Diagnostics& diagnostics);

}  // namespace huiyu::parse
