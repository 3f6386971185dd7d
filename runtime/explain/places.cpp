#include "runtime/explain/places.h"

#include <algorithm>

#include "runtime/plan/rows.h"

namespace huiyu::explain {
namespace {

columns::ValueKind layout_kind(plan::ValueKind kind) {
  switch (kind) {
    case plan::ValueKind::Truth: return columns::ValueKind::Truth;
    case plan::ValueKind::Number: return columns::ValueKind::Number;
    case plan::ValueKind::Date: return columns::ValueKind::Date;
    case plan::ValueKind::Year: return columns::ValueKind::Year;
    case plan::ValueKind::Month: return columns::ValueKind::Month;
    case plan::ValueKind::Code: return columns::ValueKind::Code;
    case plan::ValueKind::Enumeration: return columns::ValueKind::Enumeration;
    case plan::ValueKind::Text: return columns::ValueKind::Text;
    case plan::ValueKind::CreditCode: return columns::ValueKind::CreditCode;
    case plan::ValueKind::List: return columns::ValueKind::List;
    case plan::ValueKind::Set: return columns::ValueKind::Set;
    case plan::ValueKind::Quotient: return columns::ValueKind::Number;  // a given ratio is a plain number
  }
  return columns::ValueKind::Number;
}

std::vector<std::string> entry_names(plan::Plan const& plan, plan::Ref<plan::Enumeration> enumeration) {
  std::vector<std::string> names;
  if (!enumeration.has_value()) return names;
  for (auto text : plan::rows_of(plan.enumerations[enumeration.index].entries, plan.entry_texts))
    names.emplace_back(plan.text(text));
  return names;
}

columns::FieldLayout field_layout(plan::Plan const& plan, Places const& places, plan::Column const& column) {
  columns::FieldLayout field;
  field.name =
      plan.text(column.role == plan::ColumnRole::Input ? column.name : plan.derived[column.derived.index].definition);
  field.kind = layout_kind(column.kind);
  field.measure = static_cast<columns::Measure>(column.measure);
  field.scale = column.stated_scale;
  field.computed = column.computed == 1;
  field.low = column.low;
  field.high = column.high;
  field.system = static_cast<codes::CodeSystem>(column.code_system);
  field.entries = entry_names(plan, column.enumeration);
  field.series = static_cast<columns::SeriesStep>(column.series);
  if (!column.items.has_value()) return field;
  auto const& items = places.of_relation[column.items.index];
  if (column.kind == plan::ValueKind::List) {
    for (auto item : items) field.items.push_back(field_layout(plan, places, plan.columns[item.index]));
  } else if (column.kind == plan::ValueKind::Set && !items.empty()) {
    auto const& item = plan.columns[items.front().index];
    field.element = layout_kind(item.kind);
    field.system = static_cast<codes::CodeSystem>(item.code_system);
    field.entries = entry_names(plan, item.enumeration);
  }
  return field;
}

// Each relation's columns that are the definition of that name: one place, for a record states it once.
void add_given(plan::Plan const& plan, Places& places, std::string const& name) {
  for (auto const& derived : plan.derived) {
    if (!derived.definition.has_value() || plan.text(derived.definition) != name) continue;
    auto& columns = places.of_relation[plan.columns[derived.column.index].relation.index];
    auto const same = std::find_if(columns.begin(), columns.end(), [&](plan::Ref<plan::Column> other) {
      auto const& column = plan.columns[other.index];
      return column.role == plan::ColumnRole::Derived &&
             plan.text(plan.derived[column.derived.index].definition) == name;
    });
    places.of_column[derived.column.index] = static_cast<std::int32_t>(same - columns.begin());
    if (same == columns.end()) columns.push_back(derived.column);
  }
}

}  // namespace

Places make_places(plan::Plan const& plan, std::vector<std::string> const& given) {
  Places places;
  places.of_column.assign(plan.columns.size(), -1);
  places.of_relation.resize(plan.relations.size());
  for (std::uint32_t i = 0; i < plan.columns.size(); ++i) {
    auto const& column = plan.columns[i];
    if (column.role != plan::ColumnRole::Input) continue;
    auto& columns = places.of_relation[column.relation.index];
    places.of_column[i] = static_cast<std::int32_t>(columns.size());
    columns.push_back({i});
  }
  for (auto const& name : given) add_given(plan, places, name);
  return places;
}

columns::RecordLayout make_layout(plan::Plan const& plan, Places const& places, plan::Ref<plan::Relation> relation) {
  auto const& row = plan.relations[relation.index];
  columns::RecordLayout layout;
  layout.schema = plan.text(row.name);
  for (auto column : places.of_relation[relation.index])
    layout.fields.push_back(field_layout(plan, places, plan.columns[column.index]));
  if (row.key.has_value()) layout.key = places.of_column[row.key.index];
  return layout;
}

}  // namespace huiyu::explain
