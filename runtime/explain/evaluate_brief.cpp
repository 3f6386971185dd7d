// Trees of which only the answer is wanted: the same values as evaluate gives, but nothing is kept of what the usual
// conditions are made of, and what cannot matter any more is not looked at.

#include "runtime/explain/evaluate.h"

namespace huiyu::explain {

using plan::ExplainOp;

Value Evaluator::brief_child(Node const& node, std::uint32_t child, std::uint32_t scope) {
  return brief(record_.plan.explain_children[node.children.begin + child].node, scope);
}

Value Evaluator::brief(plan::Ref<Node> ref, std::uint32_t scope) {
  auto const& node = record_.plan.explains[ref.index];
  if (node.op == ExplainOp::And) return brief_join(node, scope, false);
  if (node.op == ExplainOp::Or) return brief_join(node, scope, true);
  if (node.op == ExplainOp::Not) {
    auto operand = brief_child(node, 0, scope);
    return operand.known() ? Value::truth(operand.state == State::False) : operand;
  }
  if (node.op >= ExplainOp::Less && node.op <= ExplainOp::NotEqual) {
    auto const left = brief_child(node, 0, scope);
    return compare(node, left, brief_child(node, 1, scope));
  }
  if (node.op == ExplainOp::BelongsTo) return belongs(node, brief_child(node, 0, scope));
  if (node.op == ExplainOp::Offset) return offset(node, brief_child(node, 0, scope));
  if (node.op == ExplainOp::ThisYear) return this_year(scope);
  if (node.op == ExplainOp::ThisMonth) return this_month(scope);
  if (node.op == ExplainOp::Series) {
    bool present = false;
    return series(node, scope, brief_child(node, 0, scope), present);
  }
  bool const over_periods =
      (node.flags & plan::OverPeriods) != 0 && (node.flags & plan::HasEach) != 0 && (node.flags & plan::HasWhere) == 0;
  if (over_periods && node.op == ExplainOp::Exists) return brief_periods(node, scope, true);
  if (over_periods && node.op == ExplainOp::All) return brief_periods(node, scope, false);
  bool const is_leaf = node.op == ExplainOp::Field || node.op == ExplainOp::Item || node.op == ExplainOp::Literal ||
                       node.op == ExplainOp::Parameter || node.op == ExplainOp::AsOf ||
                       node.op == ExplainOp::ApplicationYear || node.op == ExplainOp::Period;
  return is_leaf ? leaf(node, scope) : value(evaluate(ref, scope));
}

Value Evaluator::brief_join(Node const& node, std::uint32_t scope, bool settling) {
  auto const settled = settling ? State::True : State::False;
  Value result = Value::truth(!settling);
  for (std::uint32_t i = 0; i < node.children.count; ++i) {
    auto operand = brief_child(node, i, scope);
    if (operand.state == settled) return operand;
    if (operand.state == State::Unknown || (operand.state == State::Error && result.state != State::Unknown))
      result = std::move(operand);
  }
  return result;
}

Value Evaluator::brief_periods(Node const& node, std::uint32_t scope, bool exists) {
  Finding ends;
  ends.scope = scope;
  std::vector<std::uint32_t> scopes;
  if (!bind_periods(node, ends, scopes)) return ends.value;
  auto const each_child = static_cast<std::uint32_t>(ends.children.size());
  auto const settled = exists ? State::True : State::False;
  Value result = Value::truth(!exists);
  for (auto const period : scopes) {
    auto each = brief_child(node, each_child, period);
    if (each.state == settled) return each;
    if (each.state == State::Unknown || (each.state == State::Error && result.state != State::Unknown))
      result = std::move(each);
  }
  return result;
}

}  // namespace huiyu::explain
