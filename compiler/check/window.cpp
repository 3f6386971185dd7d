#include <algorithm>

#include "compiler/check/dates.h"
#include "compiler/check/expr.h"
#include "compiler/check/period.h"
#include "compiler/check/units.h"
#include "compiler/tir/traverse.h"

namespace huiyu::check {
namespace {

// A series that an expression reads so many periods after the bound one.
struct Read {
  tir::BindingId of;
  tir::FieldId field{};
  std::int32_t by = 0;
};

// Finds the series read relative to a period: a bound one, or 本年 (本月) of a definition.
class Reads {
 public:
  explicit Reads(Context const& context) : context_(context) {}

  // Relative to the period that a Window binds.
  void of_bound(tir::ExprId root, tir::PeriodId period) { collect(root, period, 0, std::nullopt); }

  std::vector<Read> found;

 private:
  // By how much a period differs from the base; none if it is another one altogether.
  std::optional<std::int32_t> distance(tir::ExprId id, tir::PeriodId base) const {
    auto const& kind = context_.program.exprs[id].kind;
    if (auto const* shifted = std::get_if<tir::Offset>(&kind)) {
      auto const inner = distance(shifted->period, base);
      return inner ? std::optional(*inner + shifted->by) : std::nullopt;
    }
    if (base.has_value()) {
      auto const* bound = std::get_if<tir::PeriodValue>(&kind);
      return bound != nullptr && bound->of == base ? std::optional(0) : std::nullopt;
    }
    auto const* input = std::get_if<tir::Input>(&kind);
    bool const frame =
        input != nullptr && (input->word == tir::InputWord::ThisYear || input->word == tir::InputWord::ThisMonth);
    return frame ? std::optional(0) : std::nullopt;
  }

  // `base` absent: relative to 本年 of a definition whose record is `record`.
  void collect(tir::ExprId root, tir::PeriodId base, std::int32_t by, std::optional<tir::BindingId> record) {
    for (auto const id : tir::reachable(context_.program, root)) {
      auto const& kind = context_.program.exprs[id].kind;
      auto const place = [&](tir::BindingId of) { return record && of == tir::BindingId{0} ? *record : of; };
      if (auto const* series = std::get_if<tir::SeriesValue>(&kind)) {
        if (auto const away = distance(series->period, base))
          found.push_back({place(series->of), series->field, by + *away});
      } else if (auto const* used = std::get_if<tir::DefinitionValue>(&kind)) {
        std::optional<std::int32_t> away;
        tir::ExprId const period = used->year.has_value() ? used->year : used->month;
        if (period.has_value())
          away = distance(period, base);
        else if (!base.has_value())
          away = 0;  // inherits 本年 of the definition around it
        if (away) collect(context_.program.definitions[used->definition].value, {}, by + *away, place(used->of));
      }
    }
  }

