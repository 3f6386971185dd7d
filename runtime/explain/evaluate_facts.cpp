#include "runtime/base/check.h"
#include "runtime/explain/evaluate.h"
#include "runtime/plan/rows.h"

namespace huiyu::explain {

using plan::ValueKind;

namespace {

Value read_set(columns::Column const& column, std::int64_t row) {
  auto members = std::make_shared<Members>();
  auto const& item = column.items->columns.front();
  auto const at = static_cast<std::size_t>(row);
  for (auto i = column.starts[at]; i < column.starts[at + 1]; ++i) {
    if (!item.present(i)) members->open = true;
    else if (item.texts.empty()) members->ids.push_back(item.at(i));
    else members->texts.push_back(item.text(i));
  }
  Value value;
  value.state = State::Value;
  value.members = std::move(members);
  return value;
}

}  // namespace

Value Evaluator::read(plan::Ref<plan::Column> ref, std::uint32_t scope_id) const {
  auto const& scope = findings_.scopes[scope_id];
  auto const& column = record_.plan.columns[ref.index];
  auto const place = record_.places.of_column[ref.index];
  HUIYU_CHECK(place >= 0, "an explanation reads a fact that no record states");
  auto const& data = scope.batch->columns[static_cast<std::size_t>(place)];
  if (!data.present(scope.row)) return Value::unknown();
  switch (column.kind) {
    case ValueKind::Truth: return Value::truth(data.at(scope.row) != 0);
    case ValueKind::Number:
    case ValueKind::Quotient: return Value::of(scaled(data.at(scope.row), column.stated_scale));
    case ValueKind::Date:
    case ValueKind::Year:
    case ValueKind::Month:
    case ValueKind::Code:
    case ValueKind::Enumeration: return Value::of(data.at(scope.row));
    case ValueKind::Text:
    case ValueKind::CreditCode: return Value::of_text(data.text(scope.row));
    case ValueKind::Set: return read_set(data, scope.row);
    case ValueKind::List: break;
  }
  HUIYU_CHECK(false, "a list is read as a value");
  return Value::unknown();
}

Value Evaluator::field(Node const& node, std::uint32_t scope) const { return read(node.column, scope_at(scope, node.depth)); }

// A definition stands on the record it is about alone; what was bound around its use is not visible inside.
void Evaluator::definition(Node const& node, Finding& finding) {
  auto const outer = scope_at(finding.scope, node.depth);
  if (node.column.has_value() && record_.places.stated(node.column)) {
    finding.children.push_back(nothing);
    finding.value = read(node.column, outer);
    return;
  }
  finding.children.push_back(evaluate_child(node, 0, alone(outer)));
  finding.value = child(finding, 0);
  if (!finding.value.known() || !node.column.has_value()) return;
  // What leaves the range of its type cannot be stored.
  auto const& column = record_.plan.columns[node.column.index];
  bool const ranged = (column.kind == ValueKind::Number || column.kind == ValueKind::Quotient) && column.low < column.high;
  if (ranged && (finding.value.number < scaled(column.low, column.stated_scale) || finding.value.number > scaled(column.high, column.stated_scale)))
    finding.value = Value::error(Fault::TooLarge);
}

void Evaluator::series(Node const& node, Finding& finding) {
  evaluate_children(node, finding);
  auto const& period = child(finding, 0);
  finding.value = strict_state({&period});
  if (!finding.value.known()) return;
  finding.value = Value::unknown();
  auto const& scope = findings_.scopes[scope_at(finding.scope, node.depth)];
  auto const& column = record_.plan.columns[node.column.index];
  auto const& data = scope.batch->columns[static_cast<std::size_t>(record_.places.of_column[node.column.index])];
  if (!data.present(scope.row)) return;
  finding.taken = series_present;
  auto const& periods = data.items->columns[0];
  auto const& values = data.items->columns[1];
  auto const at = static_cast<std::size_t>(scope.row);
  for (auto i = data.starts[at]; i < data.starts[at + 1]; ++i) {
    if (!periods.present(i) || period.number != periods.at(i) || !values.present(i)) continue;
    finding.value = column.kind == ValueKind::Truth    ? Value::truth(values.at(i) != 0)
                    : column.kind == ValueKind::Number ? Value::of(scaled(values.at(i), column.stated_scale))
                    : column.kind == ValueKind::Text || column.kind == ValueKind::CreditCode ? Value::of_text(values.text(i))
                                                                                             : Value::of(values.at(i));
  }
}

Value Evaluator::literal(Node const& node) const {
  if (node.kind == ValueKind::Truth) return Value::truth(node.number != 0);
  if (node.kind == ValueKind::Text || node.kind == ValueKind::CreditCode) return Value::of_text(std::string(record_.plan.text(node.name)));
  if (node.kind == ValueKind::Number || node.kind == ValueKind::Quotient) return Value::of(scaled(node.number, node.scale));
  return Value::of(node.number);
}

Value Evaluator::parameter(Node const& node) const {
  auto const& parameter = record_.plan.parameters[node.parameter.index];
  for (auto const& dated : plan::rows_of(parameter.values, record_.plan.parameter_values)) {
    if (record_.inputs.as_of_day < dated.from_day || record_.inputs.as_of_day > dated.until_day) continue;
    if (parameter.kind == ValueKind::Truth) return Value::truth(dated.value != 0);
    return parameter.kind == ValueKind::Number ? Value::of(scaled(dated.value, parameter.scale)) : Value::of(dated.value);
  }
  return Value::unknown();
}

}  // namespace huiyu::explain
