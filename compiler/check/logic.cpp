#include "compiler/check/expr.h"

namespace huiyu::check {

tir::ExprId check_logic(Context& context, Scope const& scope, ast::Logic const& logic, Span span) {
  std::vector<tir::ExprId> operands;
  for (auto const operand : logic.operands) operands.push_back(check_condition(context, scope, operand));
  return logic.op == ast::LogicOp::And ? conjunction(context, std::move(operands), span)
                                       : disjunction(context, std::move(operands), span);
}

tir::ExprId check_not(Context& context, Scope const& scope, ast::Not const& node, Span span) {
  return negation(context, check_condition(context, scope, node.operand), span);
}

tir::ExprId check_quantified(Context& context, Scope const& scope, ast::Quantified const& node, Span span) {
  std::vector<tir::ExprId> operands;
  bool poisoned = false;
  for (auto const& member : node.members) {
    tir::ExprId const operand = check_condition(context, scope, member.condition);
    poisoned = poisoned || is_poison(context, operand);
    auto& made = context.program.exprs[operand];
    if (made.citation.empty()) made.citation = member.citation.value_or(member.mark);
    operands.push_back(operand);
  }
  if (poisoned) return poison(context, span);
  switch (node.quantifier) {
    case ast::Quantifier::All: return conjunction(context, std::move(operands), span);
    case ast::Quantifier::Any: return disjunction(context, std::move(operands), span);
    case ast::Quantifier::AtLeast: break;
  }
  auto const members = static_cast<std::int64_t>(operands.size());
  if (node.count < 1 || node.count > members) {
    context.diagnostics.add(span, diag::CountOutOfReach, node.count, members);
    return poison(context, span);
  }
  return add(context, tir::AtLeastOf{node.count, std::move(operands)}, truth_type(), span);
}

}  // namespace huiyu::check
