#include "runtime/engine/bind.h"
#include "runtime/explain/calls.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine::detail {
namespace {

// By explanation: whether it calls, itself or below, a built-in that this runtime does not know.
std::vector<bool> calls_unknown(plan::Plan const& plan) {
  std::vector<bool> unknown;
  for (auto const& node : plan.explains) {
    bool found = node.op == plan::ExplainOp::Call && !explain::knows_call(plan.text(node.name));
    for (auto const& child : plan::rows_of(node.children, plan.explain_children))
      found = found || unknown[child.node.index];
    unknown.push_back(found);
  }
  return unknown;
}

// All trees by which a policy explains itself.
std::vector<plan::Ref<plan::Explain>> trees_of(plan::Plan const& plan, plan::Policy const& policy) {
  std::vector<plan::Ref<plan::Explain>> trees{policy.explain_year, policy.explain_applies, policy.explain_condition,
                                              policy.explain_total, policy.explain_value};
  for (auto const& part : plan::rows_of(policy.parts, plan.parts)) {
    trees.push_back(part.explain_when);
    trees.push_back(part.explain_amount);
  }
  for (auto const& alert : plan::rows_of(policy.alerts, plan.alerts)) trees.push_back(alert.explain);
  for (auto const& share : plan::rows_of(policy.shares, plan.shares)) trees.push_back(share.weight);
  return trees;
}

}  // namespace

Result<void> refuse_what_is_not_built(plan::Plan const& plan) {
  auto const unknown = calls_unknown(plan);
  for (auto const& policy : plan.policies)
    for (auto const tree : trees_of(plan, policy))
      if (tree.has_value() && unknown[tree.index])
        return Error{ErrorKind::Rules, "not built: a built-in of a later edition, which policy `" +
                                           std::string(plan.text(policy.id)) + " " +
                                           std::string(plan.text(policy.name)) + "` needs"};
  return {};
}

void bind_policies(BoundPlan& bound) {
  for (auto const& policy : bound.plan->policies)
    bound.live.push_back(
        policy.valid_from <= bound.inputs.as_of_day && bound.inputs.as_of_day <= policy.valid_until ? 1 : 0);
}

}  // namespace huiyu::engine::detail
