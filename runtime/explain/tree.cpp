#include "runtime/explain/tree.h"

#include "runtime/base/one_line.h"
#include "runtime/explain/needs.h"
#include "runtime/explain/show.h"

namespace huiyu::explain {
namespace {

using plan::ExplainOp;

bool is_connective(ExplainOp op) { return op == ExplainOp::And || op == ExplainOp::Or || op == ExplainOp::AtLeastOf; }
bool is_aggregate(ExplainOp op) { return op >= ExplainOp::Sum && op <= ExplainOp::Distinct; }
bool is_choice(ExplainOp op) { return op >= ExplainOp::ChooseFirst && op <= ExplainOp::ChooseSum; }
bool is_cap(ExplainOp op) { return op == ExplainOp::CapAtMost || op == ExplainOp::CapAtLeast; }

}  // namespace

void TreeBuilder::name(plan::Explain const& row, Node& node) const {
  auto const& plan = record_.plan;
  if (row.op == ExplainOp::Field || row.op == ExplainOp::Item || row.op == ExplainOp::Series) {
    auto const& column = plan.columns[row.column.index];
    node.name = fact_name(plan, row.column);
    node.source = plan.text(column.source);
  } else if (row.op == ExplainOp::Parameter) {
    node.name = plan.text(plan.parameters[row.parameter.index].name);
  } else if (row.op == ExplainOp::Lookup) {
    node.name = plan.text(plan.reference_tables[row.table.index].name);
  } else if (is_aggregate(row.op) && row.column.has_value()) {
    node.name = fact_name(plan, row.column);
  } else if (row.op != ExplainOp::Literal) {
    node.name = plan.text(row.name);
  }
}

namespace {

plan::Explain operand(plan::Plan const& plan, plan::Explain const& row, std::uint32_t place) {
  return plan.explains[plan.explain_children[row.children.begin + place].node.index];
}

// 年次: a difference of years, of which one is 第1年.
bool is_year_ordinal(plan::Plan const& plan, plan::Explain const& row) {
  return row.op == ExplainOp::Add && plan.text(operand(plan, row, 0).name) == "年差";
}

std::string text_of(plan::Plan const& plan, plan::Explain const& row, Value const& value) {
  return is_year_ordinal(plan, row) ? "第" + show_number(value.number, 0) + "年" : show_value(plan, row, value);
}

}  // namespace

Node TreeBuilder::blank(Finding const& finding, Role role, bool deciding) const {
  auto const& plan = record_.plan;
  auto const& row = plan.explains[finding.node.index];
  Node node;
  node.role = role;
  node.op = row.op;
  node.state = finding.value.state;
  node.fault = finding.value.fault;
  node.words = one_line(plan.text(row.text));
  node.citation = plan.text(row.citation);
  node.file = plan.text(row.file);
  node.line = row.line;
  node.column = row.column_number;
  node.deciding = deciding;
  if (finding.value.known()) node.value = text_of(plan, row, finding.value);
  name(row, node);
  return node;
}

Node TreeBuilder::build(std::uint32_t place, Role role, bool deciding) {
  auto const& finding = findings_.all[place];
  auto const& row = record_.plan.explains[finding.node.index];
  auto node = blank(finding, role, deciding);
  // Uses of one definition on one record share what is below it.
  bool const computed = !finding.children.empty() && finding.children.front() != nothing;
  if (row.op == ExplainOp::Definition && !definitions_.insert(computed ? finding.children.front() : place).second) {
    node.shown_before = true;
    return node;
  }
  if (is_choice(row.op))
    add_choice(row, finding, node);
  else if (is_aggregate(row.op))
    add_items(row, finding, node);
  else
    add_operands(row, finding, node);
  return node;
}

void TreeBuilder::add(Node& node, std::uint32_t child, Role role, bool deciding) {
  if (child != nothing) node.children.push_back(build(child, role, deciding && node.deciding));
}

// Of 且, 或 and 至少 the operands that are as the whole is; of a cap what was
// taken; of the rest what kept it from a value, or all.
bool TreeBuilder::operand_decides(plan::Explain const& row, Finding const& finding, std::size_t place) const {
  auto const& operand = findings_.all[finding.children[place]].value;
  if (is_connective(row.op)) return operand.state == finding.value.state;
  if (is_cap(row.op) && finding.value.known()) return same_value(operand, finding.value);
  if (finding.value.state == State::Unknown) return operand.state == State::Unknown;
  if (finding.value.state == State::Error) {
    bool inherited = false;
    for (auto child : finding.children)
      inherited = inherited || (child != nothing && findings_.all[child].value.state == State::Error);
    return !inherited || operand.state == State::Error;
  }
  return true;
}

void TreeBuilder::add_operands(plan::Explain const& row, Finding const& finding, Node& node) {
  for (std::size_t i = 0; i < finding.children.size(); ++i) {
    if (finding.children[i] == nothing) continue;
    bool const is_year = (row.op == ExplainOp::Definition && i > 0) || row.op == ExplainOp::Series;
    auto const role = is_cap(row.op) && i == 1 ? Role::Bound : is_year ? Role::Period : Role::Operand;
    add(node, finding.children[i], role, operand_decides(row, finding, i));
  }
}

// Rows that fail are named without what is below them; rows that were not
// looked at are not there.
void TreeBuilder::add_choice(plan::Explain const& row, Finding const& finding, Node& node) {
  bool const has_subject = (row.flags & plan::HasSubject) != 0;
  bool const has_otherwise = (row.flags & plan::HasOtherwise) != 0;
  std::size_t const first = has_subject ? 1 : 0;
  std::size_t const rows = (finding.children.size() - first - (has_otherwise ? 1 : 0)) / 2;
  if (has_subject) add(node, finding.children[0], Role::Subject, true);
  for (std::size_t i = 0; i < rows; ++i) {
    auto const condition = finding.children[first + 2 * i];
    if (condition == nothing) continue;
    auto const state = findings_.all[condition].value.state;
    bool const taken = finding.taken == static_cast<std::int32_t>(i);
    bool const decides = taken || (finding.taken < 0 && state != State::False);
    if (state == State::False)
      node.children.push_back(blank(findings_.all[condition], Role::Condition, false));
    else
      add(node, condition, Role::Condition, decides);
    add(node, finding.children[first + 2 * i + 1], Role::Result, decides);
  }
  if (has_otherwise)
    add(node, finding.children.back(), Role::Otherwise, finding.taken == static_cast<std::int32_t>(rows));
}

namespace {

// The list of earlier payments (docs/decisions/0019).
bool is_payments(plan::Plan const& plan, plan::Explain const& row) {
  return row.column.has_value() && plan.text(plan.columns[row.column.index].name) == "历史";
}

// A payment is told by what its row says: `1 2023年 2024-03-01 10万元`.
std::string payment_words(Record const& record, plan::Explain const& list, Scope const& scope) {
  std::string words;
  auto const relation = record.plan.columns[list.column.index].items;
  for (auto const ref : record.places.of_relation[relation.index]) {
    auto const& column = record.plan.columns[ref.index];
    auto const& cells = scope.batch->columns[static_cast<std::size_t>(record.places.of_column[ref.index])];
    if (!cells.present(scope.row)) continue;
    auto const value = column.kind == plan::ValueKind::Text     ? Value::of_text(cells.text(scope.row))
                       : column.kind == plan::ValueKind::Number ? Value::of(scaled(cells.at(scope.row), column.scale))
                                                                : Value::of(cells.at(scope.row));
    ShowAs const as{column.kind, column.measure, column.code_system, column.enumeration};
    words += (words.empty() ? "" : " ") + show_value(record.plan, as, value);
  }
  return words;
}

}  // namespace

void TreeBuilder::add_items(plan::Explain const& row, Finding const& finding, Node& node) {
  bool const has_each = (row.flags & plan::HasEach) != 0;
  bool const has_where = (row.flags & plan::HasWhere) != 0;
  std::size_t const ends = (row.flags & plan::OverPeriods) == 0 ? 0 : (row.flags & plan::HasFrom) != 0 ? 2 : 1;
  for (std::size_t i = 0; i < ends && i < finding.children.size(); ++i)
    add(node, finding.children[i], Role::Period, true);
  std::size_t const stride = (has_each ? 1U : 0U) + (has_where ? 1U : 0U);
  std::size_t ordinal = 0;
  for (std::size_t at = ends; stride != 0 && at + stride <= finding.children.size(); at += stride) {
    auto const each = has_each ? finding.children[at] : nothing;
    auto const where = has_where ? finding.children[at + stride - 1] : nothing;
    Node item;
    item.role = Role::Item;
    item.op = row.op;
    item.name = node.name + "[" + std::to_string(++ordinal) + "]";
    if (row.column.has_value()) item.source = record_.plan.text(record_.plan.columns[row.column.index].source);
    bool const out = where != nothing && findings_.all[where].value.state == State::False;
    auto const& speaks = findings_.all[out || each == nothing ? where : each];
    if (is_payments(record_.plan, row)) {
      if (out) continue;  // other policies' payments
      item.name += "：" + payment_words(record_, row, findings_.scopes[speaks.scope]);
    }
    item.state = out                                                       ? State::False
                 : where != nothing && !findings_.all[where].value.known() ? findings_.all[where].value.state
                                                                           : speaks.value.state;
    if ((row.flags & plan::OverPeriods) != 0) {
      auto const& scope = findings_.scopes[speaks.scope];
      auto const& end = record_.plan.explains[findings_.all[finding.children[0]].node.index];
      item.name = show_value(record_.plan, end, Value::of(scope.period));
    }
    bool const logical = row.op == ExplainOp::Exists || row.op == ExplainOp::All;
    item.deciding = node.deciding && (logical                 ? item.state == finding.value.state
                                      : finding.value.known() ? !out
                                                              : item.state == finding.value.state);
    add(item, where, Role::Filter, true);
    add(item, each, Role::Each, true);
    if (item.state == State::Value) item.value = item.children.back().value;
    if (item.source.empty() && each != nothing && item.children.back().op == ExplainOp::Series)
      item.source = item.children.back().source;
    node.children.push_back(std::move(item));
  }
}

}  // namespace huiyu::explain
