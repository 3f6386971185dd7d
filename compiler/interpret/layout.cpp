#include "compiler/interpret/layout.h"

#include <algorithm>

#include "compiler/interpret/interpret.h"

namespace huiyu::interpret {
namespace {

using columns::FieldLayout;
using columns::Measure;
using columns::ValueKind;
using types::BaseUnit;
using types::Kind;

ValueKind value_kind(Kind kind) {
  switch (kind) {
    case Kind::Truth: return ValueKind::Truth;
    case Kind::Number: return ValueKind::Number;
    case Kind::Date: return ValueKind::Date;
    case Kind::Year: return ValueKind::Year;
    case Kind::Month: return ValueKind::Month;
    case Kind::Code: return ValueKind::Code;
    case Kind::Enumeration: return ValueKind::Enumeration;
    case Kind::CreditCode: return ValueKind::CreditCode;
    case Kind::List: return ValueKind::List;
    case Kind::Set: return ValueKind::Set;
    case Kind::Text:
    case Kind::Record:
    case Kind::Poison: return ValueKind::Text;
  }
  return ValueKind::Text;
}

Measure measure_of(types::Unit const& unit) {
  struct Row {
    BaseUnit base;
    Measure measure;
  };
  constexpr Row rows[] = {{BaseUnit::Yuan, Measure::Yuan},    {BaseUnit::Person, Measure::Persons},
                          {BaseUnit::Item, Measure::Items},   {BaseUnit::Mu, Measure::Mu},
                          {BaseUnit::Day, Measure::Days},     {BaseUnit::WorkingDay, Measure::WorkingDays},
                          {BaseUnit::Month, Measure::Months}, {BaseUnit::KilowattHour, Measure::KilowattHour},
                          {BaseUnit::Score, Measure::Score},  {BaseUnit::UsDollar, Measure::UsDollars},
                          {BaseUnit::Euro, Measure::Euros},   {BaseUnit::HongKongDollar, Measure::HongKongDollars},
                          {BaseUnit::Yen, Measure::Yen},      {BaseUnit::Pound, Measure::Pounds}};
  // 比率/天 is stated in percent as 比率 is: nothing stands above the line.
  if (std::ranges::none_of(unit.exponents, [](int exponent) { return exponent > 0; })) return Measure::Ratio;
  for (auto const& row : rows)
    if (unit == types::unit_of(row.base)) return row.measure;
  return Measure::Other;
}

columns::SeriesStep step_of(tir::SeriesStep step) {
  switch (step) {
    case tir::SeriesStep::None: return columns::SeriesStep::None;
    case tir::SeriesStep::Yearly: return columns::SeriesStep::Yearly;
    case tir::SeriesStep::Monthly: return columns::SeriesStep::Monthly;
  }
  return columns::SeriesStep::None;
}

class Layouts {
 public:
  Layouts(tir::Program const& program, std::vector<std::string> const& given) : program_(program), given_(given) {}

  std::vector<FieldLayout> fields_of(SchemaId schema) {
    // A 结构 inside itself has no finite record; the checker refuses it.
    HUIYU_CHECK(std::find(open_.begin(), open_.end(), schema) == open_.end(), "a list of the 结构 that it stands in");
    open_.push_back(schema);
    std::vector<FieldLayout> fields;
    for (auto const id : program_.schemas[schema].fields) {
      auto const& field = program_.fields[id];
      fields.push_back(field_of(field.name, field.type, field.format, field.series));
      fields.back().computed = field.computed;
    }
    for (auto const id : given_definitions_of(program_, schema, given_)) {
      auto const& definition = program_.definitions[id];
      fields.push_back(field_of(definition.name, definition.type, definition.format, tir::SeriesStep::None));
    }
    open_.pop_back();
    return fields;
  }

  FieldLayout field_of(std::string const& name, types::Type const& type, types::NumberFormat const& format,
                       tir::SeriesStep series) {
    FieldLayout field;
    field.name = name;
    // A reference holds the key of the record meant, written as that is.
    field.kind = value_kind(type.kind == Kind::Record ? key_kind(type.schema) : type.kind);
    field.series = step_of(series);
    field.system = type.system;
    if (type.kind == Kind::Number) {
      field.measure = measure_of(type.unit);
      field.scale = format.scale;
      field.low = format.low;
      field.high = format.high;
    }
    if (type.kind == Kind::Set) field.element = value_kind(type.element);
    if (type.enumeration.has_value()) field.entries = program_.enumerations[type.enumeration].entries;
    if (type.kind == Kind::List) field.items = fields_of(type.schema);
    return field;
  }

 private:
  Kind key_kind(SchemaId schema) const {
    auto const key = program_.schemas[schema].key;
    return key.has_value() ? program_.fields[key].type.kind : Kind::Text;
  }

  tir::Program const& program_;
  std::vector<std::string> const& given_;
  std::vector<SchemaId> open_;
};

}  // namespace

std::vector<tir::DefinitionId> given_definitions_of(tir::Program const& program, SchemaId schema,
                                                    std::vector<std::string> const& given) {
  std::vector<tir::DefinitionId> found;
  for (auto const& name : given) {
    for (std::size_t i = 0; i < program.definitions.size(); ++i) {
      tir::DefinitionId const id{static_cast<std::int32_t>(i)};
      auto const& definition = program.definitions[id];
      bool const meant = definition.schema == schema && !definition.internal && definition.name == name;
      if (meant && std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
    }
  }
  return found;
}

columns::FieldLayout field_layout(tir::Program const& program, std::string const& name, types::Type const& type,
                                  types::NumberFormat const& format) {
  return Layouts(program, {}).field_of(name, type, format, tir::SeriesStep::None);
}

columns::RecordLayout layout_of(tir::Program const& program, SchemaId schema,
                                std::vector<std::string> const& given_definitions) {
  columns::RecordLayout layout;
  layout.schema = program.schemas[schema].name;
  layout.fields = Layouts(program, given_definitions).fields_of(schema);
  auto const& declared = program.schemas[schema];
  auto const key = std::find(declared.fields.begin(), declared.fields.end(), declared.key);
  if (declared.key.has_value() && key != declared.fields.end())
    layout.key = static_cast<std::int32_t>(key - declared.fields.begin());
  return layout;
}

}  // namespace huiyu::interpret
