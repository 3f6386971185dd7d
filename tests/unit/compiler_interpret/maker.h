#pragma once

// Builds small tir programs and batches by hand, so that the oracle is tested without a parser or checker.

#include <string>
#include <vector>

#include "compiler/interpret/interpret.h"
#include "compiler/tir/tir.h"
#include "runtime/columns/items.h"

namespace huiyu::interpret {

using tir::ExprId;

// One record is one text per field of its layout; lists are rows of texts. An absent text is a missing fact.
using Cells = std::vector<std::optional<std::string>>;

class Maker {
 public:
  tir::Program program;

  static types::Type type(types::Kind kind) {
    types::Type made;
    made.kind = kind;
    return made;
  }
  static types::Type truth() { return type(types::Kind::Truth); }
  static types::Type number(types::Unit unit = {}) {
    auto made = type(types::Kind::Number);
    made.unit = unit;
    return made;
  }
  static types::Type yuan() { return number(types::unit_of(types::BaseUnit::Yuan)); }
  static types::Type persons() { return number(types::unit_of(types::BaseUnit::Person)); }
  static types::Type code(codes::CodeSystem system) {
    auto made = type(types::Kind::Code);
    made.system = system;
    return made;
  }
  static types::Type entry(EnumerationId id) {
    auto made = type(types::Kind::Enumeration);
    made.enumeration = id;
    return made;
  }
  static types::Type list(SchemaId schema) {
    auto made = type(types::Kind::List);
    made.schema = schema;
    return made;
  }
  static types::Type set(EnumerationId id) {
    auto made = type(types::Kind::Set);
    made.element = types::Kind::Enumeration;
    made.enumeration = id;
    return made;
  }
  static constexpr types::NumberFormat wide{2, -1'000'000'000'000'000'000, 1'000'000'000'000'000'000};

  SchemaId schema(std::string name) { return program.schemas.add({std::move(name), {}, {}, {}}); }
  tir::FieldId field(SchemaId schema, std::string name, types::Type type,
                     tir::SeriesStep series = tir::SeriesStep::None) {
    auto const id = program.fields.add({std::move(name), schema, type, wide, series, {}, {}, {}, false, {}, {}, {}});
    program.schemas[schema].fields.push_back(id);
    return id;
  }
  EnumerationId enumeration(std::string name, std::vector<std::string> entries, bool ordered = false) {
    return program.enumerations.add({std::move(name), std::move(entries), ordered, {}});
  }
  tir::DefinitionId define(SchemaId schema, std::string name, ExprId value) {
    tir::Definition made;
    made.name = std::move(name);
    made.schema = schema;
    made.type = program.exprs[value].type;
    made.format = wide;
    made.value = value;
    return program.definitions.add(std::move(made));
  }

  ExprId add(tir::ExprKind kind, types::Type type, std::string citation = {}) {
    auto const position = static_cast<std::uint32_t>(program.exprs.size());
    return program.exprs.add({std::move(kind), type, Span{position, position + 1, {}}, std::move(citation)});
  }
  types::Type type_of(ExprId id) const { return program.exprs[id].type; }

  ExprId yes() { return add(tir::Constant{true}, truth()); }
  ExprId no() { return add(tir::Constant{false}, truth()); }
  ExprId amount(BigRational value) { return add(tir::Constant{std::move(value)}, yuan()); }
  ExprId ratio(BigRational value) { return add(tir::Constant{std::move(value)}, number()); }
  ExprId constant(tir::Value value, types::Type type) { return add(tir::Constant{std::move(value)}, type); }
  ExprId read(tir::FieldId id, std::int32_t binding = 0) {
    return add(tir::FieldValue{tir::BindingId{binding}, id}, program.fields[id].type);
  }
  ExprId use(tir::DefinitionId id, std::int32_t binding = 0) {
    return add(tir::DefinitionValue{tir::BindingId{binding}, id, {}, {}}, program.definitions[id].type);
  }
  ExprId all(std::vector<ExprId> operands) { return add(tir::And{std::move(operands)}, truth()); }
  ExprId any(std::vector<ExprId> operands) { return add(tir::Or{std::move(operands)}, truth()); }
  ExprId no(ExprId operand) { return add(tir::Not{operand}, truth()); }
  ExprId compare(ExprId left, tir::CompareOp op, ExprId right) { return add(tir::Compare{op, left, right}, truth()); }
  ExprId at_least(ExprId left, ExprId right) { return compare(left, tir::CompareOp::AtLeast, right); }
  ExprId times(ExprId left, ExprId right) {
    return add(tir::Arithmetic{tir::ArithmeticOp::Multiply, left, right}, type_of(left));
  }
  ExprId over(ExprId left, ExprId right) {
    return add(tir::Arithmetic{tir::ArithmeticOp::Divide, left, right}, number());
  }
  ExprId plus(ExprId left, ExprId right) {
    return add(tir::Arithmetic{tir::ArithmeticOp::Add, left, right}, type_of(left));
  }
  ExprId minus(ExprId left, ExprId right) {
    return add(tir::Arithmetic{tir::ArithmeticOp::Subtract, left, right}, type_of(left));
  }
  ExprId belongs(ExprId subject, std::vector<tir::Value> members, std::vector<tir::Value> except = {}) {
    return add(tir::BelongsTo{subject, std::move(members), std::move(except)}, truth());
  }
  ExprId choose(tir::HitRule rule, std::vector<tir::Choice> rows, ExprId otherwise = {}, ExprId subject = {}) {
    auto const type = rows.empty() ? type_of(otherwise) : type_of(rows.front().value);
    return add(tir::Choose{rule, subject, std::move(rows), otherwise}, type);
  }
  ExprId aggregate(tir::AggregateOp op, tir::FieldId list, ExprId each, ExprId where, std::int32_t item = 1) {
    auto const quantifier = op == tir::AggregateOp::Exists || op == tir::AggregateOp::All;
    auto const result = quantifier                      ? truth()
                        : op == tir::AggregateOp::Count ? number(types::unit_of(types::BaseUnit::Item))
                                                        : type_of(each);
    return add(tir::Aggregate{op, tir::BindingId{0}, list, tir::BindingId{item}, each, where}, result);
  }

