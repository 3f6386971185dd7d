// Which atoms the explanation may have to decide: those that read a given definition, whose stated value may lie
// outside of what programs are proved for, or a constant that no program computes.

#include <algorithm>

#include "runtime/engine/eligible_plan.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

bool may_ask(BoundPlan const& bound, plan::Ref<plan::Use> ref, std::vector<bool> const& columns) {
  if (!ref.has_value()) return false;
  auto const& use = bound.plan->uses[ref.index];
  for (auto const& input : plan::rows_of(use.inputs, bound.plan->use_inputs))
    if (input.column.has_value() && columns[input.column.index]) return true;
  for (auto const& constant : plan::rows_of(use.constants, bound.plan->use_constants))
    if (bound.constants[constant.constant.index].stands == state::open) return true;
  return false;
}

}  // namespace

std::vector<bool> atoms_that_may_ask(BoundPlan const& bound) {
  auto const& plan = *bound.plan;
  std::vector<bool> columns(plan.columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i)
    columns[i] = bound.columns[i].origin != Origin::Stated && bound.columns[i].origin != Origin::Derived;
  // A derived column leans on earlier rows alone.
  for (auto const& derived : plan.derived) {
    bool asks = columns[derived.column.index] || may_ask(bound, derived.use, columns);
    for (auto column : {derived.value, derived.filter, derived.list, derived.denominator})
      asks = asks || (column.has_value() && columns[column.index]);
    for (auto const& key : plan::rows_of(derived.keys, plan.derived_keys)) asks = asks || columns[key.column.index];
    columns[derived.column.index] = asks;
  }
  std::vector<bool> atoms;
  for (std::size_t i = 0; i < plan.atoms.size(); ++i) {
    auto const& ends = bound.atoms[i];
    atoms.push_back(columns[plan.atoms[i].column.index] || ends.low.stands == state::open ||
                    ends.high.stands == state::open || ends.denominator.stands == state::open);
  }
  return atoms;
}

bool flatten(plan::Plan const& plan, plan::Ref<plan::Condition> ref, std::vector<plan::Ref<plan::Condition>>& out) {
  if (!ref.has_value()) return true;
  auto const& condition = plan.conditions[ref.index];
  if (condition.kind == plan::ConditionKind::Always) return true;
  if (condition.kind == plan::ConditionKind::Never) return false;
  if (condition.kind != plan::ConditionKind::And) {
    out.push_back(ref);
    return true;
  }
  auto const members = plan::rows_of(condition.members, plan.condition_members);
  return std::all_of(members.begin(), members.end(),
                     [&](auto const& member) { return flatten(plan, member.condition, out); });
}

bool reads_any(plan::Plan const& plan, plan::Ref<plan::Condition> ref, std::vector<bool> const& atoms) {
  auto const& condition = plan.conditions[ref.index];
  if (condition.kind == plan::ConditionKind::Literal) return atoms[condition.atom.index];
  auto const members = plan::rows_of(condition.members, plan.condition_members);
  return std::any_of(members.begin(), members.end(),
                     [&](auto const& member) { return reads_any(plan, member.condition, atoms); });
}

}  // namespace huiyu::engine
