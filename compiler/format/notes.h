// Internal: what the tree says about the layout of single tokens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/ast/vocabulary.h"
#include "compiler/format/token_text.h"
#include "compiler/source/source_file.h"

namespace huiyu::format {

// What a line is that begins with a token.
enum class LineRole : std::uint8_t {
  Continuation,  // goes on with the line before it
  Head,          // of a declaration
  Line,          // a field, a clause, a value of a parameter
  Row,           // of a ladder, a table, a list of conditions or alerts, below its line
  InnerRow,      // of a list in a list
  Hanging,       // a further record or expectation, below the first
};

// The room before a token.
enum class Gap : std::uint8_t {
  Usual,   // as the two tokens ask for
  Joined,  // nothing, but a blank beside English words
  Wide,    // before what is an addition to the line: attributes, 来源, 当, 依据
};

inline constexpr std::int32_t no_group = -1;

struct Note {
  LineRole role = LineRole::Continuation;
  Gap gap = Gap::Usual;
  ast::Word spell_as = ast::Word::None;  // print this keyword instead
  bool built_in = false;                 // a name of the vocabulary
  bool sign = false;                     // the − of a negative number
  bool declares = false;                 // a colon with room on both sides
  std::int32_t group = no_group;         // stands below the tokens of the same group and column
  std::uint8_t column = 0;
};

// Tokens by line: what the lines of the text are.
struct Lines {
  std::vector<std::uint32_t> line_of;  // by token; a line break belongs to the line it ends
  std::vector<std::uint32_t> first;    // by line: its first token
};

Lines find_lines(std::vector<Shape> const& shapes);

// One note for each token.
std::vector<Note> annotate(ast::File const& file, std::vector<Shape> const& shapes, Lines const& lines);

}  // namespace huiyu::format
