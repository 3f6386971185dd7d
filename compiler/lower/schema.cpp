// Relations and input columns: the data that a plan is about, whole and in the order declared, used or not,
// so that a reader's layout is the same whoever asks.

#include <algorithm>

#include "compiler/lower/lowerer.h"
#include "runtime/base/civil.h"

namespace huiyu::lower {

using plan::Ref;
using plan::ValueKind;
using types::BaseUnit;
using types::Kind;

bool is_text(Kind kind) { return kind == Kind::Text || kind == Kind::CreditCode || kind == Kind::Record; }

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

ValueKind value_kind(tir::Program const& program, types::Type const& type) {
  bool const reference = type.kind == Kind::Record && program.schemas[type.schema].key.has_value();
  return value_kind(reference ? program.fields[program.schemas[type.schema].key].type.kind : type.kind);
}

// The values of columns::Measure, which compiler/lower does not see: None, Yuan, Persons, Items, Ratio, Score, Mu,
// KilowattHour, Days, WorkingDays, Months, Other, UsDollars, Euros, HongKongDollars, Yen, Pounds.
std::uint8_t measure_of(types::Type const& type) {
  if (type.kind != Kind::Number) return 0;
  struct Row {
    BaseUnit base;
    std::uint8_t measure;
  };
  static constexpr Row rows[] = {{BaseUnit::Yuan, 1},      {BaseUnit::Person, 2},     {BaseUnit::Item, 3},
                                 {BaseUnit::Score, 5},     {BaseUnit::Mu, 6},         {BaseUnit::KilowattHour, 7},
                                 {BaseUnit::Day, 8},       {BaseUnit::WorkingDay, 9}, {BaseUnit::Month, 10},
                                 {BaseUnit::UsDollar, 12}, {BaseUnit::Euro, 13},      {BaseUnit::HongKongDollar, 14},
                                 {BaseUnit::Yen, 15},      {BaseUnit::Pound, 16}};
  // 比率/天 is stated in percent as 比率 is: nothing stands above the line.
  if (std::ranges::none_of(type.unit.exponents, [](int exponent) { return exponent > 0; })) return 4;
  for (auto const& row : rows)
    if (type.unit == types::unit_of(row.base)) return row.measure;
  return 11;
}

Range range_of_type(tir::Program const& program, types::Type const& type, types::NumberFormat const& format) {
  switch (type.kind) {
    case Kind::Number: return {BigInt(format.low), BigInt(format.high)};
    case Kind::Truth: return {0, 1};
    case Kind::Date: return {first_day_number, last_day_number};
    case Kind::Year: return {first_year, last_year};
    case Kind::Month: return {first_year * 12, last_year * 12 + 11};
    case Kind::Enumeration: return {0, BigInt(program.enumerations[type.enumeration].entries.size())};
    case Kind::Code: return {0, BigInt(codes::entries(type.system).size())};
    case Kind::Text:
    case Kind::CreditCode:
    case Kind::Record:
    case Kind::List:
    case Kind::Set:
    case Kind::Poison: return {0, BigInt(std::int64_t{1} << 40)};  // numbers of texts: only compared
  }
  return {};
}

Ref<plan::Enumeration> Lowerer::enumeration(EnumerationId id) {
  if (!id.has_value()) return {};
  auto const [found, fresh] = enumerations_.try_emplace(id);
  if (!fresh) return found->second;
  auto const& declared = program_.enumerations[id];
  std::vector<plan::TextRef> entries;
  for (auto const& entry : declared.entries) entries.push_back(tables_.text(entry));
  return found->second = tables_.enumeration(tables_.text(declared.name), entries, declared.ordered);
}

Ref<plan::Relation> Lowerer::root(SchemaId schema) {
  auto const [found, fresh] = roots_.try_emplace(schema);
  if (fresh) {
    auto const& declared = program_.schemas[schema];
    found->second = tables_.relation(tables_.text(declared.name), plan::RelationKind::Root, {});
    auto const relation = found->second;
    add_fields(relation, schema);
    if (declared.key.has_value()) tables_.set_key(relation, field(relation, declared.key));
  }
  return roots_.at(schema);
}

// The fields of a record lie together; those of its lists come after them.
void Lowerer::add_fields(Ref<plan::Relation> relation, SchemaId schema) {
  auto const& fields = program_.schemas[schema].fields;
  for (auto id : fields) fields_.emplace(std::pair{relation.index, id}, add_field(relation, program_.fields[id]));
  for (auto id : fields) {
    auto const& declared = program_.fields[id];
    auto const column = fields_.at({relation.index, id});
    if (declared.series_from.has_value())
      tables_.set_series_from(column, fields_.at({relation.index, declared.series_from}));
    auto rows_of = [&](plan::RelationKind kind) {
      auto const items = tables_.relation(this->column(column).name, kind, relation);
      tables_.set_owner(items, column);
      return items;
    };
    auto single = [&](Ref<plan::Relation> items, std::string name, types::Type type, types::NumberFormat format) {
      tir::Field item;
      item.name = std::move(name);
      item.type = type;
      item.format = format;
      add_field(items, item);
    };
    if (declared.series != tir::SeriesStep::None) {
      auto const items = rows_of(plan::RelationKind::Series);
      types::Type period;
      period.kind = declared.series == tir::SeriesStep::Yearly ? Kind::Year : Kind::Month;
      single(items, "period", period, {});
      single(items, "value", declared.type, declared.format);
    } else if (declared.type.kind == Kind::List) {
      add_fields(rows_of(plan::RelationKind::List), declared.type.schema);
    } else if (declared.type.kind == Kind::Set) {
      auto element = declared.type;
      element.kind = declared.type.element;
      single(rows_of(plan::RelationKind::Set), "item", element, {});
    }
  }
  add_references(relation, schema);
}

// After the fields themselves: what is pointed at may point back.
void Lowerer::add_references(Ref<plan::Relation> relation, SchemaId schema) {
  for (auto id : program_.schemas[schema].fields) {
    auto const& declared = program_.fields[id];
    if (!declared.via.has_value()) continue;
    auto const target = root(program_.fields[declared.target].schema);
    tables_.reference({field(relation, id), field(relation, declared.via), field(target, declared.target)});
  }
}

Ref<plan::Column> Lowerer::add_field(Ref<plan::Relation> relation, tir::Field const& field) {
  auto range = range_of_type(program_, field.type, field.format);
  auto column = blank(relation, field.type, field.type.kind == Kind::Number ? field.format.scale : 0, range);
  column.name = tables_.text(field.name);
  column.width = 1;
  column.series = static_cast<std::uint8_t>(field.series);
  column.source_kind = static_cast<std::uint8_t>(field.source_kind);
  column.source = tables_.text(field.source);
  column.low = field.format.low, column.high = field.format.high;
  if (column.low > column.high) column.low = column.high = 0;
  column.stated_scale = column.scale;
  column.computed = field.computed ? 1 : 0;
  auto const made = tables_.input(column);
  set_range(made, std::move(range));
  return made;
}

Ref<plan::Column> Lowerer::field(Ref<plan::Relation> relation, tir::FieldId field) {
  return fields_.at({relation.index, field});
}

}  // namespace huiyu::lower
