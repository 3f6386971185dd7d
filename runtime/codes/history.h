// How codes changed over time, and what an old code means today.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/codes/codes.h"

namespace huiyu::codes {

enum class ChangeKind : std::uint8_t {
  Withdrawn,  // the code ended; new_code took over its area or a part of it
  Renamed,    // the code was kept, its name changed
  Partial,    // a part of the area went to new_code; the old code stayed in use
};

struct CodeChange {
  std::string_view old_code;
  std::string_view new_code;  // empty: the successors are those of the codes that were below it
  std::string_view name;      // the name under the old code
  std::int32_t year;          // of the change
  ChangeKind kind;
};

// All known changes, sorted by old code, year, kind and new code. None are recorded for industries.
std::span<CodeChange const> changes(CodeSystem system);

// What a code that was used in a year means today: ids of the present table, sorted; none if nobody knows the code.
//
// Withdrawn codes are followed by date through all later changes. A withdrawn area that was divided gives
// several ids: the place is one of them. In the year of a change the old code means the old area, and if the
// code was given to another area in that year, either. A code used after it ended means what it last meant.
// Partial moves are not followed: the code stayed, and so does the record.
std::vector<std::int32_t> resolve(CodeSystem system, std::string_view code, std::int32_t year);

}  // namespace huiyu::codes
