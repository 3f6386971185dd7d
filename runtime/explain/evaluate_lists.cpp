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

Value median(std::vector<Exact> values) {
  std::sort(values.begin(), values.end());
  auto const middle = values.size() / 2;
  return Value::of(values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2);
}

Value total(std::vector<Row> const& rows) {
  Exact sum;
  for (auto const& row : rows) sum = sum + row.each->number;
  return Value::of(std::move(sum));
}

Value total_of_greatest(std::vector<Row> rows, std::size_t first) {
  std::sort(rows.begin(), rows.end(), [](Row const& a, Row const& b) { return b.each->number < a.each->number; });
  rows.resize(std::min(rows.size(), first));
  return total(rows);
}

Value distinct(std::vector<Row> const& rows) {
  std::vector<Value const*> seen;
  for (auto const& row : rows)
    if (std::ranges::none_of(seen, [&](Value const* one) { return same_value(*one, *row.each); }))
      seen.push_back(row.each);
  return Value::of(static_cast<std::int64_t>(seen.size()));
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
  if (node.op == ExplainOp::Top) return total_of_greatest(rows, static_cast<std::size_t>(node.number));
  if (node.op == ExplainOp::Distinct) return distinct(rows);
  if (rows.empty()) return Value::error(Fault::EmptyList);
  if (node.op == ExplainOp::Mean) return Value::of(total(rows).number / static_cast<std::int64_t>(rows.size()));
  if (node.op == ExplainOp::Largest || node.op == ExplainOp::Smallest)
    return extreme(rows, node.kind, node.op == ExplainOp::Largest);
  std::vector<Exact> values;
  for (auto const& row : rows) values.push_back(row.each->number);
  return median(std::move(values));
}

}  // namespace

std::uint32_t Evaluator::bind_row(plan::Ref<plan::Column> list, std::int64_t row) {
  auto const& column = record_.batch.columns[static_cast<std::size_t>(record_.places.of_column[list.index])];
  Scope scope;
  scope.outer = 0;
  scope.batch = column.items.get();
  scope.row = row;
  scope.item = row - column.starts[static_cast<std::size_t>(record_.row)];
  return enter(scope);
}

// One scope for each row of the list; false where the list itself is missing.
bool Evaluator::bind_rows(Node const& node, Finding& finding, std::vector<std::uint32_t>& scopes) {
  auto const owner = findings_.scopes[record_at(finding.scope, node.depth)];
  auto const& list = owner.batch->columns[static_cast<std::size_t>(record_.places.of_column[node.column.index])];
  if (!list.present(owner.row)) {
    finding.value = Value::unknown();
    return false;
  }
  auto const begin = list.starts[static_cast<std::size_t>(owner.row)];
  auto const end = list.starts[static_cast<std::size_t>(owner.row) + 1];
  for (auto row = begin; row < end; ++row) {
    Scope scope;
    scope.outer = finding.scope;
    scope.batch = list.items.get();
    scope.row = row;
    scope.item = row - begin;
    scopes.push_back(enter(scope));
  }
  return true;
}

// One scope for each year or month from `from` (else the first of the series) to `to`, both included.
bool Evaluator::bind_periods(Node const& node, Finding& finding, std::vector<std::uint32_t>& scopes) {
  bool const has_from = (node.flags & plan::HasFrom) != 0;
  for (std::uint32_t i = 0; i < (has_from ? 2U : 1U); ++i)
    finding.children.push_back(evaluate_child(node, i, finding.scope));
  std::vector<Value const*> ends;
  for (auto end : finding.children) ends.push_back(&value(end));
  finding.value = strict_state(ends);
  if (!finding.value.known()) return false;
  auto const last = *ends.back()->number.integer();
  auto first = last + 1;
  if (has_from) {
    first = *ends.front()->number.integer();
  } else {
    auto const& owner = findings_.scopes[record_at(finding.scope, node.depth)];
    auto const& series = owner.batch->columns[static_cast<std::size_t>(record_.places.of_column[node.column.index])];
    finding.value = Value::unknown();
    if (!series.present(owner.row)) return false;
    auto const& periods = series.items->columns[0];
    for (auto i = series.starts[static_cast<std::size_t>(owner.row)];
         i < series.starts[static_cast<std::size_t>(owner.row) + 1]; ++i)
      first = std::min(first, periods.at(i));
  }
  for (auto period = first; period <= last; ++period) {
    Scope scope;
    scope.outer = finding.scope;
    scope.binds_period = true;
    scope.period = period;
    scopes.push_back(enter(scope));
  }
  return true;
}

void Evaluator::aggregate(Node const& node, Finding& finding) {
  bool const over_periods = (node.flags & plan::OverPeriods) != 0;
  bool const has_each = (node.flags & plan::HasEach) != 0;
  bool const has_where = (node.flags & plan::HasWhere) != 0;
  // 全部（列表，其中 …）: the filter is what all rows are asked for.
  bool const where_is_asked = node.op == ExplainOp::All && !has_each;
  std::vector<std::uint32_t> scopes;
  if (!(over_periods ? bind_periods(node, finding, scopes) : bind_rows(node, finding, scopes))) return;
  auto const each_child = static_cast<std::uint32_t>(finding.children.size());
  auto const where_child = each_child + (has_each ? 1 : 0);

  std::vector<std::pair<std::uint32_t, std::uint32_t>> rows;  // findings of where and each; `nothing`: there is none
  for (auto scope : scopes) {
    auto const where = has_where ? evaluate_child(node, where_child, scope) : nothing;
    bool const out = has_where && value(where).state == State::False && !where_is_asked;
    auto const each = has_each && !out ? evaluate_child(node, each_child, scope) : nothing;
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
