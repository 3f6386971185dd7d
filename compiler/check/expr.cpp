#include "compiler/check/expr.h"

#include "compiler/base/match.h"
#include "compiler/check/dates.h"
#include "compiler/check/period.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

tir::ExprId only_as_key(Context& context, Span span) {
  context.diagnostics.add(span, diag::OnlyAsKey, source_text(context, span));
  return poison(context, span);
}

tir::ExprId dispatch(Context& context, Scope const& scope, ast::Expr const& expr, Type const* expected) {
  Span const span = expr.span;
  return match(
      expr.kind,  //
      [&](ast::Hole const&) { return poison(context, span); },
      [&](ast::Literal const& e) { return check_literal(context, e, expected, span); },
      [&](ast::Reference const& e) { return check_reference(context, scope, e, expected, span); },
      [&](ast::Negate const& e) { return check_negate(context, scope, e, span); },
      [&](ast::Arithmetic const& e) { return check_arithmetic(context, scope, e, span); },
      [&](ast::Not const& e) { return check_not(context, scope, e, span); },
      [&](ast::Logic const& e) { return check_logic(context, scope, e, span); },
      [&](ast::Bounded const& e) { return check_bounded(context, scope, e, span); },
      [&](ast::Compare const& e) { return check_compare(context, scope, e, span); },
      [&](ast::Relation const& e) { return check_relation(context, scope, e, span); },
      [&](ast::Membership const& e) { return check_membership(context, scope, e, span); },
      [&](ast::InRange const& e) { return check_in_range(context, scope, e, span); },
      [&](ast::Range const&) { return only_as_key(context, span); },
      [&](ast::Since const&) { return only_as_key(context, span); },
      [&](ast::Call const& e) { return check_call(context, scope, e, span); },
      [&](ast::EveryPeriod const& e) { return check_every_period(context, scope, e, span); },
      [&](ast::Pick const& e) { return check_pick(context, scope, e, span); },
      [&](ast::ExcessPart const& e) { return check_excess(context, scope, e, span); },
      [&](ast::Bracket const& e) { return check_expr(context, scope, e.inner, expected); },
      [&](ast::Cap const& e) { return check_cap(context, scope, e, span); },
      [&](ast::Round const& e) { return check_round(context, scope, e, span); },
      [&](ast::WhenPart const& e) { return check_when_part(context, scope, e, span); },
      [&](ast::EachFull const& e) { return check_each_full(context, scope, e, span); },
      [&](ast::Shift const& e) { return check_shift(context, scope, e, span); },
      [&](ast::FullPeriod const& e) { return check_full_period(context, scope, e, span); },
      [&](ast::Default const& e) { return check_default(context, scope, e, span); },
      [&](ast::NextYear const& e) { return check_next_year(context, scope, e, span); },
      [&](ast::YearCount const& e) { return check_year_count(context, scope, e, span); },
      [&](ast::Ladder const& e) { return check_ladder(context, scope, e, expected, span); },
      [&](ast::Table const& e) { return check_table(context, scope, e, expected, span); },
      [&](ast::Quantified const& e) { return check_quantified(context, scope, e, span); });
}

}  // namespace

tir::ExprId check_expr(Context& context, Scope const& scope, ast::ExprId id, Type const* expected) {
  if (!scope.file->exprs.contains(id)) return poison(context, {});
  auto const& expr = scope.expr(id);
  tir::ExprId const made = dispatch(context, scope, expr, expected);
  if (expr.citation) {
    auto& node = context.program.exprs[made];
    if (node.citation.empty()) node.citation = *expr.citation;
  }
  return made;
}

tir::ExprId check_condition(Context& context, Scope const& scope, ast::ExprId id) {
  Type const truth = truth_type();
  return expect_truth(context, check_expr(context, scope, id, &truth));
}

tir::ExprId check_number(Context& context, Scope const& scope, ast::ExprId id) {
  return expect_number(context, check_expr(context, scope, id));
}

}  // namespace huiyu::check
