// Series that a table writes as the rules speak of them: a column `2023年营业收入` for a period.
#pragma once

#include <string>
#include <vector>

#include "runtime/columns/layout.h"
#include "runtime/records/reshape.h"

namespace huiyu::driver {

// Adds the series whose columns are named by period and field (2023年营业收入, 2024年3月用电量) to `columns`, but not
// what `columns` or a column of the field's own name gives already. A field of the rules that has such a name keeps it.
void add_wide_series(std::vector<columns::FieldLayout> const& fields, std::vector<std::string> const& names,
                     std::vector<records::ReshapedColumn>& columns);

}  // namespace huiyu::driver
