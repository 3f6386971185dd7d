#include "runtime/columns/arrow_cells.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/base/civil.h"
#include "runtime/base/decimal.h"
#include "runtime/columns/cell_rules.h"

namespace huiyu::columns {
namespace {

constexpr std::int64_t seconds_per_day = 86'400;

char const* kind_word(ArrowKind kind) {
  switch (kind) {
    case ArrowKind::Null: return "nothing";
    case ArrowKind::Truth: return "truth values";
    case ArrowKind::Integer: return "integers";
    case ArrowKind::Decimal: return "decimals";
    case ArrowKind::Float:
    case ArrowKind::Double: return "floating-point numbers";
    case ArrowKind::Text: return "texts";
    case ArrowKind::Days:
    case ArrowKind::Milliseconds: return "dates";
    case ArrowKind::Timestamp: return "timestamps";
    case ArrowKind::List: return "lists";
    case ArrowKind::Struct: return "structs";
    case ArrowKind::Map: return "maps";
  }
  return "something else";
}

bool one_of(ArrowKind kind, std::initializer_list<ArrowKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool fits_scalar(ArrowFormat const& format, FieldLayout const& field) {
  using enum ArrowKind;
  if (one_of(format.kind, {Null, Text})) return true;
  switch (field.kind) {
    case ValueKind::Truth: return one_of(format.kind, {Truth, Integer});
    case ValueKind::Number: return one_of(format.kind, {Integer, Decimal, Float, Double});
    case ValueKind::Date: return one_of(format.kind, {Days, Milliseconds, Timestamp, Integer});
    case ValueKind::Year:
    case ValueKind::Month:
    case ValueKind::Code:
    case ValueKind::Enumeration:
    case ValueKind::Text:
    case ValueKind::CreditCode: return format.kind == Integer;
    case ValueKind::List:
    case ValueKind::Set: return false;
  }
  return false;
}

std::optional<Error> broken(ArrowView const& view) {
  if (view.broken().empty()) return std::nullopt;
  return Error{ErrorKind::Data, view.broken()};
}

Error misfit(ArrowView const& view, std::string_view wanted) {
  return {ErrorKind::Data,
          fmt::format("column `{}` holds {}, not {}", view.name(), kind_word(view.format().kind), wanted)};
}

Result<void> check_all(std::vector<ArrowView> const& children, std::vector<FieldLayout> const& fields) {
  for (auto const& child : children)
    for (auto const& field : fields)
      if (child.name() == field.name)
        if (auto fits = check_fits(child, field); !fits) return fits;
  return {};
}

void add_floating(ColumnBuilder& column, std::string const& shortest, ReportSite const& site) {
  auto const digits = without_exponent(shortest);
  if (digits) return add_cell(column, *digits, site);
  column.add_missing();
  site.report(shortest, CellFault::Unreadable);
}

void add_number(ColumnBuilder& column, Int128 mantissa, int scale, ReportSite const& site) {
  if (column.field().rules &&
      column.field().rules->says_missing(scale > 0 ? print_decimal(mantissa, scale) : to_string(mantissa)))
    return column.add_missing();
  auto const cell = read_number(mantissa, scale, column.field());
  if (cell.state == Cell::State::Present) return column.add(cell.value);
  column.add_missing();
  site.report(scale > 0 ? print_decimal(mantissa, scale) : to_string(mantissa), cell.fault);
}

// A point in time as a date, if it is midnight and inside the calendar.
void add_moment(ColumnBuilder& column, std::int64_t moment, std::int64_t per_day, ReportSite const& site) {
  auto const days = floor_div(moment, per_day);
  bool const inside = days >= first_day_number && days <= last_day_number;
  if (inside && days * per_day == moment) return column.add(days);
  column.add_missing();
  site.report(inside ? fmt::format("{} + {}/{} day", format_date(static_cast<std::int32_t>(days)),
                                   moment - days * per_day, per_day)
                     : std::to_string(moment),
              inside ? CellFault::Unreadable : CellFault::OutOfRange);
}

void add_scalar(ColumnBuilder& column, ArrowView const& view, std::int64_t row, ReportSite const& site) {
  auto const& format = view.format();
  auto const kind = column.field().kind;
  switch (format.kind) {
    case ArrowKind::Text: return add_cell(column, view.text(row), site);
    case ArrowKind::Truth: return column.add(static_cast<std::int64_t>(view.integer(row)));
    case ArrowKind::Integer:
      if (kind == ValueKind::Number) return add_number(column, view.integer(row), 0, site);
      return add_cell(column, to_string(view.integer(row)), site);
    case ArrowKind::Decimal: return add_number(column, view.decimal(row), format.scale, site);
    case ArrowKind::Float:
    case ArrowKind::Double: return add_floating(column, view.floating_text(row), site);
    case ArrowKind::Days: return add_moment(column, static_cast<std::int64_t>(view.integer(row)), 1, site);
    case ArrowKind::Milliseconds:
      return add_moment(column, static_cast<std::int64_t>(view.integer(row)), 1'000 * seconds_per_day, site);
    case ArrowKind::Timestamp:
      return add_moment(column, static_cast<std::int64_t>(view.integer(row)), format.per_second * seconds_per_day,
                        site);
    case ArrowKind::Null:
    case ArrowKind::List:
    case ArrowKind::Struct:
    case ArrowKind::Map: break;
  }
  HUIYU_CHECK(false, "a column that does not fit its field was read");
}

void add_list(ColumnBuilder& column, ArrowView const& view, std::int64_t row, ReportSite const& site) {
  auto const begin = view.begin(row), end = view.end(row);
  if (end - begin > max_list_items) {
    column.add_missing();
    return site.report(fmt::format("[… {}]", end - begin), CellFault::OutOfRange);
  }
  auto const& items = view.children().front();
  for (auto& item : column.items()) {
    auto const& facts = items.children();
    auto const found = std::find_if(facts.begin(), facts.end(),
                                    [&](ArrowView const& fact) { return fact.name() == item.field().name; });
    auto const place = site.field(item.field().name);
    for (auto at = begin; at < end; ++at) {
      // An item that is null as a whole lacks every fact.
      if (found == facts.end() || !items.present(at))
        item.add_missing();
      else
        add_arrow_row(item, *found, items.child_row(at), place);
    }
  }
  column.add_items(end - begin);
}

void add_set_items(ColumnBuilder& column, ArrowView const& view, std::int64_t row, ReportSite const& site) {
  auto const& items = view.children().front();
  std::vector<std::optional<std::string>> entries;
  for (auto at = view.begin(row); at < view.end(row); ++at) {
    if (!items.present(at))
      entries.emplace_back(std::nullopt);
    else if (items.format().kind == ArrowKind::Text)
      entries.emplace_back(items.text(at));
    else
      entries.emplace_back(to_string(items.integer(at)));
  }
  add_set(column, entries, site);
}

// A map from period to value, or a struct with one child a period. In a struct every row has every period, so a null
// there says that the year was not stated: it is left out. A text is an object without any period.
void add_series_items(ColumnBuilder& column, ArrowView const& view, std::int64_t row, ReportSite const& site) {
  std::vector<std::string> keys;
  std::vector<std::pair<ArrowView const*, std::int64_t>> values;
  if (view.format().kind == ArrowKind::Map) {
    auto const& entry = view.children().front();
    auto const& key = entry.children()[0];
    for (auto at = view.begin(row); at < view.end(row); ++at) {
      auto const inner = entry.child_row(at);
      if (!entry.present(at) || !key.present(inner))
        keys.emplace_back();
      else
        keys.push_back(key.format().kind == ArrowKind::Text ? std::string(key.text(inner))
                                                            : to_string(key.integer(inner)));
      values.emplace_back(&entry.children()[1], inner);
    }
  } else if (view.format().kind == ArrowKind::Struct) {
    for (auto const& child : view.children()) {
      if (!child.present(view.child_row(row))) continue;
      keys.push_back(child.name());
      values.emplace_back(&child, view.child_row(row));
    }
  }
  add_series(
      column, keys,
      [&](std::size_t i, ColumnBuilder& value, ReportSite const& place) {
        add_arrow_row(value, *values[i].first, values[i].second, place);
      },
      site);
}

// JSON tells nothing of what a list would hold where every record's is empty: it comes as a list of texts.
bool only_empty_lists(ArrowView const& view) {
  for (std::int64_t row = 0; row < view.length(); ++row)
    if (view.present(row) && view.begin(row) != view.end(row)) return false;
  return true;
}

// Nor what an object holds: `{}` comes as that text.
bool only_empty_objects(ArrowView const& view) {
  for (std::int64_t row = 0; row < view.length(); ++row)
    if (view.present(row) && view.text(row) != "{}") return false;
  return true;
}

Result<void> check_series(ArrowView const& view, FieldLayout const& field) {
  auto const value = item_fields(field)[1];
  using enum ArrowKind;
  if (view.format().kind == Map) {
    auto const& entry = view.children().front().children();
    if (auto fault = broken(entry[0])) return *fault;
    if (!one_of(entry[0].format().kind, {Text, Integer})) return misfit(view, "periods as texts or integers");
    return check_fits(entry[1], value);
  }
  if (view.format().kind == Text && only_empty_objects(view)) return {};
  if (view.format().kind != Struct) return misfit(view, "a map from period to value");
  for (auto const& child : view.children())
    if (auto fits = check_fits(child, value); !fits) return fits;
  return {};
}

}  // namespace

Result<void> check_fits(ArrowView const& view, FieldLayout const& field) {
  using enum ArrowKind;
  if (auto fault = broken(view)) return *fault;
  auto const kind = view.format().kind;
  if (kind == Null) return {};
  if (field.series != SeriesStep::None) return check_series(view, field);
  if (field.kind == ValueKind::List) {
    if (kind == List && view.children().front().format().kind != Struct && only_empty_lists(view)) return {};
    if (kind != List || view.children().front().format().kind != Struct) return misfit(view, "a list of structs");
    return check_all(view.children().front().children(), field.items);
  }
  if (field.kind == ValueKind::Set) {
    bool const list = kind == List && one_of(view.children().front().format().kind, {Text, Integer, Null});
    return list || kind == Text ? Result<void>() : misfit(view, "a list of texts");
  }
  if (kind == Timestamp && view.format().zoned)
    return Error{
        ErrorKind::Data,
        fmt::format("column `{}` holds moments with a time zone; a date has none: cast it to a date", view.name())};
  return fits_scalar(view.format(), field) ? Result<void>() : misfit(view, "values of this field's type");
}

void add_arrow_row(ColumnBuilder& column, ArrowView const& view, std::int64_t row, ReportSite const& site) {
  auto const& field = column.field();
  if (!view.present(row))
    column.add_missing();
  else if (field.series != SeriesStep::None)
    add_series_items(column, view, row, site);
  else if (field.kind == ValueKind::List)
    add_list(column, view, row, site);
  else if (field.kind != ValueKind::Set)
    add_scalar(column, view, row, site);
  else if (view.format().kind == ArrowKind::Text)
    add_set_text(column, view.text(row), site);
  else
    add_set_items(column, view, row, site);
}

}  // namespace huiyu::columns
