#include "compiler/builtins/builtin.h"

namespace huiyu::builtins {

#include "builtin_table.inc"  // written by CMake from the files of this folder

std::span<Builtin const* const> all() { return table; }

Builtin const* find(std::string_view name) {
  for (auto const* row : table)
    if (row->name == name) return row;
  return nullptr;
}

}  // namespace huiyu::builtins
