// Built-in functions that programs compute themselves. A function without a row here is left to the explanation.

#include <array>

#include "compiler/lower/expressions.h"
#include "runtime/base/civil.h"

namespace huiyu::lower {

using plan::Op;
using types::Kind;

namespace {

Range days() { return {first_day_number, last_day_number}; }

// The operand within ±limit, and `limit` where it is no whole number or lies beyond: a step that leads out of the
// calendar from anywhere. No error of its own, for a date that is missing comes first.
Number steps(Arithmetic& numbers, Number number, std::int64_t limit) {
  auto const end = Arithmetic::literal(limit), other_end = Arithmetic::literal(-limit);
  number = numbers.placed(std::move(number));
  auto const rounded = numbers.round(number, 0, Rounding::Down);
  auto result = rounded;
  if (rounded.range.low < -limit || rounded.range.high > limit)
    result = numbers.extreme(numbers.extreme(rounded, end, false), other_end, true);
  if (!number.fraction() && number.scale == 0) return result;
  auto const is_whole = numbers.equal(rounded, number);
  result.node = numbers.code().add(Op::ChooseUnique, {is_whole, result.node, numbers.placed(end).node}, 1);
  result.range = {-limit, limit};
  return result;
}

Number made(Arithmetic& numbers, Op op, std::vector<Number> const& operands, Range range) {
  Number result;
  std::vector<NodeId> nodes;
  for (auto const& operand : operands) nodes.push_back(numbers.placed(operand).node);
  result.node = numbers.code().add(op, std::move(nodes), 1);
  result.range = std::move(range);
  return result;
}

using Arguments = std::vector<Number>;

Number add_days(Arithmetic& numbers, Arguments const& a) {
  return numbers.within(numbers.add(a[0], steps(numbers, a[1], 2 * last_day_number), false), days(), 0);
}

Number add_months(Arithmetic& numbers, Arguments const& a) {
  auto const months = steps(numbers, a[1], 2 * last_year * 12);
  return made(numbers, Op::AddMonths, {a[0], months}, days());
}

Number difference(Arithmetic& numbers, Arguments const& a) { return numbers.add(a[0], a[1], true); }

Number year_of(Arithmetic& numbers, Arguments const& a) {
  return made(numbers, Op::YearOf, {a[0]}, {first_year, last_year});
}

Number month_of(Arithmetic& numbers, Arguments const& a) {
  return made(numbers, Op::MonthOf, {a[0]}, {first_year * 12, last_year * 12 + 11});
}

// The difference of the years, less one where the corresponding day of the last year has not come.
Number full_years(Arithmetic& numbers, Arguments const& a) {
  auto const from = numbers.placed(a[0]), to = numbers.placed(a[1]);
  auto const years = numbers.add(year_of(numbers, {to}), year_of(numbers, {from}), true);
  auto const reached = add_months(numbers, {from, numbers.multiply(years, Arithmetic::literal(12))});
  auto const early = numbers.less(to, reached);
  auto const fewer = numbers.add(years, Arithmetic::literal(1), true);
  Number result;
  result.node = numbers.code().add(Op::ChooseUnique, {early, fewer.node, years.node}, numbers.code().width(fewer.node));
  result.range = {fewer.range.low, years.range.high};
  return result;
}

struct Row {
  std::string_view name;  // of the built-in
  Number (*compute)(Arithmetic&, Arguments const&);
};
constexpr std::array rows{
    Row{"加天", add_days}, Row{"加月", add_months}, Row{"天数差", difference}, Row{"周年数", full_years},
    Row{"年份", year_of},  Row{"月份", month_of},   Row{"年差", difference},
};

}  // namespace

Value Expressions::of(tir::Call const& e, types::Type const& type) {
  for (auto const& row : rows) {
    if (row.name != e.builtin) continue;
    Arguments arguments;
    for (auto argument : e.arguments) arguments.push_back(number(argument));
    return {plan::none, row.compute(numbers_, arguments)};
  }
  return undecided(type);
}

}  // namespace huiyu::lower
