#include "runtime/explain/calls.h"

#include <algorithm>
#include <array>
#include <optional>

#include "runtime/base/check.h"
#include "runtime/base/civil.h"

namespace huiyu::explain {
namespace {

using Arguments = std::vector<Value const*>;
using Result = std::optional<Exact>;  // none: outside the calendar

std::int32_t day(Value const& value) { return static_cast<std::int32_t>(*value.number.integer()); }

bool is_whole(Value const& value) { return value.number.integer().has_value(); }

// So many months later; where that month ends before the day of the month is reached, as the rule says.
std::optional<std::int32_t> moved_by_months(std::int32_t from, std::int64_t months, MonthEnd rule) {
  auto const moved = add_months(from, months);
  if (!moved || rule == MonthEnd::LastDay || civil_from_days(*moved).day == civil_from_days(from).day) return moved;
  return *moved < last_day_number ? std::optional(*moved + 1) : std::nullopt;
}

Result days_later(Arguments const& a, MonthEnd) {
  auto const moved = a[0]->number + a[1]->number;
  if (!is_whole(*a[1]) || moved < first_day_number || moved > last_day_number) return std::nullopt;
  return moved;
}

Result months_later(Arguments const& a, MonthEnd rule) {
  auto const& months = a[1]->number;
  if (!is_whole(*a[1]) || months > last_year * 12 || months < -last_year * 12) return std::nullopt;
  auto const moved = moved_by_months(day(*a[0]), *months.integer(), rule);
  return moved ? Result(*moved) : std::nullopt;
}

Result difference(Arguments const& a, MonthEnd) { return a[0]->number - a[1]->number; }

Result year(Arguments const& a, MonthEnd) { return civil_from_days(day(*a[0])).year; }

Result month(Arguments const& a, MonthEnd) {
  auto const date = civil_from_days(day(*a[0]));
  return date.year * 12 + date.month - 1;
}

// The greatest n such that n years after the first day is no later than the second.
Result full_years(Arguments const& a, MonthEnd rule) {
  std::int64_t years = civil_from_days(day(*a[1])).year - civil_from_days(day(*a[0])).year;
  auto const reached = moved_by_months(day(*a[0]), years * 12, rule);
  if (!reached || *reached > day(*a[1])) --years;
  return years;
}

struct Row {
  std::string_view name;
  Result (*compute)(Arguments const&, MonthEnd);
};
constexpr std::array rows{
    Row{"加天", days_later},   Row{"加月", months_later}, Row{"天数差", difference}, Row{"年差", difference},
    Row{"周年数", full_years}, Row{"年份", year},         Row{"月份", month},
};

Row const* find(std::string_view name) {
  auto const* const found = std::find_if(rows.begin(), rows.end(), [&](Row const& row) { return row.name == name; });
  return found == rows.end() ? nullptr : found;
}

}  // namespace

bool knows_call(std::string_view name) { return find(name) != nullptr; }

Value call_builtin(std::string_view name, Arguments const& arguments, MonthEnd month_end) {
  auto const* row = find(name);
  HUIYU_CHECK(row != nullptr, "an explanation calls a built-in that the runtime does not know");
  auto result = row->compute(arguments, month_end);
  return result ? Value::of(std::move(*result)) : Value::error(Fault::OutsideCalendar);
}

std::optional<std::int32_t> cut_to_month_end(std::string_view name, Arguments const& arguments) {
  auto const* row = find(name);
  std::optional<std::int32_t> reached;
  if (row != nullptr && row->compute == months_later) {
    if (auto const moved = months_later(arguments, MonthEnd::LastDay))
      reached = static_cast<std::int32_t>(numerator(*moved));
  } else if (row != nullptr && row->compute == full_years) {
    auto const years = civil_from_days(day(*arguments[1])).year - civil_from_days(day(*arguments[0])).year;
    reached = add_months(day(*arguments[0]), std::int64_t{years} * 12);
  }
  if (!reached || civil_from_days(*reached).day == civil_from_days(day(*arguments[0])).day) return std::nullopt;
  return reached;
}

}  // namespace huiyu::explain
