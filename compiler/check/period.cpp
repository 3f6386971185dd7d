#include "compiler/check/period.h"

#include "compiler/check/dates.h"
#include "compiler/check/expr.h"
#include "compiler/check/lookup.h"

namespace huiyu::check {
namespace {
tir::ExprId not_yet(Context& context, Span span) {
  context.diagnostics.add(span, diag::NotYet, source_text(context, span));
  return poison(context, span);
}
}  // namespace
tir::ExprId check_period_reference(Context& context, Scope const&, ast::Reference const&, Span span) {
  return not_yet(context, span);
}
bool is_period(Scope const&, ast::ExprId) { return false; }
tir::ExprId check_window(Context& context, Scope const&, tir::AggregateOp, ast::Call const&, Span span) {
  return not_yet(context, span);
}
std::optional<tir::ExprId> date_arithmetic(Context&, tir::ArithmeticOp, tir::ExprId, tir::ExprId, Span) {
  return std::nullopt;
}
std::optional<tir::ExprId> compared_with_period(Context&, tir::CompareOp, tir::ExprId, tir::ExprId, Span) {
  return std::nullopt;
}
tir::ExprId within_period(Context& context, Scope const&, tir::ExprId, ast::ExprId, Span span) {
  return not_yet(context, span);
}
tir::ExprId check_every_period(Context& context, Scope const&, ast::EveryPeriod const&, Span span) {
  return not_yet(context, span);
}
tir::ExprId check_first_time(Context& context, Scope const&, ast::ExprId, tir::CompareOp, ast::ExprId, Span span) {
  return not_yet(context, span);
}
tir::ExprId check_when_part(Context& context, Scope const&, ast::WhenPart const&, Span span) {
  return not_yet(context, span);
}
tir::ExprId check_shift(Context& context, Scope const&, ast::Shift const&, Span span) { return not_yet(context, span); }
tir::ExprId check_full_period(Context& context, Scope const&, ast::FullPeriod const&, Span span) {
  return not_yet(context, span);
}
tir::ExprId check_next_year(Context& context, Scope const&, ast::NextYear const&, Span span) {
  return not_yet(context, span);
}
tir::ExprId check_year_count(Context& context, Scope const&, ast::YearCount const&, Span span) {
  return not_yet(context, span);
}
std::optional<tir::ExprId> check_builtin(Context&, Scope const&, ast::Call const&, Span) { return std::nullopt; }
std::vector<std::string> callable_names() { return {}; }
}  // namespace huiyu::check
