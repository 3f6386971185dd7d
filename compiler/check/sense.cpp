#include "compiler/check/sense.h"

#include "compiler/check/satisfy.h"

namespace huiyu::check {
namespace {

bool impossible(Context const& context, tir::ExprId condition, bool positive) {
  return finding(context, ways(context, condition, positive)).verdict == Verdict::Impossible;
}

// Goes down to the smallest part that says nothing by itself. Returns whether something was reported.
bool check_part(Context& context, tir::ExprId id) {
  auto const expr = context.program.exprs[id];
  std::vector<tir::ExprId> const* parts = nullptr;
  if (auto const* all = std::get_if<tir::And>(&expr.kind)) parts = &all->operands;
  if (auto const* any = std::get_if<tir::Or>(&expr.kind)) parts = &any->operands;
  bool reported = false;
  if (parts != nullptr)
    for (auto const part : *parts) reported = check_part(context, part) || reported;
  if (reported || std::holds_alternative<tir::Constant>(expr.kind)) return reported;
  bool const never = impossible(context, id, true), always = impossible(context, id, false);
  if (never)
    context.diagnostics.add(expr.span, diag::NeverHolds, source_text(context, expr.span));
  else if (always)
    context.diagnostics.add(expr.span, diag::AlwaysHolds, source_text(context, expr.span));
  return never || always;
}

}  // namespace

void check_sense(Context& context, tir::ExprId condition, std::string_view policy, Span whole) {
  if (is_poison(context, condition)) return;
  auto const expr = context.program.exprs[condition];
  bool reported = false;
  if (auto const* all = std::get_if<tir::And>(&expr.kind))
    for (auto const part : all->operands) reported = check_part(context, part) || reported;
  else
    reported = check_part(context, condition);
  if (!reported && impossible(context, condition, true)) context.diagnostics.add(whole, diag::NobodyMeets, policy);
}

}  // namespace huiyu::check
