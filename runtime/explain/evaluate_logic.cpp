#include <algorithm>

#include "runtime/base/check.h"
#include "runtime/explain/evaluate.h"
#include "runtime/plan/rows.h"

namespace huiyu::explain {

using plan::ExplainOp;

// 且: the leftmost present of 假 未知 错误 真; 或: of 真 未知 错误 假.
Value Evaluator::join(Finding const& finding, bool settling) const {
  auto const settled = settling ? State::True : State::False;
  Value result = Value::truth(!settling);
  for (auto one : finding.children) {
    auto const& operand = value(one);
    if (operand.state == settled) return operand;
    if (operand.state == State::Unknown) result = operand;
    if (operand.state == State::Error && result.state != State::Unknown) result = operand;
  }
  return result;
}

Value Evaluator::at_least_of(Node const& node, Finding const& finding) const {
  std::int64_t certain = 0, possible = 0;
  Value open = Value::unknown();
  bool unknown = false;
  for (auto one : finding.children) {
    auto const& operand = value(one);
    if (operand.state == State::True) ++certain;
    if (operand.state != State::False) ++possible;
    if (operand.state == State::Unknown) unknown = true;
    if (operand.state == State::Error) open = operand;
  }
  if (certain >= node.number) return Value::truth(true);
  if (possible < node.number) return Value::truth(false);
  return unknown ? Value::unknown() : open;
}

bool ranks_below(plan::ValueKind kind, Value const& a, Value const& b) {
  return kind == plan::ValueKind::Enumeration ? b.number < a.number : a.number < b.number;
}

Value Evaluator::compare(Node const& node, Value const& left, Value const& right) const {
  if (auto state = strict_state({&left, &right}); !state.known()) return state;
  if (node.op == ExplainOp::Equal || node.op == ExplainOp::NotEqual)
    return Value::truth(same_value(left, right) == (node.op == ExplainOp::Equal));
  auto const kind = child_node(node, 0).kind;
  if (node.op == ExplainOp::Less) return Value::truth(ranks_below(kind, left, right));
  if (node.op == ExplainOp::AtMost) return Value::truth(!ranks_below(kind, right, left));
  if (node.op == ExplainOp::Greater) return Value::truth(ranks_below(kind, right, left));
  return Value::truth(!ranks_below(kind, left, right));
}

Value Evaluator::belongs(Node const& node, Value const& subject) const {
  if (!subject.known()) return subject;
  auto const& classes = record_.plan.class_sets[node.classes.index];
  auto const id = *subject.number.integer();
  auto holds = [&](plan::Rows<plan::Interval> rows) {
    auto const intervals = plan::rows_of(rows, record_.plan.intervals);
    return std::any_of(intervals.begin(), intervals.end(),
                       [&](plan::Interval const& one) { return one.low <= id && id <= one.high; });
  };
  if (holds(classes.certain)) return Value::truth(true);
  return holds(classes.possible) ? Value::unknown() : Value::truth(false);
}

// Of codes, by their place in the system: one of the set at or below the member, or the member at or below one of the
// set.
Value Evaluator::set_contains(Node const& node, Finding const& finding) const {
  auto const& set = child(finding, 0);
  auto const& member = child(finding, 1);
  if (auto state = strict_state({&set, &member}); !state.known()) return state;
  HUIYU_CHECK(set.members != nullptr, "a membership test of what is no set");
  auto const& texts = set.members->texts;
  auto const& ids = set.members->ids;
  auto const& wanted = record_.plan.explains[findings_.all[finding.children[1]].node.index];
  if (wanted.kind == plan::ValueKind::Code) {
    bool open = set.members->open;
    for (auto const id : ids) {
      auto const belongs = code_found(static_cast<codes::CodeSystem>(wanted.code_system), node.number != 0, id, member);
      if (belongs == codes::Belongs::Yes) return Value::truth(true);
      open = open || belongs == codes::Belongs::Unknown;
    }
    return open ? Value::unknown() : Value::truth(false);
  }
  bool const found = std::any_of(ids.begin(), ids.end(), [&](std::int64_t id) { return member.number == id; }) ||
                     std::find(texts.begin(), texts.end(), member.text) != texts.end();
  if (found) return Value::truth(true);
  return set.members->open ? Value::unknown() : Value::truth(false);
}

// 提升 and 降低: upwards is towards the first entry; stops at the ends.
Value Evaluator::shift(Node const& node, Finding const& finding) const {
  auto const& entry = child(finding, 0);
  auto const& steps = child(finding, 1);
  if (auto state = strict_state({&entry, &steps}); !state.known()) return state;
  Exact const last = std::int64_t{record_.plan.enumerations[node.enumeration.index].entries.count} - 1;
  auto const target = entry.number - steps.number;
  return Value::of(target < 0 ? Exact() : target > last ? last : target);
}

}  // namespace huiyu::explain
