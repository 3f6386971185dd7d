#include "runtime/columns/arrow_read.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "runtime/columns/arrow_cells.h"
#include "runtime/columns/arrow_share.h"

namespace huiyu::columns {
namespace {

// Rows of the record batch as rows of its columns: a struct may be a slice of longer children.
struct Source {
  ArrowView const* view = nullptr;
  std::int64_t first = 0;
  std::int64_t count = 0;
};

Column missing_column(FieldLayout const& field, std::int64_t count) {
  ColumnBuilder column(field);
  for (std::int64_t row = 0; row < count; ++row) column.add_missing();
  return column.finish();
}

Column built_column(FieldLayout const& field, Source const& source, std::int64_t first_row,
                    std::vector<CellReport>& reports) {
  ColumnBuilder column(field);
  ReportSite site{reports, first_row, field.name};
  for (std::int64_t row = 0; row < source.count; ++row, ++site.row)
    add_arrow_row(column, *source.view, source.first + row, site);
  return column.finish();
}

Result<ArrowView const*> find_column(ArrowView const& record, std::string const& name) {
  ArrowView const* found = nullptr;
  for (auto const& child : record.children()) {
    if (child.name() != name) continue;
    if (found != nullptr) return Error{ErrorKind::Data, fmt::format("there are two columns `{}`", name)};
    found = &child;
  }
  return found;
}

}  // namespace

Result<Batch> read_arrow(ArrowSchema const& schema, ArrowArray&& array, RecordLayout const& layout,
                         std::int64_t first_row, std::vector<CellReport>& reports) {
  auto const owner = std::make_shared<OwnedArray>(array);
  array = ArrowArray{};
  auto const record = ArrowView::open(schema, *owner->get(), "");
  if (!record) return record.error();
  if (record->format().kind != ArrowKind::Struct)
    return Error{ErrorKind::Data, "a record batch is a struct of columns"};

  Batch batch;
  batch.row_count = record->length();
  batch.first_row = first_row;
  for (auto const& field : layout.fields) {
    auto const found = find_column(*record, field.name);
    if (!found) return found.error();
    if (*found == nullptr) {
      batch.columns.push_back(missing_column(field, batch.row_count));
      continue;
    }
    if (auto fits = check_fits(**found, field); !fits) return fits.error();
    Source const source{*found, record->child_row(0), batch.row_count};
    auto shared = share_column(field, **found, source.first, source.count, owner, {reports, first_row, field.name});
    batch.columns.push_back(shared ? std::move(*shared) : built_column(field, source, first_row, reports));
  }
  std::stable_sort(reports.begin(), reports.end(),
                   [](CellReport const& a, CellReport const& b) { return a.row < b.row; });
  return batch;
}

std::vector<std::string> unread_columns(ArrowSchema const& schema, RecordLayout const& layout) {
  std::vector<std::string> names;
  for (std::int64_t i = 0; schema.children != nullptr && i < schema.n_children; ++i) {
    auto const* child = schema.children[i];
    std::string const name = child == nullptr || child->name == nullptr ? "" : child->name;
    if (find_field(layout.fields, name) < 0) names.push_back(name);
  }
  return names;
}

std::vector<std::string> absent_columns(ArrowSchema const& schema, RecordLayout const& layout) {
  std::vector<bool> there(layout.fields.size(), false);
  for (std::int64_t i = 0; schema.children != nullptr && i < schema.n_children; ++i) {
    auto const* child = schema.children[i];
    auto const at = child == nullptr || child->name == nullptr ? -1 : find_field(layout.fields, child->name);
    if (at >= 0) there[static_cast<std::size_t>(at)] = true;
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < there.size(); ++i)
    if (!there[i]) names.push_back(layout.fields[i].name);
  return names;
}

}  // namespace huiyu::columns
