#include "compiler/check/period.h"

#include "compiler/check/dates.h"
#include "compiler/check/expr.h"
#include "compiler/check/follow.h"
#include "compiler/check/import.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

Type year_type() { return plain_type(Kind::Year); }
Type month_type() { return plain_type(Kind::Month); }

tir::ExprId offset(Context& context, tir::ExprId period, std::int32_t by, Span span) {
  Type const type = type_of(context, period);
  return add(context, tir::Offset{period, by}, type, span);
}

tir::ExprId this_month(Context& context, Span span) {
  return add(context, tir::Input{tir::InputWord::ThisMonth}, month_type(), span);
}

// 当年 and 当月 where a Window around the expression binds them.
tir::ExprId bound_period(Context& context, Scope const& scope, Kind step, Span span) {
  bool const years = step == Kind::Year;
  tir::PeriodId const period = years ? scope.bound_year : scope.bound_month;
  bool const of_frame = years ? scope.frame_year : scope.frame_month;
  auto const word = years ? tir::InputWord::ThisYear : tir::InputWord::ThisMonth;
  Type const type = plain_type(step);
  if (period.has_value()) return add(context, tir::PeriodValue{period}, type, span);
  if (of_frame) return add(context, tir::Input{word}, type, span);
  context.diagnostics.add(span, diag::NoBoundPeriod, source_text(context, span));
  return poison(context, span);
}

tir::ExprId single_period(Context& context, Scope const& scope, ast::Period const& period) {
  using ast::PeriodWord;
  Span const span = period.span;
  switch (period.word) {
    case PeriodWord::ThisYear:
    case PeriodWord::AssessmentYear: return this_year(context, span);
    case PeriodWord::LastYear: return offset(context, this_year(context, span), -1, span);
    case PeriodWord::YearBeforeLast: return offset(context, this_year(context, span), -2, span);
    case PeriodWord::Year:
      return constant(context, tir::YearValue{static_cast<std::int32_t>(period.number)}, year_type(), span);
    case PeriodWord::Month:
      return constant(context, tir::MonthValue{static_cast<std::int32_t>(period.number)}, month_type(), span);
    case PeriodWord::BoundYear: return bound_period(context, scope, Kind::Year, span);
    case PeriodWord::YearBefore: {
      tir::ExprId const bound = bound_period(context, scope, Kind::Year, span);
      return is_poison(context, bound) ? bound : offset(context, bound, -1, span);
    }
    case PeriodWord::ThisMonth: return this_month(context, span);
    case PeriodWord::LastMonth: return offset(context, this_month(context, span), -1, span);
    case PeriodWord::BoundMonth: return bound_period(context, scope, Kind::Month, span);
    case PeriodWord::LastYears:
    case PeriodWord::LastMonths: break;
  }
  context.diagnostics.add(span, diag::SeveralPeriods, source_text(context, span));
  return poison(context, span);
}

std::optional<SeriesPlace> series_named(Context& context, RecordInScope const& record, ast::Name const& name) {
  auto const own = context.fields.find(record.schema);
  if (own == context.fields.end()) return std::nullopt;
  auto const field = own->second.find(name.text);
  if (field == own->second.end() || context.program.fields[field->second].series == tir::SeriesStep::None)
    return std::nullopt;
  auto const found = find_field(context, record, name.text, name.span);
  if (!found || !found->field.has_value()) return std::nullopt;
  return SeriesPlace{record.binding, found->field};
}

tir::ExprId series_at(Context& context, SeriesPlace const& series, tir::ExprId period, Span span) {
  auto const field = context.program.fields[series.field];
  Kind const wanted = field.series == tir::SeriesStep::Yearly ? Kind::Year : Kind::Month;
  if (is_poison(context, period) || field.type.kind == Kind::Poison) return poison(context, span);
  if (type_of(context, period).kind != wanted) {
    context.diagnostics.add(span, diag::OtherStep, field.name).label(field.span, diag::note::DeclaredHere);
    return poison(context, span);
  }
  return add(context, tir::SeriesValue{series.of, series.field, period}, field.type, span);
}

}  // namespace

tir::ExprId this_year(Context& context, Span span) {
  return add(context, tir::Input{tir::InputWord::ThisYear}, year_type(), span);
}

bool is_run(ast::Period const& period) {
  return period.word == ast::PeriodWord::LastYears || period.word == ast::PeriodWord::LastMonths;
}

