#include "runtime/base/check.h"
#include "runtime/explain/evaluate.h"

namespace huiyu::explain {

using plan::ExplainOp;

namespace {

// Collects the values of rows that may still be the answer: it stands if all are known and equal.
class Agreement {
 public:
  void offer(Value const& value) {
    if (!value.known() || (seen_ && !same_value(seen_value_, value))) broken_ = true;
    seen_value_ = value;
    seen_ = true;
  }
  bool stands() const { return seen_ && !broken_; }
  Value const& value() const { return seen_value_; }

 private:
  Value seen_value_;
  bool seen_ = false;
  bool broken_ = false;
};

}  // namespace

// Children: [subject] (condition value)* [otherwise]. Values of rows that cannot be the answer are not looked at.
void Evaluator::choice(Node const& node, Finding& finding) {
  std::uint32_t const first = (node.flags & plan::HasSubject) != 0 ? 1 : 0;
  std::uint32_t const last = (node.flags & plan::HasOtherwise) != 0 ? 1 : 0;
  std::uint32_t const rows = (node.children.count - first - last) / 2;
  finding.children.assign(node.children.count, nothing);
  if (first == 1) finding.children[0] = evaluate_child(node, 0, finding.scope);
  if (node.op == ExplainOp::ChooseFirst) finding.value = choose_first(node, finding, first, rows);
  else if (node.op == ExplainOp::ChooseUnique) finding.value = choose_one(node, finding, first, rows, false);
  else if (node.op == ExplainOp::ChooseExclusive) finding.value = choose_one(node, finding, first, rows, true);
  else finding.value = choose_all(node, finding, first, rows);
}

// The first row that is not false decides. Where that is not settled, the open rows up to the first that holds may still agree.
Value Evaluator::choose_first(Node const& node, Finding& finding, std::uint32_t first, std::uint32_t rows) {
  Agreement answer;
  Value open;
  bool is_open = false;
  auto look_at = [&](std::uint32_t place) -> Value const& { return value(finding.children[place] = evaluate_child(node, place, finding.scope)); };
  for (std::uint32_t row = 0; row < rows; ++row) {
    auto const condition = look_at(first + 2 * row);
    if (condition.state == State::False) continue;
    auto const result = look_at(first + 2 * row + 1);
    answer.offer(result);
    if (condition.state == State::True && !is_open) {
      finding.taken = static_cast<std::int32_t>(row);
      return result;
    }
    if (condition.state == State::True) return answer.stands() ? answer.value() : open;
    if (!is_open) open = condition;
    is_open = true;
  }
  if ((node.flags & plan::HasOtherwise) == 0) return is_open ? open : Value::error(Fault::NoRowHolds);
  auto const otherwise = look_at(first + 2 * rows);
  if (!is_open) {
    finding.taken = static_cast<std::int32_t>(rows);
    return otherwise;
  }
  answer.offer(otherwise);
  return answer.stands() ? answer.value() : open;
}

// 唯一 and 一般/例外: two rows that hold are an error. `may_agree`: the rows are proved disjoint, and those that are true or
// undecided give their common value.
Value Evaluator::choose_one(Node const& node, Finding& finding, std::uint32_t first, std::uint32_t rows, bool may_agree) {
  std::int32_t taken = -1;
  Value open = Value::truth(true);
  std::vector<std::uint32_t> candidates;
  for (std::uint32_t row = 0; row < rows; ++row) {
    auto const place = first + 2 * row;
    finding.children[place] = evaluate_child(node, place, finding.scope);
    auto const condition = value(finding.children[place]);
    if (condition.state == State::False) continue;
    candidates.push_back(place + 1);
    if (condition.state == State::True && taken >= 0) return Value::error(Fault::TwoRowsHold);
    if (condition.state == State::True) taken = static_cast<std::int32_t>(row);
    // Missing before error.
    if (condition.state == State::Unknown || (condition.state == State::Error && open.known())) open = condition;
  }
  bool const has_otherwise = (node.flags & plan::HasOtherwise) != 0;
  if (taken < 0 && has_otherwise) candidates.push_back(first + 2 * rows);
  bool const settled = open.known();
  if (!settled && !may_agree) return open;
  if (candidates.empty()) return Value::error(Fault::NoRowHolds);

  Agreement answer;
  for (auto place : candidates) {
    finding.children[place] = evaluate_child(node, place, finding.scope);
    answer.offer(value(finding.children[place]));
  }
  if (!settled) return answer.stands() ? answer.value() : open;
  finding.taken = taken >= 0 ? taken : static_cast<std::int32_t>(rows);
  return value(finding.children[candidates.front()]);
}

// 就高 and 各档相加: over all rows that hold; none: the otherwise.
Value Evaluator::choose_all(Node const& node, Finding& finding, std::uint32_t first, std::uint32_t rows) {
  std::vector<std::uint32_t> results;
  for (std::uint32_t row = 0; row < rows; ++row) {
    auto const place = first + 2 * row;
    finding.children[place] = evaluate_child(node, place, finding.scope);
    auto const state = value(finding.children[place]).state;
    if (state == State::False) continue;
    if (state == State::True) results.push_back(finding.children[place + 1] = evaluate_child(node, place + 1, finding.scope));
    else results.push_back(finding.children[place]);  // undecided: it speaks for its row
  }
  if (results.empty()) {
    if ((node.flags & plan::HasOtherwise) == 0) return Value::error(Fault::NoRowHolds);
    finding.taken = static_cast<std::int32_t>(rows);
    finding.children[first + 2 * rows] = evaluate_child(node, first + 2 * rows, finding.scope);
    return value(finding.children[first + 2 * rows]);
  }
  std::vector<Value const*> operands;
  for (auto result : results) operands.push_back(&value(result));
  if (auto const state = strict_state(operands); !state.known()) return state;
  auto best = *operands[0];
  for (std::size_t i = 1; i < operands.size(); ++i) {
    if (node.op == ExplainOp::ChooseSum) best.number += operands[i]->number;
    else if (ranks_below(node.kind, best, *operands[i])) best = *operands[i];
  }
  return best;
}

}  // namespace huiyu::explain
