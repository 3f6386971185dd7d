#include "compiler/driver/wide_series.h"

#include <algorithm>
#include <string_view>

#include "runtime/columns/cell.h"

namespace huiyu::driver {
namespace {

// `2023年` or `2024年3月`, as the series goes by years or months.
bool is_period(std::string_view text, columns::FieldLayout const& series) {
  auto const last = series.series == columns::SeriesStep::Monthly ? std::string_view("月") : std::string_view("年");
  if (!text.ends_with(last) || text.front() < '0' || text.front() > '9') return false;
  return columns::read_cell(text, columns::item_fields(series).front()).state == columns::Cell::State::Present;
}

}  // namespace

void add_wide_series(std::vector<columns::FieldLayout> const& fields, std::vector<std::string> const& names,
                     std::vector<records::ReshapedColumn>& columns) {
  for (auto const& field : fields) {
    if (field.series == columns::SeriesStep::None || std::ranges::find(names, field.name) != names.end() ||
        std::ranges::find(columns, field.name, &records::ReshapedColumn::name) != columns.end())
      continue;
    records::ReshapedColumn wide{field.name, {}, {}};
    for (auto const& name : names) {
      if (name.size() <= field.name.size() || !name.ends_with(field.name) || columns::find_field(fields, name) >= 0)
        continue;
      auto period = name.substr(0, name.size() - field.name.size());
      if (is_period(period, field)) wide.parts.emplace_back(std::move(period), name);
    }
    if (!wide.parts.empty()) columns.push_back(std::move(wide));
  }
}

}  // namespace huiyu::driver
