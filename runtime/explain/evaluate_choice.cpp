#include "runtime/explain/evaluate.h"

namespace huiyu::explain {

using plan::ExplainOp;

namespace {

// Collects the findings of rows that may still be the answer: it stands if all are known and equal.
class Agreement {
 public:
  explicit Agreement(Findings const& findings) : findings_(findings) {}

  void offer(std::uint32_t place) {
    auto const& value = findings_.all[place].value;
    if (!value.known() || (seen_ != nothing && !same_value(findings_.all[seen_].value, value))) broken_ = true;
    seen_ = place;
  }
  // The answer, else unknown.
  Value value() const { return seen_ != nothing && !broken_ ? findings_.all[seen_].value : Value::unknown(); }

 private:
  Findings const& findings_;
  std::uint32_t seen_ = nothing;
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
  if (node.op == ExplainOp::ChooseFirst)
    finding.value = choose_first(node, finding, first, rows);
  else if (node.op == ExplainOp::ChooseUnique)
    finding.value = choose_one(node, finding, first, rows, false);
  else if (node.op == ExplainOp::ChooseExclusive)
    finding.value = choose_one(node, finding, first, rows, true);
  else
    finding.value = choose_all(node, finding, first, rows);
}

// The first row that is not false decides. Where rows are unknown, those up to the first that is true may still agree.
Value Evaluator::choose_first(Node const& node, Finding& finding, std::uint32_t first, std::uint32_t rows) {
  Agreement answer(findings_);
  bool open = false;
  auto look_at = [&](std::uint32_t place) {
    return finding.children[place] = evaluate_child(node, place, finding.scope);
  };
  for (std::uint32_t row = 0; row < rows; ++row) {
    auto const condition = look_at(first + 2 * row);
    auto const stands = value(condition).state;
    if (stands == State::False) continue;
    if (stands == State::Error) return open ? Value::unknown() : value(condition);
    auto const result = look_at(first + 2 * row + 1);
    answer.offer(result);
    if (stands == State::Unknown) {
      open = true;
      continue;
    }
    if (open) return answer.value();
    finding.taken = static_cast<std::int32_t>(row);
    return value(result);
  }
  if ((node.flags & plan::HasOtherwise) == 0) return open ? Value::unknown() : Value::error(Fault::NoRowHolds);
  auto const otherwise = look_at(first + 2 * rows);
  answer.offer(otherwise);
  if (open) return answer.value();
  finding.taken = static_cast<std::int32_t>(rows);
  return value(otherwise);
}

// 唯一 and 一般/例外: two rows that hold are an error; missing comes before error, and error before 一般.
// `may_agree`: the rows are proved disjoint, and what the open ones have in common is known.
Value Evaluator::choose_one(Node const& node, Finding& finding, std::uint32_t first, std::uint32_t rows,
                            bool may_agree) {
  std::int32_t taken = -1;
  bool twice = false, unknown = false;
  Value fault = Value::unknown();
  FindingList candidates;  // places among the children
  for (std::uint32_t row = 0; row < rows; ++row) {
    auto const place = first + 2 * row;
    finding.children[place] = evaluate_child(node, place, finding.scope);
    auto const& condition = value(finding.children[place]);
    if (condition.state == State::Unknown) unknown = true;
    if (condition.state == State::Error && fault.state != State::Error) fault = condition;
    if (condition.state == State::True) {
      twice = taken >= 0;
      taken = static_cast<std::int32_t>(row);
    }
    if (condition.state == State::True || condition.state == State::Unknown) candidates.push_back(place + 1);
    if (twice) return Value::error(Fault::TwoRowsHold);
  }
  bool const errs = fault.state == State::Error;
  // An erring row may still be joined by a true one, and nothing is in common with that.
  if (unknown && (!may_agree || errs)) return Value::unknown();
  if (errs) return fault;
  bool const has_otherwise = (node.flags & plan::HasOtherwise) != 0;
  if (taken < 0 && !has_otherwise) return unknown ? Value::unknown() : Value::error(Fault::NoRowHolds);
  if (taken < 0) candidates.push_back(first + 2 * rows);

  Agreement answer(findings_);
  for (auto place : candidates) answer.offer(finding.children[place] = evaluate_child(node, place, finding.scope));
  if (unknown) return answer.value();
  finding.taken = taken >= 0 ? taken : static_cast<std::int32_t>(rows);
  return value(finding.children[candidates.front()]);
}

// 就高 and 各档相加: over all rows that hold; none: the otherwise.
Value Evaluator::choose_all(Node const& node, Finding& finding, std::uint32_t first, std::uint32_t rows) {
  FindingList results;
  for (std::uint32_t row = 0; row < rows; ++row) {
    auto const place = first + 2 * row;
    finding.children[place] = evaluate_child(node, place, finding.scope);
    auto const state = value(finding.children[place]).state;
    if (state == State::False) continue;
    if (state == State::True)
      results.push_back(finding.children[place + 1] = evaluate_child(node, place + 1, finding.scope));
    else
      results.push_back(finding.children[place]);  // undecided: it speaks for its row
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
    if (node.op == ExplainOp::ChooseSum)
      best.number = best.number + operands[i]->number;
    else if (ranks_below(node.kind, best, *operands[i]))
      best = *operands[i];
  }
  return best;
}

}  // namespace huiyu::explain
