#include "runtime/engine/bind.h"
#include "runtime/explain/calls.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine::detail {
namespace {

using plan::ExplainOp;
using plan::RelationKind;

std::string_view missing_kind(RelationKind kind) {
  switch (kind) {
    case RelationKind::History: return "earlier payments";
    case RelationKind::Reference: return "records that others point at";
    case RelationKind::Root:
    case RelationKind::List:
    case RelationKind::Series:
    case RelationKind::Set: return {};
  }
  return {};
}

// Finds the first thing below a policy that no engine runs yet.
class Support {
 public:
  explicit Support(plan::Plan const& plan) : plan_(plan) {
    // A derived column leans on earlier rows alone, so one pass in order reaches everything below it.
    of_column_.resize(plan.columns.size());
    for (std::size_t i = 0; i < plan.columns.size(); ++i)
      of_column_[i] = missing_kind(plan.relations[plan.columns[i].relation.index].kind);
    for (auto const& derived : plan.derived) {
      auto& missing = of_column_[derived.column.index];
      for (auto column : {derived.value, derived.filter, derived.list, derived.denominator})
        if (missing.empty() && column.has_value()) missing = of_column_[column.index];
      for (auto const& key : plan::rows_of(derived.keys, plan.derived_keys))
        if (missing.empty()) missing = of_column_[key.column.index];
      if (missing.empty()) missing = use(derived.use);
    }
    for (auto const& node : plan.explains) {
      bool unknown = node.op == ExplainOp::Call && !explain::knows_call(plan.text(node.name));
      for (auto const& child : plan::rows_of(node.children, plan.explain_children))
        unknown = unknown || calls_unknown_[child.node.index] != 0;
      calls_unknown_.push_back(unknown ? 1 : 0);
    }
    of_condition_.resize(plan.conditions.size());
    for (std::size_t i = 0; i < plan.conditions.size(); ++i) {
      auto const& condition = plan.conditions[i];
      if (condition.atom.has_value()) of_condition_[i] = of_column_[plan.atoms[condition.atom.index].column.index];
      for (auto const& member : plan::rows_of(condition.members, plan.condition_members))
        if (of_condition_[i].empty()) of_condition_[i] = of_condition_[member.condition.index];
    }
  }

  std::string_view policy(plan::Policy const& policy) const {
    if (auto missing = trees(policy); !missing.empty()) return missing;
    for (auto condition : {policy.applies, policy.condition, policy.due})
      if (condition.has_value() && !of_condition_[condition.index].empty()) return of_condition_[condition.index];
    for (auto const& part : plan::rows_of(policy.parts, plan_.parts)) {
      if (part.when.has_value() && !of_condition_[part.when.index].empty()) return of_condition_[part.when.index];
      if (auto missing = use(part.amount); !missing.empty()) return missing;
    }
    for (auto const& alert : plan::rows_of(policy.alerts, plan_.alerts))
      if (alert.condition.has_value() && !of_condition_[alert.condition.index].empty())
        return of_condition_[alert.condition.index];
    if (auto missing = use(policy.total); !missing.empty()) return missing;
    return policy.value.has_value() ? of_column_[policy.value.index] : std::string_view();
  }

 private:
  // A built-in that this runtime does not know, wherever the policy explains itself.
  std::string_view trees(plan::Policy const& policy) const {
    auto unknown = [&](plan::Ref<plan::Explain> tree) { return tree.has_value() && calls_unknown_[tree.index] != 0; };
    bool found = false;
    for (auto tree : {policy.explain_year, policy.explain_applies, policy.explain_condition, policy.explain_total,
                      policy.explain_value})
      found = found || unknown(tree);
    for (auto const& part : plan::rows_of(policy.parts, plan_.parts))
      found = found || unknown(part.explain_when) || unknown(part.explain_amount);
    for (auto const& alert : plan::rows_of(policy.alerts, plan_.alerts)) found = found || unknown(alert.explain);
    for (auto const& share : plan::rows_of(policy.shares, plan_.shares)) found = found || unknown(share.weight);
    return found ? "a built-in of a later edition" : std::string_view();
  }

  std::string_view use(plan::Ref<plan::Use> ref) const {
    if (!ref.has_value()) return {};
    for (auto const& input : plan::rows_of(plan_.uses[ref.index].inputs, plan_.use_inputs))
      if (input.column.has_value() && !of_column_[input.column.index].empty()) return of_column_[input.column.index];
    return {};
  }

  plan::Plan const& plan_;
  std::vector<std::string_view> of_column_, of_condition_;
  std::vector<std::uint8_t> calls_unknown_;  // by explanation
};

Error not_built(plan::Plan const& plan, std::string_view what, plan::Policy const& policy) {
  return Error{ErrorKind::Rules, "not built: " + std::string(what) + ", which policy `" +
                                     std::string(plan.text(policy.id)) + " " + std::string(plan.text(policy.name)) +
                                     "` needs"};
}

}  // namespace

Result<void> refuse_what_is_not_built(plan::Plan const& plan) {
  Support const support(plan);
  for (auto const& policy : plan.policies)
    if (auto missing = support.policy(policy); !missing.empty()) return not_built(plan, missing, policy);
  return {};
}

void bind_policies(BoundPlan& bound) {
  for (auto const& policy : bound.plan->policies)
    bound.live.push_back(
        policy.valid_from <= bound.inputs.as_of_day && bound.inputs.as_of_day <= policy.valid_until ? 1 : 0);
}

}  // namespace huiyu::engine::detail