Run run_of(Context& context, ast::Period const& period) {
  bool const years = period.word == ast::PeriodWord::LastYears;
  tir::ExprId const now = years ? this_year(context, period.span) : this_month(context, period.span);
  return {offset(context, now, -static_cast<std::int32_t>(period.number), period.span),
          offset(context, now, -1, period.span)};
}

std::optional<SeriesPlace> find_series(Context& context, Scope const& scope, ast::Path const& path) {
  if (auto const found = follow(context, scope, path)) {
    bool const series = !found->poisoned && found->rest.size() == 1;
    return series ? series_named(context, found->record, found->rest.front()) : std::nullopt;
  }
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at) {
    if (!at->schema.has_value()) continue;
    bool const named = path.parts.size() == 2 && (at->name == path.parts[0].text ||
                                                  context.program.schemas[at->schema].name == path.parts[0].text);
    if (path.parts.size() != 1 && !named) continue;
    if (auto const found = series_named(context, *at, path.parts.back())) return found;
  }
  return std::nullopt;
}

tir::ExprId read_at(Context& context, Scope const& scope, ast::Path const& path, tir::ExprId period, Span span) {
  if (is_poison(context, period)) return poison(context, span);
  if (auto const series = find_series(context, scope, path)) return series_at(context, *series, period, span);
  ast::Reference const plain{std::nullopt, path};
  tir::ExprId const value = check_reference(context, scope, plain, nullptr, span);
  if (is_poison(context, value)) return value;
  if (auto const* found = std::get_if<tir::DefinitionValue>(&context.program.exprs[value].kind)) {
    tir::DefinitionValue used = *found;
    (type_of(context, period).kind == Kind::Year ? used.year : used.month) = period;
    Type const type = type_of(context, value);
    return add(context, used, type, span);
  }
  context.diagnostics.add(span, diag::NoSeries, path.parts.back().text);
  return poison(context, span);
}

tir::ExprId check_period_reference(Context& context, Scope const& scope, ast::Reference const& reference, Span span) {
  if (is_run(*reference.period)) {
    context.diagnostics.add(span, diag::SeveralPeriods, source_text(context, span));
    return poison(context, span);
  }
  tir::ExprId const period = single_period(context, scope, *reference.period);
  return reference.path.parts.empty() ? period : read_at(context, scope, reference.path, period, span);
}

std::optional<tir::ExprId> check_indexed_series(Context& context, Scope const& scope, ast::Call const& call,
                                                Span span) {
  auto const series = find_series(context, scope, ast::Path{{call.callee}, call.callee.span});
  if (!series) return std::nullopt;
  if (call.arguments.size() != 1) {
    context.diagnostics.add(span, diag::ArgumentCount, call.callee.text, 1,
                            static_cast<diag::Count>(call.arguments.size()));
    return poison(context, span);
  }
  return series_at(context, *series, check_expr(context, scope, call.arguments.front()), span);
}

// 增长率（X）: (X − X of the year before) ÷ X of the year before.
tir::ExprId check_growth(Context& context, Scope const& scope, ast::Call const& call, Span span) {
  auto const* reference =
      call.arguments.size() == 1 ? std::get_if<ast::Reference>(&scope.expr(call.arguments.front()).kind) : nullptr;
  if (reference == nullptr || reference->path.parts.empty() || (reference->period && is_run(*reference->period))) {
    context.diagnostics.add(span, diag::GrowthOfSeries);
    return poison(context, span);
  }
  tir::ExprId period{};
  if (reference->period)
    period = single_period(context, scope, *reference->period);
  else if (scope.bound_year.has_value())
    period = bound_period(context, scope, Kind::Year, span);
  else if (scope.bound_month.has_value())
    period = bound_period(context, scope, Kind::Month, span);
  else
    period = this_year(context, span);
  if (is_poison(context, period)) return period;
  tir::ExprId const now = expect_number(context, read_at(context, scope, reference->path, period, span));
  if (is_poison(context, now)) return now;
  tir::ExprId const before = read_at(context, scope, reference->path, offset(context, period, -1, span), span);
  return arithmetic(context, tir::ArithmeticOp::Divide,
                    arithmetic(context, tir::ArithmeticOp::Subtract, now, before, span), before, span);
}

}  // namespace huiyu::check