  Context const& context_;
};

// Years before a series begins (自 成立日期) did not exist: the condition that the bound period did, for all that is
// read.
std::vector<tir::ExprId> existed(Context& context, tir::PeriodId period, Type const& step,
                                 std::vector<tir::ExprId> const& roots, Span span) {
  Reads reads(context);
  for (auto const root : roots)
    if (root.has_value()) reads.of_bound(root, period);
  // The earliest read from one beginning stands for all.
  std::map<std::pair<tir::BindingId, tir::FieldId>, std::int32_t> earliest;
  for (auto const& read : reads.found) {
    auto const from = context.program.fields[read.field].series_from;
    if (!from.has_value()) continue;
    auto const [at, fresh] = earliest.emplace(std::pair(read.of, from), read.by);
    if (!fresh) at->second = std::min(at->second, read.by);
  }
  std::vector<tir::ExprId> conditions;
  for (auto const& [place, by] : earliest) {
    Type const type = context.program.fields[place.second].type;
    tir::ExprId const begin = add(context, tir::FieldValue{place.first, place.second}, type, span);
    tir::ExprId const first = step.kind == Kind::Year ? year_of(context, begin, span) : month_of(context, begin, span);
    if (!(type_of(context, first) == step)) continue;
    tir::ExprId bound = add(context, tir::PeriodValue{period}, step, span);
    if (by != 0) bound = add(context, tir::Offset{bound, by}, step, span);
    conditions.push_back(compare(context, tir::CompareOp::AtLeast, bound, first, span));
  }
  return conditions;
}

struct Bound {
  Scope scope;
  tir::PeriodId period;
  Type step;
};

Bound bind(Scope const& scope, bool years) {
  Bound bound{scope, tir::PeriodId{scope.frame->next_period++}, plain_type(years ? Kind::Year : Kind::Month)};
  (years ? bound.scope.bound_year : bound.scope.bound_month) = bound.period;
  return bound;
}

std::optional<tir::ExprId> joined(Context& context, std::vector<tir::ExprId> conditions, tir::ExprId more, Span span) {
  if (more.has_value()) conditions.push_back(more);
  return conditions.empty() ? std::nullopt : std::optional(conjunction(context, std::move(conditions), span));
}

ast::Reference const* run_reference(Scope const& scope, ast::ExprId id) {
  auto const* reference = std::get_if<ast::Reference>(&scope.expr(id).kind);
  return reference != nullptr && reference->period && is_run(*reference->period) ? reference : nullptr;
}

}  // namespace

bool is_period(Scope const& scope, ast::ExprId id) { return run_reference(scope, id) != nullptr; }

tir::ExprId check_window(Context& context, Scope const& scope, tir::AggregateOp op, ast::Call const& call, Span span) {
  auto const& reference = *run_reference(scope, call.arguments.front());
  Span const over = scope.expr(call.arguments.front()).span;
  bool const years = reference.period->word == ast::PeriodWord::LastYears;
  Bound const bound = bind(scope, years);
  std::optional<tir::ExprId> each, where;
  if (!reference.path.parts.empty()) {
    tir::ExprId const period = add(context, tir::PeriodValue{bound.period}, bound.step, over);
    each = read_at(context, bound.scope, reference.path, period, over);
    if (call.each.has_value()) context.diagnostics.add(over, diag::ListThenExpression, source_text(context, over));
  } else if (call.each.has_value()) {
    each = check_expr(context, bound.scope, call.each);
  }
  if (call.where.has_value()) where = check_condition(context, bound.scope, call.where);
  auto const shape = aggregate_shape(context, op, call.callee.text, each, where, span);
  if (!shape) return poison(context, span);
  Run const run = run_of(context, *reference.period);
  auto const exists = existed(context, bound.period, bound.step, {shape->each, shape->where}, span);
  auto const filter = joined(context, exists, shape->where, span);
  return add(context,
             tir::Window{op,
                         bound.period,
                         run.from,
                         run.to,
                         {},
                         {},
                         shape->each,
                         filter.value_or(tir::ExprId{}),
                         call.count.value_or(0)},
             shape->type, span);
}

tir::ExprId check_every_period(Context& context, Scope const& scope, ast::EveryPeriod const& node, Span span) {
  bool const run = node.period && is_run(*node.period);
  bool const fits = run && node.months == (node.period->word == ast::PeriodWord::LastMonths);
  if (!fits) {
    context.diagnostics.add(span, diag::EveryOfWhich, source_text(context, span));
    return poison(context, span);
  }
  Bound const bound = bind(scope, !node.months);
  tir::ExprId const condition = check_condition(context, bound.scope, node.condition);
  if (is_poison(context, condition)) return condition;
  auto const exists = existed(context, bound.period, bound.step, {condition}, span);
  tir::ExprId const each = *joined(context, exists, condition, span);
  Run const ends = run_of(context, *node.period);
  return add(context, tir::Window{tir::AggregateOp::All, bound.period, ends.from, ends.to, {}, {}, each, {}},
             truth_type(), span);
}

tir::ExprId check_first_time(Context& context, Scope const& scope, ast::ExprId source, tir::CompareOp op,
                             ast::ExprId bound_source, Span span) {
  auto const& expr = scope.expr(source);
  auto const* reference = std::get_if<ast::Reference>(&expr.kind);
  auto const series =
      reference == nullptr || reference->period ? std::nullopt : find_series(context, scope, reference->path);
  if (!series) {
    context.diagnostics.add(expr.span, diag::FirstTimeOfSeries, source_text(context, expr.span));
    return poison(context, span);
  }
  tir::Field const field = context.program.fields[series->field];
  if (field.series != tir::SeriesStep::Yearly) {
    context.diagnostics.add(expr.span, diag::OtherStep, field.name).label(field.span, diag::note::DeclaredHere);
    return poison(context, span);
  }
  tir::ExprId const limit = check_expr(context, scope, bound_source, &field.type);
  Type const year = plain_type(Kind::Year);
  tir::ExprId const now = scope.bound_year.has_value() ? add(context, tir::PeriodValue{scope.bound_year}, year, span)
                                                       : this_year(context, span);
  tir::ExprId const holds_now = compared(
      context, op, add(context, tir::SeriesValue{series->of, series->field, now}, field.type, expr.span), limit, span);

  Bound const bound = bind(scope, true);
  tir::ExprId const earlier = add(context, tir::PeriodValue{bound.period}, year, span);
  tir::ExprId const held =
      compared(context, op, add(context, tir::SeriesValue{series->of, series->field, earlier}, field.type, expr.span),
               limit, span);
  if (is_poison(context, holds_now) || is_poison(context, held)) return poison(context, span);
  tir::Window window{tir::AggregateOp::Exists,
                     bound.period,
                     {},
                     add(context, tir::Offset{now, -1}, year, span),
                     series->of,
                     series->field,
                     held,
                     {}};
  if (field.series_from.has_value()) {
    Type const type = context.program.fields[field.series_from].type;
    window.from = year_of(context, add(context, tir::FieldValue{series->of, field.series_from}, type, span), span);
  }
  tir::ExprId const before = add(context, std::move(window), truth_type(), span);
  return conjunction(context, {holds_now, negation(context, before, span)}, span);
}

}  // namespace huiyu::check
