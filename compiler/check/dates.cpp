#include "compiler/check/dates.h"

#include "compiler/check/expr.h"
#include "compiler/check/period.h"
#include "compiler/check/units.h"
#include "runtime/base/civil.h"

namespace huiyu::check {
namespace {

using types::BaseUnit;

Type months_type() { return number_type(types::unit_of(BaseUnit::Month)); }
Type days_type() { return number_type(types::unit_of(BaseUnit::Day)); }

bool is_calendar(Kind kind) { return kind == Kind::Date || kind == Kind::Year || kind == Kind::Month; }

// So many years, as whole years, where the number is a constant of that kind.
std::optional<std::int32_t> whole_steps(Context const& context, tir::ExprId number, Kind kind) {
  auto const value = constant_number(context, number);
  if (!value || !(type_of(context, number) == months_type())) return std::nullopt;
  BigRational const steps = kind == Kind::Year ? BigRational(*value / 12) : *value;
  if (boost::multiprecision::denominator(steps) != 1 || steps > 10'000 || steps < -10'000) return std::nullopt;
  return static_cast<std::int32_t>(boost::multiprecision::numerator(steps));
}

tir::ExprId negated_number(Context& context, tir::ExprId number_id) {
  Type const type = type_of(context, number_id);
  Span const span = span_of(context, number_id);
  if (auto const value = constant_number(context, number_id)) return number(context, -*value, type.unit, span);
  return add(context, tir::Negate{number_id}, type, span);
}

// 2024-01-31 起1个月: February has no such day. Of dates that only the data knows, the explanation says so.
void warn_of_month_end(Context& context, tir::ExprId date, tir::ExprId length, Span span) {
  auto const* known = constant_value(context, date);
  auto const* begin = known == nullptr ? nullptr : std::get_if<tir::DateValue>(known);
  auto const months = whole_steps(context, length, Kind::Date);
  if (begin == nullptr || !months) return;
  auto const end = shift_months(begin->days, *months);
  if (end && end->clipped)
    context.diagnostics.add(span, diag::MonthEnd, civil_from_days(begin->days).day, source_text(context, span),
                            format_date(end->days));
}

}  // namespace

tir::ExprId as_of(Context& context, Span span) {
  return add(context, tir::Input{tir::InputWord::AsOf}, plain_type(Kind::Date), span);
}

tir::ExprId year_of(Context& context, tir::ExprId date, Span span) {
  Type const type = type_of(context, date);
  if (type.kind == Kind::Date) return add(context, tir::Call{"年份", {date}}, plain_type(Kind::Year), span);
  return date;
}

tir::ExprId month_of(Context& context, tir::ExprId date, Span span) {
  Type const type = type_of(context, date);
  if (type.kind == Kind::Date) return add(context, tir::Call{"月份", {date}}, plain_type(Kind::Month), span);
  return date;
}

std::optional<tir::ExprId> moved(Context& context, tir::ExprId date, tir::ExprId length, Span span) {
  Type const type = type_of(context, date), by = type_of(context, length);
  if (type.kind == Kind::Date && by == months_type()) warn_of_month_end(context, date, length, span);
  if (type.kind == Kind::Date && by == months_type())
    return add(context, tir::Call{"加月", {date, length}}, type, span);
  if (type.kind == Kind::Date && by == days_type()) return add(context, tir::Call{"加天", {date, length}}, type, span);
  if (type.kind == Kind::Year || type.kind == Kind::Month)
    if (auto const steps = whole_steps(context, length, type.kind))
      return add(context, tir::Offset{date, *steps}, type, span);
  return std::nullopt;
}

std::optional<tir::ExprId> date_arithmetic(Context& context, tir::ArithmeticOp op, tir::ExprId left, tir::ExprId right,
                                           Span span) {
  Type const a = type_of(context, left), b = type_of(context, right);
  if (!is_calendar(a.kind) && !is_calendar(b.kind)) return std::nullopt;
  bool const difference = op == tir::ArithmeticOp::Subtract;
  if (difference && a.kind == Kind::Date && b.kind == Kind::Date)
    return add(context, tir::Call{"天数差", {left, right}}, days_type(), span);
  if (difference && a.kind == Kind::Year && b.kind == Kind::Year) {
    // Years are twelve months each, so that the difference can stand beside `3年`.
    tir::ExprId const years = add(context, tir::Call{"年差", {left, right}}, number_type(), span);
    return arithmetic(context, tir::ArithmeticOp::Multiply, years,
                      number(context, 12, types::unit_of(BaseUnit::Month), span), span);
  }
  if ((difference || op == tir::ArithmeticOp::Add) && is_calendar(a.kind) && b.kind == Kind::Number)
    if (auto const result = moved(context, left, difference ? negated_number(context, right) : right, span))
      return result;
  context.diagnostics.add(span, diag::NoDateArithmetic, phrase(context, a), phrase(context, b));
  return poison(context, span);
}

std::optional<tir::ExprId> compared_with_period(Context& context, tir::CompareOp op, tir::ExprId left,
                                                tir::ExprId right, Span span) {
  Kind const a = type_of(context, left).kind, b = type_of(context, right).kind;
  if (a == b || (a != Kind::Date && b != Kind::Date)) return std::nullopt;
  // A day lies before a year if its own year does: both sides become years, or months.
  if (a == Kind::Year || b == Kind::Year)
    return compared(context, op, year_of(context, left, span), year_of(context, right, span), span);
  if (a == Kind::Month || b == Kind::Month)
    return compared(context, op, month_of(context, left, span), month_of(context, right, span), span);
  return std::nullopt;
}

// 成立日期 满3年: the corresponding day has been reached; that day counts.
tir::ExprId check_full_period(Context& context, Scope const& scope, ast::FullPeriod const& node, Span span) {
  tir::ExprId const since = expect_type(context, check_expr(context, scope, node.since), plain_type(Kind::Date));
  if (is_poison(context, since)) return since;
  Measured measured = measure(node.length);
  tir::ExprId const length = number(context, std::move(measured.value), measured.unit, span);
  auto const reached = moved(context, since, length, span);
  if (!reached) {
    context.diagnostics.add(span, diag::NoLength, source_text(context, span));
    return poison(context, span);
  }
  return compare(context, tir::CompareOp::AtLeast, as_of(context, span), *reached, span);
}

namespace {

// D起5年内: from D to the corresponding day, both included.
tir::ExprId within_since(Context& context, Scope const& scope, tir::ExprId subject, ast::Since const& since,
                         Span span) {
  tir::ExprId const start = check_expr(context, scope, since.start),
                    length = check_number(context, scope, since.length);
  if (is_poison(context, start) || is_poison(context, length)) return poison(context, span);
  auto const end = moved(context, start, length, span);
  if (!end) {
    context.diagnostics.add(span, diag::NoLength, source_text(context, span));
    return poison(context, span);
  }
  return conjunction(context,
                     {compared(context, tir::CompareOp::AtLeast, subject, start, span),
                      compared(context, tir::CompareOp::AtMost, subject, *end, span)},
                     span);
}

// 近12个月: after the day twelve months ago, up to the 基准日. 近3年: the three whole years before 本年.
tir::ExprId within_recent(Context& context, tir::ExprId subject, ast::Period const& period, Span span) {
  auto const count = static_cast<std::int32_t>(period.number);
  bool const days = period.word == ast::PeriodWord::LastMonths && type_of(context, subject).kind == Kind::Date;
  if (days) {
    tir::ExprId const today = as_of(context, period.span);
    tir::ExprId const back = number(context, -count, types::unit_of(BaseUnit::Month), period.span);
    tir::ExprId const begin = add(context, tir::Call{"加月", {today, back}}, plain_type(Kind::Date), period.span);
    return conjunction(context,
                       {compare(context, tir::CompareOp::Greater, subject, begin, span),
                        compare(context, tir::CompareOp::AtMost, subject, today, span)},
                       span);
  }
  Run const run = run_of(context, period);
  return conjunction(context,
                     {compared(context, tir::CompareOp::AtLeast, subject, run.from, span),
                      compared(context, tir::CompareOp::AtMost, subject, run.to, span)},
                     span);
}

}  // namespace

tir::ExprId within_period(Context& context, Scope const& scope, tir::ExprId subject, ast::ExprId source, Span span) {
  if (is_poison(context, subject)) return subject;
  auto const& expr = scope.expr(source);
  if (auto const* bracket = std::get_if<ast::Bracket>(&expr.kind))
    return within_period(context, scope, subject, bracket->inner, span);
  if (auto const* since = std::get_if<ast::Since>(&expr.kind))
    return within_since(context, scope, subject, *since, span);
  if (auto const* reference = std::get_if<ast::Reference>(&expr.kind);
      reference != nullptr && reference->period && reference->path.parts.empty())
    if (is_run(*reference->period)) return within_recent(context, subject, *reference->period, span);
  tir::ExprId const period = check_expr(context, scope, source);
  Kind const kind = type_of(context, period).kind;
  if (kind == Kind::Poison) return period;
  if (kind != Kind::Year && kind != Kind::Month) {
    context.diagnostics.add(expr.span, diag::NoPeriod, source_text(context, expr.span));
    return poison(context, span);
  }
  return compared(context, tir::CompareOp::Equal, subject, period, span);
}

// 年次（自 Y）: 1 in the year Y itself, or in the year after it; 按周年: 1 until the first anniversary.
tir::ExprId check_year_count(Context& context, Scope const& scope, ast::YearCount const& node, Span span) {
  tir::ExprId const from = check_expr(context, scope, node.from);
  Kind const kind = type_of(context, from).kind;
  if (kind == Kind::Poison) return from;
  if (kind != Kind::Year && kind != Kind::Date) {
    context.diagnostics.add(span_of(context, from), diag::NoDate, source_text(context, span_of(context, from)));
    return poison(context, span);
  }
  tir::ExprId const one = number(context, 1, {}, span);
  if (node.anniversaries) {
    if (kind != Kind::Date) {
      context.diagnostics.add(span_of(context, from), diag::NoDate, source_text(context, span_of(context, from)));
      return poison(context, span);
    }
    tir::ExprId const full = add(context, tir::Call{"周年数", {from, as_of(context, span)}}, number_type(), span);
    return arithmetic(context, tir::ArithmeticOp::Add, full, one, span);
  }
  Type const year = plain_type(Kind::Year);
  tir::ExprId start = year_of(context, from, span);
  if (node.next_year) start = add(context, tir::Offset{start, 1}, year, span);
  tir::ExprId const passed = add(context, tir::Call{"年差", {this_year(context, span), start}}, number_type(), span);
  return arithmetic(context, tir::ArithmeticOp::Add, passed, one, span);
}

tir::ExprId check_next_year(Context& context, Scope const& scope, ast::NextYear const& node, Span span) {
  tir::ExprId const of = check_expr(context, scope, node.of);
  Kind const kind = type_of(context, of).kind;
  if (kind == Kind::Poison) return of;
  if (kind != Kind::Year && kind != Kind::Date) {
    context.diagnostics.add(span_of(context, of), diag::NoDate, source_text(context, span_of(context, of)));
    return poison(context, span);
  }
  return add(context, tir::Offset{year_of(context, of, span), 1}, plain_type(Kind::Year), span);
}

tir::ExprId check_difference(Context& context, Scope const& scope, ast::Call const& call, Span span) {
  if (call.arguments.size() != 2) {
    context.diagnostics.add(span, diag::ArgumentCount, call.callee.text, 2,
                            static_cast<diag::Count>(call.arguments.size()));
    return poison(context, span);
  }
  tir::ExprId const left = check_expr(context, scope, call.arguments[0]),
                    right = check_expr(context, scope, call.arguments[1]);
  if (is_poison(context, left) || is_poison(context, right)) return poison(context, span);
  if (!agree(context, left, right, span)) return poison(context, span);
  auto const minus = [&](tir::ExprId a, tir::ExprId b) {
    if (auto const date = date_arithmetic(context, tir::ArithmeticOp::Subtract, a, b, span)) return *date;
    return arithmetic(context, tir::ArithmeticOp::Subtract, expect_number(context, a), expect_number(context, b), span);
  };
  tir::ExprId const one_way = minus(left, right), other_way = minus(right, left);
  if (is_poison(context, one_way) || is_poison(context, other_way)) return poison(context, span);
  return add(context, tir::Pick{tir::PickOp::Highest, {one_way, other_way}}, type_of(context, one_way), span);
}

// （A 当 c）: A where c holds, else 0.
tir::ExprId check_when_part(Context& context, Scope const& scope, ast::WhenPart const& node, Span span) {
  tir::ExprId const amount = check_number(context, scope, node.operand),
                    condition = check_condition(context, scope, node.condition);
  if (is_poison(context, amount) || is_poison(context, condition)) return poison(context, span);
  Type const type = type_of(context, amount);
  std::vector<tir::Choice> rows{{condition, amount, {}, span_of(context, condition)}};
  return add(context, tir::Choose{tir::HitRule::First, {}, std::move(rows), number(context, 0, type.unit, span)}, type,
             span);
}

tir::ExprId check_shift(Context& context, Scope const& scope, ast::Shift const& node, Span span) {
  tir::ExprId const value = check_expr(context, scope, node.value);
  tir::ExprId const steps = check_number(context, scope, node.steps);
  if (is_poison(context, value) || is_poison(context, steps)) return poison(context, span);
  Type const type = type_of(context, value);
  if (type.kind != Kind::Enumeration || !context.program.enumerations[type.enumeration].ordered) {
    context.diagnostics.add(span_of(context, value), diag::NoOrder, phrase(context, type));
    return poison(context, span);
  }
  auto const count = constant_number(context, steps);
  bool const whole = count && boost::multiprecision::denominator(*count) == 1 && *count >= 0;
  if (!whole) {
    context.diagnostics.add(span_of(context, steps), diag::NotConstant, source_text(context, span_of(context, steps)));
    return poison(context, span);
  }
  BigRational const signed_count = node.word == ast::ShiftWord::Raise ? *count : BigRational(-*count);
  return add(context, tir::Shift{value, number(context, signed_count, {}, span_of(context, steps))}, type, span);
}

}  // namespace huiyu::check
