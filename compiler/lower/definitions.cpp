// Definitions: one derived column for each, shared by all that use it, so that data may state its value instead.

#include "compiler/lower/expressions.h"
#include "compiler/tir/traverse.h"

namespace huiyu::lower {

using plan::Ref;
using types::Kind;

bool Lowerer::reads_year(tir::DefinitionId id) {
  if (auto const found = reads_year_.find(id); found != reads_year_.end()) return found->second;
  bool reads = false;
  for (auto const node : tir::reachable(program_, program_.definitions[id].value)) {
    auto const& kind = expr(node).kind;
    if (auto const* input = std::get_if<tir::Input>(&kind))
      reads = reads || input->word == tir::InputWord::ThisYear || input->word == tir::InputWord::ThisMonth;
    if (auto const* used = std::get_if<tir::DefinitionValue>(&kind)) reads = reads || reads_year(used->definition);
  }
  reads_year_.emplace(id, reads);
  return reads;
}

DefinitionColumns const& Lowerer::definition(tir::DefinitionId id, Ref<plan::Relation> relation, PeriodTerm year,
                                             PeriodTerm month) {
  Place const usual;
  if (!reads_year(id)) year = usual.year, month = usual.month;
  DefinitionKey const key{id, relation.index, year, month};
  auto found = definitions_.find(key);
  if (found == definitions_.end()) found = definitions_.emplace(key, lower_definition(id, relation, year, month)).first;
  return found->second;
}

DefinitionColumns Lowerer::lower_definition(tir::DefinitionId id, Ref<plan::Relation> relation, PeriodTerm year,
                                            PeriodTerm month) {
  auto const& definition = program_.definitions[id];
  Place place;
  place.records = {{tir::BindingId{0}, relation}};
  place.year = year, place.month = month;
  Code code;
  Expressions expressions(*this, place, code);
  auto value = expressions.value(definition.value);
  auto& numbers = expressions.arithmetic();

  bool const is_number = definition.type.kind == Kind::Number;
  auto const& format = definition.format;
  bool const ranged = is_number && format.low < format.high;
  if (!value.is_truth()) value.number = numbers.placed(value.number);
  if (ranged) value.number = numbers.within(value.number, {BigInt(format.low), BigInt(format.high)}, format.scale);

  // The column that stands for the definition, whatever computes it.
  auto named = [&](Number const& number) {
    auto column = blank(relation, definition.type, number.scale, number.range);
    column.name = definition.internal ? plan::TextRef{} : tables_.text(definition.name);
    if (is_number) column.stated_scale = format.scale;
    if (ranged) column.low = format.low, column.high = format.high;
    return column;
  };
  plan::Derived row;
  if (!definition.internal) row.definition = tables_.text(definition.name);
  if (value.is_truth()) {
    row.use = code.finish(tables_, relation, value.truth);
    return {derive(named({}), row, {0, 1}), {}, {}};
  }
  auto const& number = value.number;
  if (!number.fraction()) {
    row.use = code.finish(tables_, relation, number.node);
    auto column = named(number);
    column.width = code.width(number.node);
    return {derive(column, row, number.range), {}, {}};
  }
  // Data may state the whole, which is then divided by 1. So its parts are columns of its own, whatever else they
  // equal.
  auto part = [&](NodeId node, int scale, Range const& range) {
    plan::Derived program;
    program.use = code.finish(tables_, relation, node);
    auto column = blank(relation, definition.type, scale, range);
    column.name = named(number).name;
    column.measure = 0;
    column.width = code.width(node);
    return derive(column, program, range);
  };
  DefinitionColumns columns;
  columns.numerator = part(number.node, number.scale, number.range);
  columns.denominator = part(number.denominator, 0, {1, number.denominator_range.high});
  row.kind = plan::DerivedKind::Quotient;
  row.value = columns.numerator, row.denominator = columns.denominator;
  auto column = named(number);
  column.kind = plan::ValueKind::Quotient;
  columns.column = derive(column, row, number.range);
  return columns;
}

}  // namespace huiyu::lower
