#include "runtime/portal/rests.h"

#include <algorithm>

#include "runtime/engine/atom_tests.h"
#include "runtime/plan/rows.h"

namespace huiyu::portal {

using plan::ConditionKind;
using Kind = RestNode::Kind;

int cost_of(std::vector<RestNode> const& nodes, std::uint32_t begin) {
  auto most = Kind::All;
  for (auto i = begin; i < nodes[begin].end; ++i) most = std::max(most, nodes[i].kind);
  return static_cast<int>(most);
}

RestWriter::RestWriter(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject,
                       std::vector<CodeTest> const& literals, std::size_t slots)
    : bound_(bound), tests_(*bound.atom_tests[subject.index]), literals_(literals), slots_(slots) {}

void RestWriter::write(plan::Ref<plan::Condition> ref, std::vector<RestNode>& nodes) const {
  auto const& condition = bound_.plan->conditions[ref.index];
  auto const at = nodes.size();
  nodes.push_back(literal(condition));
  if (condition.kind != ConditionKind::Literal)
    for (auto const& member : plan::rows_of(condition.members, bound_.plan->condition_members))
      write(member.condition, nodes);
  nodes[at].end = static_cast<std::uint32_t>(nodes.size());
}

RestNode RestWriter::literal(plan::Condition const& condition) const {
  RestNode node;
  switch (condition.kind) {
    case ConditionKind::Always:
    case ConditionKind::And: node.kind = Kind::All; return node;
    case ConditionKind::Never:
    case ConditionKind::Or: node.value = 1; [[fallthrough]];
    case ConditionKind::AtLeastOf:
      node.kind = Kind::AtLeast;
      if (condition.kind == ConditionKind::AtLeastOf) node.value = static_cast<std::uint32_t>(condition.count);
      return node;
    case ConditionKind::Literal: break;
  }
  node.negated = condition.negated != 0;
  node.test = literals_[condition.atom.index * 2 + condition.negated];
  node.kind = Kind::Code;
  if (node.test.slot < slots_) return node;
  auto const& test = tests_.tests[condition.atom.index];
  auto const& atom = bound_.plan->atoms[condition.atom.index];
  node.kind = Kind::Ask;
  node.value = condition.atom.index;
  if (test.kind == engine::AtomTests::Kind::Linear) {
    node.kind = Kind::Linear;
    node.value = test.of;
  } else if (test.kind == engine::AtomTests::Kind::Tag) {
    node.kind = Kind::Tag;
    node.value = test.place;
    node.tag = atom.tag;
  }
  return node;
}

}  // namespace huiyu::portal
