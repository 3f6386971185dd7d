#include "runtime/columns/layout.h"

#include <algorithm>

namespace huiyu::columns {
namespace {

FieldLayout set_item(FieldLayout const& field) {
  FieldLayout item;
  item.name = "item";
  item.kind = field.element;
  item.system = field.system;
  item.entries = field.entries;
  return item;
}

FieldLayout series_period(FieldLayout const& field) {
  FieldLayout period;
  period.name = "period";
  period.kind = field.series == SeriesStep::Yearly ? ValueKind::Year : ValueKind::Month;
  return period;
}

FieldLayout series_value(FieldLayout const& field) {
  FieldLayout value = field;
  value.name = "value";
  value.series = SeriesStep::None;
  return value;
}

}  // namespace

std::vector<FieldLayout> item_fields(FieldLayout const& field) {
  if (field.series != SeriesStep::None) return {series_period(field), series_value(field)};
  if (field.kind == ValueKind::Set) return {set_item(field)};
  return field.items;
}

std::int32_t find_field(std::vector<FieldLayout> const& fields, std::string_view name) {
  auto const found =
      std::find_if(fields.begin(), fields.end(), [&](FieldLayout const& field) { return field.name == name; });
  return found == fields.end() ? -1 : static_cast<std::int32_t>(found - fields.begin());
}

}  // namespace huiyu::columns
