#include "runtime/columns/arrow_read.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "runtime/columns/arrow_cells.h"
#include "runtime/columns/arrow_nested.h"
#include "runtime/columns/arrow_scalars.h"
#include "runtime/columns/arrow_share.h"

namespace huiyu::columns {
namespace {

Column missing_column(FieldLayout const& field, std::int64_t count) {
  ColumnBuilder column(field);
  for (std::int64_t row = 0; row < count; ++row) column.add_missing();
  return column.finish();
}

Column built_column(FieldLayout const& field, ArrowRows const& rows, Place const& place) {
  ColumnBuilder column(field);
  for (std::int64_t row = 0; row < rows.count; ++row) {
    if (rows.present(row))
      add_arrow_row(column, *rows.view, rows.first + row, place(row));
    else
      column.add_missing();
  }
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

Column read_column(FieldLayout const& field, ArrowRows const& rows, std::shared_ptr<void const> const& owner,
                   Place const& place) {
  if (rows.view->format().kind == ArrowKind::Null) return missing_column(field, rows.count);
  if (auto column = share_column(field, rows, owner, place)) return std::move(*column);
  if (auto column = read_scalars(field, rows, place)) return std::move(*column);
  if (auto column = read_nested(field, rows, owner, place)) return std::move(*column);
  return built_column(field, rows, place);
}

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
    // A struct may be a slice of longer children.
    ArrowRows const rows{*found, record->child_row(0), batch.row_count};
    batch.columns.push_back(read_column(
        field, rows, owner, [&](std::int64_t row) { return ReportSite{reports, first_row + row, field.name}; }));
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
    if (!there[i] && !layout.fields[i].computed) names.push_back(layout.fields[i].name);
  return names;
}

}  // namespace huiyu::columns
