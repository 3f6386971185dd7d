#include <algorithm>

#include "runtime/base/check.h"
#include "runtime/base/civil.h"
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
    if (!item.present(i))
      members->open = true;
    else if (item.texts.empty())
      members->ids.push_back(item.at(i));
    else
      members->texts.push_back(item.text(i));
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

Value Evaluator::field(Node const& node, std::uint32_t scope) const {
  return read(node.column, record_at(scope, node.depth));
}

// What an engine has computed of the record itself, with the 本年 and 本月 of the run. A code may be too coarse for
// what is asked of it, and then its tree says which fact is wanted in full.
std::optional<Value> Evaluator::known_value(Node const& node, Scope const& about) const {
  bool const own = about.batch == &record_.batch && about.row == record_.row && about.year == nothing &&
                   about.month == nothing && (node.flags & (plan::HasYear | plan::HasMonth)) == 0;
  if (record_.known == nullptr || !own) return std::nullopt;
  auto const& column = record_.plan.columns[node.column.index];
  switch (column.kind) {
    case ValueKind::Truth:
    case ValueKind::Number:
    case ValueKind::Date:
    case ValueKind::Year:
    case ValueKind::Month:
    case ValueKind::Enumeration: break;
    case ValueKind::Code:
    case ValueKind::Text:
    case ValueKind::CreditCode:
    case ValueKind::List:
    case ValueKind::Set:
    case ValueKind::Quotient: return std::nullopt;
  }
  auto const stored = record_.known->stored(node.column, about.row);
  if (!stored) return std::nullopt;
  return stored_value(record_.plan, column.kind, column.scale, *stored);
}

// A definition stands on the record it is about alone; what was bound around its use is not visible inside.
void Evaluator::definition(Node const& node, Finding& finding) {
  auto const& around = outermost(finding.scope);
  Scope inner;
  inner.year = around.year;
  inner.month = around.month;
  if (node.column.has_value()) {
    auto const about = record_at(finding.scope, node.depth);
    if (record_.places.stated(node.column)) {
      finding.children.push_back(nothing);
      finding.value = read(node.column, about);
      return;
    }
    inner.batch = findings_.scopes[about].batch;
    inner.row = findings_.scopes[about].row;
    if (auto known = known_value(node, inner)) {
      finding.children.push_back(nothing);
      finding.value = std::move(*known);
      return;
    }
  }
  std::uint32_t next = 1;
  if ((node.flags & plan::HasYear) != 0) inner.year = evaluate_child(node, next++, finding.scope);
  if ((node.flags & plan::HasMonth) != 0) inner.month = evaluate_child(node, next++, finding.scope);
  finding.children.push_back(evaluate_child(node, 0, alone(inner)));
  finding.value = child(finding, 0);
  if (!finding.value.known() || !node.column.has_value()) return;
  // What leaves the range of its type cannot be stored.
  auto const& column = record_.plan.columns[node.column.index];
  bool const ranged =
      (column.kind == ValueKind::Number || column.kind == ValueKind::Quotient) && column.low < column.high;
  if (ranged && (finding.value.number < scaled(column.low, column.stated_scale) ||
                 scaled(column.high, column.stated_scale) < finding.value.number))
    finding.value = Value::error(Fault::TooLarge);
}

Value Evaluator::series(Node const& node, std::uint32_t scope_id, Value const& period, bool& present) const {
  if (!period.known()) return period;
  auto const& scope = findings_.scopes[record_at(scope_id, node.depth)];
  auto const& column = record_.plan.columns[node.column.index];
  auto const& data = scope.batch->columns[static_cast<std::size_t>(record_.places.of_column[node.column.index])];
  present = data.present(scope.row);
  if (!present) return Value::unknown();
  auto const& periods = data.items->columns[0];
  auto const& values = data.items->columns[1];
  auto const at = static_cast<std::size_t>(scope.row);
  auto const wanted = *period.number.integer();
  for (auto i = data.starts[at]; i < data.starts[at + 1]; ++i) {
    if (!periods.present(i) || wanted != periods.at(i) || !values.present(i)) continue;
    if (column.kind == ValueKind::Truth) return Value::truth(values.at(i) != 0);
    if (column.kind == ValueKind::Number) return Value::of(scaled(values.at(i), column.stated_scale));
    if (column.kind == ValueKind::Text || column.kind == ValueKind::CreditCode) return Value::of_text(values.text(i));
    return Value::of(values.at(i));
  }
  return Value::unknown();
}

Value literal_value(plan::Plan const& plan, plan::Explain const& node) {
  if (node.kind == ValueKind::Text || node.kind == ValueKind::CreditCode)
    return Value::of_text(std::string(plan.text(node.name)));
  return stored_value(plan, node.kind, node.scale, node.number);
}

Value Evaluator::parameter(Node const& node) const {
  auto const& plan = record_.plan;
  auto const& parameter = plan.parameters[node.parameter.index];
  for (auto const& dated : plan::rows_of(parameter.values, plan.parameter_values)) {
    if (record_.inputs.as_of_day < dated.from_day || record_.inputs.as_of_day > dated.until_day) continue;
    auto value = stored_value(plan, parameter.kind, parameter.scale, dated.value);
    if (parameter.kind == ValueKind::Set && parameter.measure != 0) {
      // A set of texts: its ids are positions in `texts`.
      auto members = std::make_shared<Members>();
      for (auto id : value.members->ids) members->texts.emplace_back(plan.texts[static_cast<std::size_t>(id)]);
      value.members = std::move(members);
    }
    return value;
  }
  return Value::unknown();
}

Value Evaluator::this_year(std::uint32_t scope) const {
  auto const year = outermost(scope).year;
  if (year != nothing) return value(year);
  return Value::of(record_.inputs.application_year.value_or(civil_from_days(record_.inputs.as_of_day).year));
}

Value Evaluator::this_month(std::uint32_t scope) const {
  auto const month = outermost(scope).month;
  if (month != nothing) return value(month);
  auto const today = civil_from_days(record_.inputs.as_of_day);
  return Value::of(today.year * 12 + today.month - 1);
}

bool Evaluator::is_given(Node const& node) const {
  auto const& given = record_.inputs.given_definitions;
  return std::find(given.begin(), given.end(), record_.plan.text(node.name)) != given.end();
}

Value stored_value(plan::Plan const& plan, ValueKind kind, int scale, std::int64_t stored) {
  switch (kind) {
    case ValueKind::Truth: return Value::truth(stored != 0);
    case ValueKind::Number:
    case ValueKind::Quotient: return Value::of(scaled(stored, scale));
    case ValueKind::Text:
    case ValueKind::CreditCode: return Value::of_text(std::string(plan.texts[static_cast<std::size_t>(stored)]));
    case ValueKind::Set: {
      auto members = std::make_shared<Members>();
      for (auto const& one : plan::rows_of(plan.class_sets[static_cast<std::size_t>(stored)].certain, plan.intervals))
        for (auto id = one.low; id <= one.high; ++id) members->ids.push_back(id);
      Value value;
      value.state = State::Value;
      value.members = std::move(members);
      return value;
    }
    case ValueKind::Date:
    case ValueKind::Year:
    case ValueKind::Month:
    case ValueKind::Code:
    case ValueKind::Enumeration:
    case ValueKind::List: return Value::of(stored);
  }
  return Value::unknown();
}

}  // namespace huiyu::explain
