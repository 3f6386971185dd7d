#pragma once

// What every reader of nested data does alike: sets in order, series by period, faults with their place.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/columns/builder.h"

namespace huiyu::columns {

// Where a reader is: a row of the input and the path of a field in it. Reports go to `reports`.
struct ReportSite {
  std::vector<CellReport>& reports;
  std::int64_t row = 0;  // over the whole input
  std::string path;      // `技改项目.设备投资额`

  ReportSite field(std::string_view name) const;  // path.name
  ReportSite period(std::string_view key) const;  // path[key]
  void report(std::string_view text, CellFault fault) const;
};

// One row of a scalar column from text; a fault is reported and the fact is missing.
void add_cell(ColumnBuilder& column, std::string_view text, ReportSite const& site);

// One row of a set. An entry that is absent, blank or unreadable leaves one missing item: something was named.
void add_set(ColumnBuilder& column, std::vector<std::optional<std::string>> const& entries, ReportSite const& site);

// One row of a set written as one text: an entry, or several parted by `、` `，` `；` `|` or their ASCII forms. Blank
// is missing.
void add_set_text(ColumnBuilder& column, std::string_view text, ReportSite const& site);

// One row of a series. `keys` are the periods as written (`2023年`, `2024-06`); `add_value(i, column, site)` adds the
// value that belongs to keys[i]. A key that is no period is reported; of a period that comes twice the value is
// missing.
using AddValue = std::function<void(std::size_t, ColumnBuilder&, ReportSite const&)>;
void add_series(ColumnBuilder& column, std::vector<std::string> const& keys, AddValue const& add_value,
                ReportSite const& site);

}  // namespace huiyu::columns
