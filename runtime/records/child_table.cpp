#include "runtime/records/child_table.h"

#include <algorithm>

#include "runtime/columns/arrow_read.h"
#include "runtime/columns/concatenate.h"
#include "runtime/columns/items.h"
#include "runtime/columns/key_watch.h"
#include "runtime/columns/take.h"

namespace huiyu::records {
namespace {

using columns::CellFault;
using columns::Column;
using columns::FieldLayout;

// What the reader of the child table is to find: the items, then the key as a text.
columns::RecordLayout layout_of(FieldLayout const& field) {
  columns::RecordLayout layout;
  layout.fields = columns::item_fields(field);
  if (field.series != columns::SeriesStep::None) {
    layout.fields[0].name = child_period;
    layout.fields[1].name = child_value;
  }
  FieldLayout key;
  key.name = child_key;
  key.kind = columns::ValueKind::Text;
  layout.fields.push_back(std::move(key));
  return layout;
}

struct Kept {
  std::vector<std::uint8_t> validity;
};

}  // namespace

Result<ChildTable> ChildTable::read(columns::ArrowStream stream, Reshape const& reshape, FieldLayout const& field,
                                    std::string const& label, bool absent_missing) {
  ChildTable table;
  table.field_ = field;
  table.label_ = label;
  bool const series = field.series != columns::SeriesStep::None;
  table.absent_missing_ = absent_missing || series;
  auto const layout = layout_of(field);
  std::vector<columns::Batch> batches;
  std::int64_t first_row = 0;
  for (;;) {
    auto array = stream.next();
    if (!array) return array.error();
    if (!array->has_value()) break;
    auto batch =
        columns::read_arrow(reshape.schema(), reshape.apply(std::move(**array)), layout, first_row, table.reports_);
    if (!batch) return Error{batch.error().kind, label + ": " + batch.error().message};
    first_row += batch->row_count;
    batches.push_back(std::move(*batch));
  }
  for (auto& report : table.reports_) {
    if (series && report.field == child_period) report.field = field.name;
    if (series && report.field == child_value)
      report.field = field.name;
    else if (!series)
      report.field = field.name + "." + report.field;
    report.field = label + " " + report.field;
  }
  if (batches.empty()) return table;
  table.rows_ = columns::concatenate(std::move(batches));
  table.group();
  if (series) table.settle_periods();
  return table;
}

void ChildTable::group() {
  auto const& keys = rows_.columns.back();
  for (std::int64_t row = 0; row < rows_.row_count; ++row) {
    auto const key = keys.present(row) ? keys.text(row) : std::string();
    auto const [found, fresh] = by_key_.try_emplace(key, groups_.size());
    if (fresh) groups_.emplace_back();
    groups_[found->second].rows.push_back(row);
  }
  for (auto& group : groups_) {
    auto const count = static_cast<std::int64_t>(group.rows.size());
    if (count <= columns::max_list_items) continue;
    group.too_long = true;
    columns::ReportSite{reports_, group.rows.front(), label_ + " " + field_.name}.report(
        "[… " + std::to_string(count) + "]", CellFault::OutOfRange);
  }
}

// Periods in order and once each; a row without a period says nothing.
void ChildTable::settle_periods() {
  auto const& periods = rows_.columns[0];
  auto const fields = columns::item_fields(field_);
  for (auto& group : groups_) {
    std::erase_if(group.rows, [&](std::int64_t row) { return !periods.present(row); });
    std::stable_sort(group.rows.begin(), group.rows.end(),
                     [&](std::int64_t a, std::int64_t b) { return periods.at(a) < periods.at(b); });
    std::vector<std::int64_t> once;
    for (auto const row : group.rows) {
      if (once.empty() || periods.at(once.back()) != periods.at(row)) {
        once.push_back(row);
        group.values.push_back(row);
        continue;
      }
      group.values.back() = -1;
      auto const text = columns::cell_text(periods, fields[0], row);
      columns::ReportSite{reports_, row, label_ + " " + field_.name + "[" + text + "]"}.report(text,
                                                                                               CellFault::DuplicateKey);
    }
    group.rows = std::move(once);
  }
}

Column ChildTable::column_for(std::vector<std::optional<std::string>> const& keys) {
  Column column;
  auto kept = std::make_shared<Kept>();
  kept->validity.assign((keys.size() + 7) / 8, 0);
  column.starts.push_back(0);
  std::vector<std::int64_t> rows, values;
  bool all = true;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto const found = keys[i] && !keys[i]->empty() ? by_key_.find(*keys[i]) : by_key_.end();
    bool there = found != by_key_.end() || (keys[i] && !absent_missing_);
    if (found != by_key_.end()) groups_[found->second].used = true;
    if (found != by_key_.end() && groups_[found->second].too_long) {
      there = false;
    } else if (found != by_key_.end()) {
      auto const& group = groups_[found->second];
      rows.insert(rows.end(), group.rows.begin(), group.rows.end());
      values.insert(values.end(), group.values.begin(), group.values.end());
    }
    if (there) kept->validity[i / 8] = static_cast<std::uint8_t>(kept->validity[i / 8] | (1U << (i % 8)));
    all = all && there;
    column.starts.push_back(static_cast<std::int64_t>(rows.size()));
  }
  column.items = std::make_unique<columns::Batch>();
  column.items->row_count = static_cast<std::int64_t>(rows.size());
  bool const series = field_.series != columns::SeriesStep::None;
  for (std::size_t i = 0; i + 1 < rows_.columns.size(); ++i)
    column.items->columns.push_back(columns::take(rows_.columns[i], series && i == 1 ? values : rows));
  if (rows_.columns.empty()) {
    // An empty table: columns of the right kinds, without rows.
    auto builders = columns::make_builders(columns::item_fields(field_));
    column.items = std::make_unique<columns::Batch>(columns::finish_batch(builders));
  }
  if (!all) column.validity = kept->validity.data();
  column.owner = std::move(kept);
  return column;
}

std::vector<columns::CellReport> ChildTable::strays() const {
  std::vector<columns::CellReport> reports;
  for (auto const& [key, at] : by_key_) {
    if (groups_[at].used) continue;
    for (auto const row : groups_[at].rows)
      columns::ReportSite{reports, row, label_ + " " + field_.name}.report(key, CellFault::NoSuchRecord);
  }
  std::sort(reports.begin(), reports.end(),
            [](columns::CellReport const& a, columns::CellReport const& b) { return a.row < b.row; });
  return reports;
}

}  // namespace huiyu::records
