// Derived columns: programs, gathered values.

#include <limits>

#include "compiler/lower/lowerer.h"

namespace huiyu::lower {

using plan::Ref;
using types::Kind;

namespace {

std::int64_t cut_to_64_bits(BigInt const& value) {
  if (auto const fits = to_int64(value)) return *fits;
  return value < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

}  // namespace

plan::Column Lowerer::blank(Ref<plan::Relation> relation, types::Type const& type, int scale, Range const& range) {
  plan::Column column;
  column.relation = relation;
  column.kind = value_kind(program_, type);
  column.scale = static_cast<std::int8_t>(scale);
  column.width = limbs_of(range).value_or(1);
  column.measure = measure_of(type);
  column.code_system = static_cast<std::uint8_t>(type.system);
  bool const entries = type.kind == Kind::Enumeration || (type.kind == Kind::Set && type.element == Kind::Enumeration);
  if (entries) column.enumeration = enumeration(type.enumeration);
  return column;
}

Ref<plan::Column> Lowerer::derive(plan::Column column, plan::Derived row, Range range,
                                  std::vector<plan::DerivedKey> const& keys) {
  column.proved_low = cut_to_64_bits(range.low), column.proved_high = cut_to_64_bits(range.high);
  auto const made = tables_.derived(column, row, keys);
  set_range(made, std::move(range));
  return made;
}

Ref<plan::Column> Lowerer::computed(Code const& code, Place const& place, Number const& number,
                                    types::Type const& type) {
  if (auto const input = code.input_of(number.node)) return *input;
  return computed_always(code, place, number, type);
}

Ref<plan::Column> Lowerer::computed_always(Code const& code, Place const& place, Number const& number,
                                           types::Type const& type) {
  plan::Derived row;
  row.use = code.finish(tables_, place.relation(), number.node);
  auto column = blank(place.relation(), type, number.scale, number.range);
  column.width = code.width(number.node);
  return derive(column, row, number.range);
}

Ref<plan::Column> Lowerer::computed_truth(Code const& code, Place const& place, NodeId node) {
  if (auto const input = code.input_of(node)) return *input;
  plan::Derived row;
  row.use = code.finish(tables_, place.relation(), node);
  types::Type type;
  type.kind = Kind::Truth;
  return derive(blank(place.relation(), type, 0, {0, 1}), row, {0, 1});
}

Ref<plan::Column> Lowerer::gathered(Ref<plan::Column> outer, Ref<plan::Relation> relation) {
  if (column(outer).relation == relation) return outer;
  auto const parent = this->relation(relation).parent;
  HUIYU_CHECK(parent.has_value(), "a value is gathered by records that do not belong to its record");
  auto const above = gathered(outer, parent);
  auto gathering = column(above);
  gathering.relation = relation;
  gathering.name = {}, gathering.source = {};
  gathering.low = gathering.high = 0;
  gathering.stated_scale = 0;
  gathering.source_kind = 0;
  plan::Derived row;
  row.kind = plan::DerivedKind::Gather;
  row.value = above;
  return derive(gathering, row, range_of(above));
}

}  // namespace huiyu::lower
