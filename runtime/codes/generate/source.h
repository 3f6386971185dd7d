// The C++ source that holds a code table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/codes/generate/rows.h"

namespace huiyu::codes::generate {

// Writes the definition of `table` (region_table, industry_table), as runtime/codes/table.h declares it.
std::string write_source(std::string_view table, std::string_view edition, std::vector<CodeRow> const& rows,
                         std::vector<ChangeRow> const& changes);

}  // namespace huiyu::codes::generate
