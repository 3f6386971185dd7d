#include <algorithm>

#include "runtime/base/check.h"
#include "runtime/explain/evaluate.h"

namespace huiyu::explain {

using plan::ExplainOp;

namespace {

// What one row of the list gives: `where` is true, undecided or an error; rows that are out are not here.
struct Row {
  Value const* where;
  Value const* each;
};

// 存在 is 或 over "in and true", 全部 is 且 over "out or true".
Value quantify(std::vector<Row> const& rows, bool exists) {
  auto const settled = exists ? State::True : State::False;
  Value result = Value::truth(!exists);
  auto note = [&](Value const& open) {
    if (open.state == State::Unknown || (open.state == State::Error && result.state != State::Unknown)) result = open;
  };
  for (auto const& row : rows) {
    if (row.where->state == State::True && row.each->state == settled) return *row.each;
    if (row.each->known() && row.each->state != settled) continue;
    // In 且 and 或 of the two, missing comes before error.
    note(row.where->state == State::True ? *row.each : *row.where);
    if (row.each->state == State::Unknown) note(*row.each);
  }
  return result;
}

Value median(std::vector<BigRational> values) {
  std::sort(values.begin(), values.end());
  auto const middle = values.size() / 2;
  return Value::of(values.size() % 2 == 1 ? values[middle] : BigRational((values[middle - 1] + values[middle]) / 2));
}

Value total(std::vector<Row> const& rows) {
  BigRational sum;
  for (auto const& row : rows) sum += row.each->number;
  return Value::of(std::move(sum));
}

Value extreme(std::vector<Row> const& rows, plan::ValueKind kind, bool largest) {
  auto const* best = rows.front().each;
  for (auto const& row : rows)
    if (largest ? ranks_below(kind, *best, *row.each) : ranks_below(kind, *row.each, *best)) best = row.each;
  return *best;
}

Value measured(std::vector<Row> const& rows, plan::Explain const& node) {
  std::vector<Value const*> operands;
  for (auto const& row : rows) {
    operands.push_back(row.where);
    // A row that may be out says nothing of its value yet.
    if (row.where->state == State::True) operands.push_back(row.each);
  }
  if (auto const state = strict_state(operands); !state.known()) return state;
  if (node.op == ExplainOp::Count) return Value::of(static_cast<std::int64_t>(rows.size()));
  if (node.op == ExplainOp::Sum) return total(rows);
  if (rows.empty()) return Value::error(Fault::EmptyList);
  if (node.op == ExplainOp::Mean) return Value::of(total(rows).number / static_cast<std::int64_t>(rows.size()));
  if (node.op == ExplainOp::Largest || node.op == ExplainOp::Smallest) return extreme(rows, node.kind, node.op == ExplainOp::Largest);
  std::vector<BigRational> values;
  for (auto const& row : rows) values.push_back(row.each->number);
  return median(std::move(values));
}

}  // namespace

// Children of the node: [each] [where]; of the finding: the same for each row of the list.
void Evaluator::aggregate(Node const& node, Finding& finding) {
  auto const owner = scope_at(finding.scope, node.depth);
  auto const batch_row = findings_.scopes[owner].row;
  auto const& list = findings_.scopes[owner].batch->columns[static_cast<std::size_t>(record_.places.of_column[node.column.index])];
  if (!list.present(batch_row)) {
    finding.value = Value::unknown();
    return;
  }
  bool const has_each = (node.flags & plan::HasEach) != 0;
  bool const has_where = (node.flags & plan::HasWhere) != 0;
  // 全部（列表，其中 …）: the filter is what all rows are asked for.
  bool const where_is_asked = node.op == ExplainOp::All && !has_each;
  auto const begin = list.starts[static_cast<std::size_t>(batch_row)];
  auto const end = list.starts[static_cast<std::size_t>(batch_row) + 1];
  std::vector<std::pair<std::uint32_t, std::uint32_t>> rows;  // findings of where and each; `nothing`: there is none
  for (auto item = begin; item < end; ++item) {
    auto const scope = enter({finding.scope, list.items.get(), item, item - begin});
    auto const where = has_where ? evaluate_child(node, has_each ? 1 : 0, scope) : nothing;
    bool const out = has_where && value(where).state == State::False && !where_is_asked;
    auto const each = has_each && !out ? evaluate_child(node, 0, scope) : nothing;
    if (has_each) finding.children.push_back(each);
    if (has_where) finding.children.push_back(where);
    if (!out) rows.emplace_back(where, each);
  }
  // Pointers only now: evaluation has moved the findings about.
  static Value const yes = Value::truth(true);
  std::vector<Row> in;
  for (auto [where, each] : rows) {
    if (where_is_asked) std::swap(where, each);
    in.push_back({where == nothing ? &yes : &value(where), each == nothing ? &yes : &value(each)});
  }
  bool const exists = node.op == ExplainOp::Exists;
  finding.value = exists || node.op == ExplainOp::All ? quantify(in, exists) : measured(in, node);
}

}  // namespace huiyu::explain
