// The rows of the published code files, checked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace huiyu::codes::generate {

struct CodeRow {
  std::string code;
  std::string name;
  std::int32_t parent = -1;  // index of its row
  std::int32_t last = 0;     // index of the last row at or below it
  std::uint8_t level = 0;
};

struct ChangeRow {
  std::string old_code;
  std::string new_code;
  std::string name;
  std::int32_t year = 0;
  std::string kind;  // the enumerator of ChangeKind
};

// The names of the levels in a code file, from the top down.
using LevelNames = std::vector<std::string_view>;

// Reads `code,name,level,parent`. Refused: codes out of order or twice, a parent that is not the row's place in
// the walk from parents to children, a level that is not one below the parent's.
Result<std::vector<CodeRow>> read_code_rows(std::string_view csv, LevelNames const& levels);

// Reads `old_code,new_code,name,year,kind`, and sorts the rows as runtime/codes/history.h promises.
Result<std::vector<ChangeRow>> read_change_rows(std::string_view csv);

}  // namespace huiyu::codes::generate