  // An expression that is 未知, 错误 or a truth, by letter: t f u e.
  ExprId of_letter(char letter, tir::FieldId missing_truth) {
    switch (letter) {
      case 't': return yes();
      case 'f': return no();
      case 'u': return read(missing_truth);
      default: return at_least(over(amount(1), amount(0)), ratio(1));
    }
  }

  tir::PolicyId policy(tir::Policy made) { return program.policies.add(std::move(made)); }
};

// A batch of records. Text in a list's place is not possible here: see `items`.
struct Rows {
  explicit Rows(columns::RecordLayout made)
      : layout(std::move(made)), builders(columns::make_builders(layout.fields)) {}

  // One record; lists take their rows from `items`, by field name.
  void add(Cells const& cells,
           std::vector<std::pair<std::string, std::optional<std::vector<Cells>>>> const& items = {}) {
    for (std::size_t i = 0; i < builders.size(); ++i) {
      auto& column = builders[i];
      columns::ReportSite const site{reports, row_count, layout.fields[i].name};
      if (column.field().kind == columns::ValueKind::List) {
        add_list(column, items);
      } else if (column.field().kind == columns::ValueKind::Set) {
        if (i < cells.size() && cells[i])
          columns::add_set_text(column, *cells[i], site);
        else
          column.add_missing();
      } else if (column.field().series != columns::SeriesStep::None) {
        add_series(column, i < cells.size() ? cells[i] : std::nullopt, site);
      } else {
        columns::add_cell(column, i < cells.size() && cells[i] ? *cells[i] : "", site);
      }
    }
    ++row_count;
  }
  columns::Batch finish() { return columns::finish_batch(builders); }

  columns::RecordLayout layout;
  std::vector<columns::ColumnBuilder> builders;
  std::vector<columns::CellReport> reports;
  std::int64_t row_count = 0;

 private:
  void add_list(columns::ColumnBuilder& column,
                std::vector<std::pair<std::string, std::optional<std::vector<Cells>>>> const& items) {
    for (auto const& [name, rows] : items) {
      if (name != column.field().name) continue;
      if (!rows) break;
      for (auto const& row : *rows)
        for (std::size_t f = 0; f < column.items().size(); ++f)
          columns::add_cell(column.items()[f], f < row.size() && row[f] ? *row[f] : "", {reports, row_count, name});
      column.add_items(static_cast<std::int64_t>(rows->size()));
      return;
    }
    column.add_missing();
  }
  // `2022年=1元;2023年=` is two periods, the second missing.
  static void add_series(columns::ColumnBuilder& column, std::optional<std::string> const& text,
                         columns::ReportSite const& site) {
    if (!text) return column.add_missing();
    std::vector<std::string> keys, values;
    for (std::size_t begin = 0; begin < text->size();) {
      auto const end = std::min(text->find(';', begin), text->size());
      auto const part = text->substr(begin, end - begin);
      keys.push_back(part.substr(0, part.find('=')));
      values.push_back(part.substr(part.find('=') + 1));
      begin = end + 1;
    }
    columns::add_series(
        column, keys,
        [&](std::size_t i, columns::ColumnBuilder& value, columns::ReportSite const& place) {
          columns::add_cell(value, values[i], place);
        },
        site);
  }
};

}  // namespace huiyu::interpret
