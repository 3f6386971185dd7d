// Internal: the blanks between two tokens of one line.
#pragma once

#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/format/notes.h"

namespace huiyu::format {

// A token with all that decides about the room before and after it.
struct Placed {
  ast::Token const* token = nullptr;
  Shape shape{};
  Note const* note = nullptr;
  std::string text;       // as it is printed
  bool in_table = false;  // its line is a row of a table
};

// How many blanks stand between a token and the one before it on its line.
std::size_t blanks_between(Placed const& left, Placed const& right);

}  // namespace huiyu::format
