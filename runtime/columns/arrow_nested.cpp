#include "runtime/columns/arrow_nested.h"

#include <algorithm>

#include "runtime/columns/arrow_scalars.h"

namespace huiyu::columns {
namespace {

struct Kept {
  std::vector<std::uint8_t> validity;
};

// Which items each row owns: they follow each other without gaps.
struct Runs {
  std::vector<std::int64_t> starts;  // from 0
  std::int64_t begin = 0;            // the row of the child that item 0 is
  std::int64_t count() const { return starts.back(); }
  // The row that owns an item.
  std::int64_t owner_of(std::int64_t item) const {
    return std::upper_bound(starts.begin(), starts.end(), item) - starts.begin() - 1;
  }
};

// None where a missing row owns items, or a row more than it may.
std::optional<Runs> find_runs(ArrowRows const& rows, Validity const& valid) {
  Runs runs;
  runs.starts.resize(static_cast<std::size_t>(rows.count) + 1, 0);
  if (rows.count == 0) return runs;
  runs.begin = rows.view->begin(rows.first);
  for (std::int64_t row = 0; row < rows.count; ++row) {
    auto const end = rows.view->end(rows.first + row) - runs.begin;
    auto const size = end - runs.starts[static_cast<std::size_t>(row)];
    if (size > max_list_items || (size > 0 && !valid.present(row))) return std::nullopt;
    runs.starts[static_cast<std::size_t>(row) + 1] = end;
  }
  return runs;
}

Column make_nested(Validity valid, Runs runs, std::vector<Column> items) {
  Column column;
  auto kept = std::make_shared<Kept>();
  if (!valid.all_present()) {
    kept->validity = std::move(valid).take();
    column.validity = kept->validity.data();
  }
  column.owner = std::move(kept);
  column.items = std::make_unique<Batch>();
  column.items->row_count = runs.count();
  column.items->columns = std::move(items);
  column.starts = std::move(runs.starts);
  return column;
}

bool any_null(ArrowView const& view, std::int64_t first, std::int64_t count) {
  return !ArrowRows{&view, first, count}.validity().all_present();
}

// A map's keys as the periods of a series; none unless each row has them in order, once each, and all readable.
std::optional<std::vector<std::int64_t>> read_periods(FieldLayout const& field, ArrowView const& keys,
                                                      std::int64_t first, Runs const& runs) {
  std::vector<std::int64_t> periods(static_cast<std::size_t>(runs.count()));
  CellReader reader(field);
  for (std::size_t row = 0; row + 1 < runs.starts.size(); ++row) {
    for (auto item = runs.starts[row]; item < runs.starts[row + 1]; ++item) {
      auto const cell = reader.read(keys.text(first + item));
      auto const place = static_cast<std::size_t>(item);
      if (cell.state != Cell::State::Present) return std::nullopt;
      if (item > runs.starts[row] && cell.value <= periods[place - 1]) return std::nullopt;
      periods[place] = cell.value;
    }
  }
  return periods;
}

// One column for each period: every row has every period, so a null says that the year was not stated. None unless all
// names are periods, each another.
std::optional<Column> read_wide_series(FieldLayout const& field, ArrowRows const& rows,
                                       std::shared_ptr<void const> const& owner, Place const& place) {
  struct Part {
    std::int64_t period;
    ArrowRows rows;
    Column column;
  };
  auto const fields = item_fields(field);
  std::vector<Part> parts;
  for (auto const& child : rows.view->children()) {
    auto const cell = read_cell(child.name(), fields[0]);
    if (cell.state != Cell::State::Present) return std::nullopt;
    parts.push_back({cell.value, {&child, rows.view->child_row(rows.first), rows.count}, {}});
  }
  std::stable_sort(parts.begin(), parts.end(), [](Part const& a, Part const& b) { return a.period < b.period; });
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (parts[i].period == parts[i - 1].period) return std::nullopt;
  auto valid = rows.validity();
  if (!valid.all_present()) return std::nullopt;
  for (auto& part : parts)
    part.column = read_column(fields[1], part.rows, owner,
                              [&](std::int64_t row) { return place(row).period(part.rows.view->name()); });

  Runs runs;
  runs.starts.reserve(static_cast<std::size_t>(rows.count) + 1);
  runs.starts.push_back(0);
  std::vector<std::int64_t> periods, values;
  std::vector<bool> there;
  for (std::int64_t row = 0; row < rows.count; ++row) {
    for (auto const& part : parts) {
      if (!part.rows.present(row)) continue;
      bool const known = part.column.present(row);
      periods.push_back(part.period);
      values.push_back(known ? part.column.at(row) : 0);
      there.push_back(known);
    }
    runs.starts.push_back(static_cast<std::int64_t>(periods.size()));
  }
  Validity known(runs.count());
  for (std::size_t i = 0; i < there.size(); ++i)
    if (!there[i]) known.clear(static_cast<std::int64_t>(i));
  std::vector<Column> items;
  items.push_back(make_column(fields[0], periods, Validity(runs.count())));
  items.push_back(make_column(fields[1], values, std::move(known)));
  return make_nested(std::move(valid), std::move(runs), std::move(items));
}

std::optional<Column> read_series(FieldLayout const& field, ArrowRows const& rows,
                                  std::shared_ptr<void const> const& owner, Place const& place) {
  if (rows.view->format().kind == ArrowKind::Struct && !has_items(item_fields(field)[1]) &&
      item_fields(field)[1].kind != ValueKind::Text && item_fields(field)[1].kind != ValueKind::CreditCode)
    return read_wide_series(field, rows, owner, place);
  if (rows.view->format().kind != ArrowKind::Map) return std::nullopt;
  auto const& entry = rows.view->children().front();
  auto const& keys = entry.children()[0];
  if (keys.format().kind != ArrowKind::Text || keys.has_dictionary()) return std::nullopt;
  auto valid = rows.validity();
  auto runs = find_runs(rows, valid);
  if (!runs) return std::nullopt;
  auto const first = entry.child_row(runs->begin);
  if (any_null(entry, runs->begin, runs->count()) || any_null(keys, first, runs->count())) return std::nullopt;
  auto const fields = item_fields(field);
  auto const periods = read_periods(fields[0], keys, first, *runs);
  if (!periods) return std::nullopt;

  std::vector<Column> items;
  items.push_back(make_column(fields[0], *periods, Validity(runs->count())));
  items.push_back(read_column(fields[1], {&entry.children()[1], first, runs->count()}, owner, [&](std::int64_t item) {
    return place(runs->owner_of(item)).period(keys.text(first + item));
  }));
  return make_nested(std::move(valid), std::move(*runs), std::move(items));
}

std::optional<Column> read_list(FieldLayout const& field, ArrowRows const& rows,
                                std::shared_ptr<void const> const& owner, Place const& place) {
  auto valid = rows.validity();
  auto runs = find_runs(rows, valid);
  if (!runs) return std::nullopt;
  auto const& items = rows.view->children().front();
  std::vector<Column> columns;
  for (auto const& fact : field.items) {
    auto const found = std::find_if(items.children().begin(), items.children().end(),
                                    [&](ArrowView const& child) { return child.name() == fact.name; });
    if (found == items.children().end()) {
      Validity none(runs->count());
      for (std::int64_t item = 0; item < runs->count(); ++item) none.clear(item);
      if (has_items(fact)) return std::nullopt;
      columns.push_back(make_column(fact, std::vector<std::int64_t>(static_cast<std::size_t>(runs->count())), none));
      continue;
    }
    bool const some_null = any_null(items, runs->begin, runs->count());
    ArrowRows const inner{&*found, items.child_row(runs->begin), runs->count(), some_null ? &items : nullptr,
                          runs->begin};
    columns.push_back(read_column(fact, inner, owner,
                                  [&](std::int64_t item) { return place(runs->owner_of(item)).field(fact.name); }));
  }
  return make_nested(std::move(valid), std::move(*runs), std::move(columns));
}

std::optional<Column> read_set(FieldLayout const& field, ArrowRows const& rows, Place const& place) {
  auto const item = item_fields(field).front();
  if (item.kind == ValueKind::Text || rows.view->format().kind != ArrowKind::List) return std::nullopt;
  auto const& entries = rows.view->children().front();
  if (entries.format().kind != ArrowKind::Text || entries.has_dictionary()) return std::nullopt;
  CellReader reader(item);
  ColumnBuilder column(field);
  std::vector<std::int64_t> known;
  for (std::int64_t row = 0; row < rows.count; ++row) {
    if (!rows.present(row)) {
      column.add_missing();
      continue;
    }
    known.clear();
    bool open = false;
    for (auto at = rows.view->begin(rows.first + row); at < rows.view->end(rows.first + row); ++at) {
      auto const text = entries.present(at) ? entries.text(at) : std::string_view();
      auto const cell = reader.read(text);
      if (cell.state == Cell::State::Faulty) place(row).report(text, cell.fault);
      if (cell.state == Cell::State::Present)
        known.push_back(cell.value);
      else
        open = true;
    }
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    auto& items = column.items().front();
    for (auto const value : known) items.add(value);
    if (open) items.add_missing();
    column.add_items(static_cast<std::int64_t>(known.size()) + (open ? 1 : 0));
  }
  return column.finish();
}

}  // namespace

std::optional<Column> read_nested(FieldLayout const& field, ArrowRows const& rows,
                                  std::shared_ptr<void const> const& owner, Place const& place) {
  if (!has_items(field) || rows.view->has_dictionary()) return std::nullopt;
  if (field.series != SeriesStep::None) return read_series(field, rows, owner, place);
  return field.kind == ValueKind::List ? read_list(field, rows, owner, place) : read_set(field, rows, place);
}

}  // namespace huiyu::columns
