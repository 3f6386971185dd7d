#include "runtime/engine/test_tree.h"

#include <iterator>
#include <utility>

#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

using plan::ConditionKind;
using plan::ExplainOp;

// What a condition made of an explanation's tree looks like; INVARIANT (mirror): as compiler/lower/conditions.cpp
// makes it.
struct Shape {
  ConditionKind kind{};
  std::int64_t count = 0;              // AtLeastOf
  plan::Ref<plan::Explain> test = {};  // Literal
  std::vector<Shape> members = {};
  bool negated = false;  // Literal
};

class Reader {
 public:
  explicit Reader(plan::Plan const& plan) : plan_(plan) {}

  Shape read(plan::Ref<plan::Explain> tree, bool negated) const {
    auto const& node = plan_.explains[tree.index];
    if (node.op == ExplainOp::Not) return read(plan_.explain_children[node.children.begin].node, !negated);
    if (node.op == ExplainOp::And || node.op == ExplainOp::Or) {
      bool const all = (node.op == ExplainOp::And) != negated;
      return joined(all ? ConditionKind::And : ConditionKind::Or, members(node, negated));
    }
    if (node.op == ExplainOp::AtLeastOf) {
      auto const of = std::int64_t{node.children.count};
      if (node.number <= 0 || node.number > of) return constant((node.number <= 0) != negated);
      return {ConditionKind::AtLeastOf, negated ? of - node.number + 1 : node.number, {}, members(node, negated)};
    }
    if (node.op == ExplainOp::Literal) return constant((node.number != 0) != negated);
    return {ConditionKind::Literal, 0, tree, {}, negated};
  }

  std::optional<TestTree> pair(Shape const& shape, plan::Ref<plan::Condition> condition) const {
    auto const& row = plan_.conditions[condition.index];
    bool const is_same =
        row.kind == shape.kind && row.count == shape.count && row.members.count == shape.members.size();
    if (!is_same) return std::nullopt;
    TestTree tree{condition, shape.test, {}, shape.negated};
    auto const members = plan::rows_of(row.members, plan_.condition_members);
    for (std::size_t i = 0; i < members.size(); ++i) {
      auto member = pair(shape.members[i], members[i].condition);
      if (!member) return std::nullopt;
      tree.members.push_back(std::move(*member));
    }
    return tree;
  }

 private:
  static Shape constant(bool holds) { return {holds ? ConditionKind::Always : ConditionKind::Never}; }

  std::vector<Shape> members(plan::Explain const& node, bool negated) const {
    std::vector<Shape> all;
    for (auto const& child : plan::rows_of(node.children, plan_.explain_children))
      all.push_back(read(child.node, negated));
    return all;
  }

  static Shape joined(ConditionKind kind, std::vector<Shape> members) {
    auto const neutral = kind == ConditionKind::And ? ConditionKind::Always : ConditionKind::Never;
    auto const settling = kind == ConditionKind::And ? ConditionKind::Never : ConditionKind::Always;
    Shape all{kind};
    for (auto& member : members) {
      if (member.kind == settling) return member;
      if (member.kind == neutral) continue;
      if (member.kind == kind)
        std::move(member.members.begin(), member.members.end(), std::back_inserter(all.members));
      else
        all.members.push_back(std::move(member));
    }
    if (all.members.empty()) return {neutral};
    if (all.members.size() > 1) return all;
    auto only = std::move(all.members.front());
    return only;
  }

  plan::Plan const& plan_;
};

}  // namespace

std::optional<TestTree> test_tree(plan::Plan const& plan, plan::Ref<plan::Explain> tree,
                                  plan::Ref<plan::Condition> condition) {
  if (!tree.has_value() || !condition.has_value()) return std::nullopt;
  Reader const reader(plan);
  return reader.pair(reader.read(tree, false), condition);
}

}  // namespace huiyu::engine
