// What the files of this folder share: one plan in the making and what has been found out about the program. Private.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "compiler/lower/number.h"
#include "compiler/lower/place.h"
#include "compiler/lower/tables.h"
#include "compiler/source/source_set.h"
#include "compiler/tir/facts.h"
#include "compiler/tir/tir.h"

namespace huiyu::lower {

// A definition's value once per record. A fraction has a numerator and a denominator, and `column` ties the two
// together.
struct DefinitionColumns {
  plan::Ref<plan::Column> column;
  plan::Ref<plan::Column> numerator, denominator;  // of a fraction
};

class Lowerer {
 public:
  Lowerer(tir::Program const& program, SourceSet const& sources) : program_(program), sources_(sources) {}

  tir::Program const& program() const { return program_; }
  SourceSet const& sources() const { return sources_; }
  Tables& tables() { return tables_; }
  plan::Column const& column(plan::Ref<plan::Column> ref) const { return tables_.plan().columns[ref.index]; }
  plan::Relation const& relation(plan::Ref<plan::Relation> ref) const { return tables_.plan().relations[ref.index]; }
  tir::Expr const& expr(tir::ExprId id) const { return program_.exprs[id]; }
  // The range of the integers that programs see in a column.
  Range const& range_of(plan::Ref<plan::Column> column) const { return ranges_.at(column.index); }

  // Notes what cannot be lowered at all; the first stands.
  void refuse(std::string what) {
    if (refusal_.empty()) refusal_ = std::move(what);
  }
  std::string const& refusal() const { return refusal_; }

  // schema.cpp
  plan::Ref<plan::Relation> root(SchemaId schema);
  plan::Ref<plan::Column> field(plan::Ref<plan::Relation> relation, tir::FieldId field);
  plan::Ref<plan::Enumeration> enumeration(EnumerationId id);

  // constants.cpp
  plan::Ref<plan::Parameter> parameter(tir::ParameterId id);
  plan::Ref<plan::ReferenceTable> reference_table(tir::ReferenceTableId id);
  plan::Ref<plan::ClassSet> class_set(tir::BelongsTo const& membership, types::Type const& subject);
  plan::Ref<plan::Constant> class_constant(plan::Ref<plan::ClassSet> set);
  plan::Ref<plan::Constant> constant(PeriodTerm term);
  // A single value as its integer at `scale`; texts are entered into the tables.
  std::optional<std::int64_t> integer_of(tir::Value const& value, int scale);
  // A year or month expression, where it is known up to the run.
  PeriodTerm period_term(tir::ExprId id, Place const& place) const;

  // columns.cpp: derived columns. A program that is one input is that column itself.
  plan::Ref<plan::Column> computed(Code const& code, Place const& place, Number const& number, types::Type const& type);
  // The same, but always a column of its own, which a quotient's parts must be.
  plan::Ref<plan::Column> computed_always(Code const& code, Place const& place, Number const& number,
                                          types::Type const& type);
  plan::Ref<plan::Column> computed_truth(Code const& code, Place const& place, NodeId node);
  plan::Ref<plan::Column> derive(plan::Column column, plan::Derived row, Range range,
                                 std::vector<plan::DerivedKey> const& keys = {});
  // A column of an outer record, once for each row of `relation`, one of the relations below it.
  plan::Ref<plan::Column> gathered(plan::Ref<plan::Column> column, plan::Ref<plan::Relation> relation);
  // A column of this kind and type on a relation, without name or computation.
  plan::Column blank(plan::Ref<plan::Relation> relation, types::Type const& type, int scale, Range const& range);

  // definitions.cpp
  DefinitionColumns const& definition(tir::DefinitionId id, plan::Ref<plan::Relation> relation, PeriodTerm year,
                                      PeriodTerm month);
  // Whether a definition's value hangs on what 本年 or 本月 is.
  bool reads_year(tir::DefinitionId id);

 private:
  void add_fields(plan::Ref<plan::Relation> relation, SchemaId schema);
  void add_references(plan::Ref<plan::Relation> relation, SchemaId schema);
  plan::Ref<plan::Column> add_field(plan::Ref<plan::Relation> relation, tir::Field const& field);
  void set_range(plan::Ref<plan::Column> column, Range range) {
    ranges_.insert_or_assign(column.index, std::move(range));
  }
  DefinitionColumns lower_definition(tir::DefinitionId id, plan::Ref<plan::Relation> relation, PeriodTerm year,
                                     PeriodTerm month);

  using DefinitionKey = std::tuple<tir::DefinitionId, std::uint32_t, PeriodTerm, PeriodTerm>;
  tir::Program const& program_;
  SourceSet const& sources_;
  Tables tables_;
  std::map<std::uint32_t, Range> ranges_;  // by column
  std::map<SchemaId, plan::Ref<plan::Relation>> roots_;
  std::map<EnumerationId, plan::Ref<plan::Enumeration>> enumerations_;
  std::map<std::pair<std::uint32_t, tir::FieldId>, plan::Ref<plan::Column>> fields_;
  std::map<DefinitionKey, DefinitionColumns> definitions_;
  std::map<tir::DefinitionId, bool> reads_year_;
  std::string refusal_;
};

// schema.cpp: how types appear in a plan.
// Whether values of the kind are texts, numbers to programs (plan.h, Derived).
bool is_text(types::Kind kind);
plan::ValueKind value_kind(types::Kind kind);
// The same; a reference holds the key of the record meant, written as that is.
plan::ValueKind value_kind(tir::Program const& program, types::Type const& type);
std::uint8_t measure_of(types::Type const& type);
// The integers that a value of this type can be, stored at `scale` of `format`.
Range range_of_type(tir::Program const& program, types::Type const& type, types::NumberFormat const& format);

}  // namespace huiyu::lower
