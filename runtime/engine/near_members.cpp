#include "runtime/engine/near_members.h"

#include "runtime/engine/eligible_plan.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

// INVARIANT (order): as `flatten` goes through the condition.
void flatten_tree(plan::Plan const& plan, TestTree const& tree, std::vector<TestTree>& out) {
  auto const kind = plan.conditions[tree.condition.index].kind;
  if (kind == plan::ConditionKind::Always) return;
  if (kind != plan::ConditionKind::And) return out.push_back(tree);
  for (auto const& member : tree.members) flatten_tree(plan, member, out);
}

}  // namespace

NearMembers near_members(plan::Plan const& plan, plan::Policy const& policy) {
  NearMembers found;
  found.possible =
      flatten(plan, policy.applies, found.must) && flatten(plan, policy.condition, found.tests) && found.possible;
  if (!policy.due.has_value()) return found;
  if (policy.parts.count == 1) {
    found.possible = flatten(plan, policy.due, found.tests) && found.possible;
    return found;
  }
  auto const kind = plan.conditions[policy.due.index].kind;
  if (kind == plan::ConditionKind::Never) found.possible = false;
  if (kind != plan::ConditionKind::Never && kind != plan::ConditionKind::Always) found.tests.push_back(policy.due);
  return found;
}

std::vector<TestTree> near_trees(plan::Plan const& plan, plan::Policy const& policy) {
  std::vector<TestTree> found;
  if (policy.condition.has_value()) {
    auto const tree = test_tree(plan, policy.explain_condition, policy.condition);
    if (!tree) return {};
    flatten_tree(plan, *tree, found);
  }
  if (!policy.due.has_value()) return found;
  if (policy.parts.count != 1) {
    if (plan.conditions[policy.due.index].kind != plan::ConditionKind::Always)
      found.push_back({policy.due, {}, {}, false});
    return found;
  }
  auto const& part = plan::rows_of(policy.parts, plan.parts).front();
  auto const tree = test_tree(plan, part.explain_when, policy.due);
  if (!tree) return {};
  flatten_tree(plan, *tree, found);
  return found;
}

}  // namespace huiyu::engine
