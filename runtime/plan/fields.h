#pragma once

// The tables of a Plan and the fields of its rows, listed once: printing, verifying, loading and linking all go by
// these lists. A field left out here is a field that nobody checks, so the tests fill rows through these lists too.

#include <concepts>
#include <type_traits>

#include "runtime/plan/plan.h"

namespace huiyu::plan {

// The number of a table in a stored plan. Numbers are never given anew; new ones go to the end.
enum class Section : std::uint32_t {
  Edition = 1,
  CodeTables,
  TextEnds,
  TextBytes,
  EntryTexts,
  Relations,
  Columns,
  Enumerations,
  Parameters,
  ParameterValues,
  Constants,
  Limbs,
  Intervals,
  ClassSets,
  Nodes,
  Operands,
  Shapes,
  Uses,
  UseInputs,
  UseConstants,
  Derived,
  Atoms,
  Conditions,
  ConditionMembers,
  Parts,
  Policies,
  Alerts,
  Cohorts,
  Settles,
  SettleMembers,
  Explains,
  ExplainChildren,
  Shares,
  ReferenceTables,
  ReferenceKeys,
  ReferenceRows,
  ReferenceValues,
  DerivedKeys,
  CohortKeys,
  CohortValues,
  PlaceTests,
  Tallies,
  TallyKeys,
  TallyValues,
  TallyTerms,
  Instalments,
  SettleStages,
  References,
  ExplainForms,
  ExplainValues,
};

// Calls f(section, name, table) for each table of rows; the texts are not rows. Explains are no vector, but are asked
// for as if they were.
template <class P, class F>
  requires std::same_as<std::remove_const_t<P>, Plan>
void each_table(P& plan, F&& f) {
  f(Section::EntryTexts, "entry_texts", plan.entry_texts);
  f(Section::Relations, "relations", plan.relations);
  f(Section::Columns, "columns", plan.columns);
  f(Section::References, "references", plan.references);
  f(Section::Enumerations, "enumerations", plan.enumerations);
  f(Section::Parameters, "parameters", plan.parameters);
  f(Section::ParameterValues, "parameter_values", plan.parameter_values);
  f(Section::ReferenceTables, "reference_tables", plan.reference_tables);
  f(Section::ReferenceKeys, "reference_keys", plan.reference_keys);
  f(Section::ReferenceRows, "reference_rows", plan.reference_rows);
  f(Section::ReferenceValues, "reference_values", plan.reference_values);
  f(Section::Constants, "constants", plan.constants);
  f(Section::Limbs, "limbs", plan.limbs);
  f(Section::Intervals, "intervals", plan.intervals);
  f(Section::ClassSets, "class_sets", plan.class_sets);
  f(Section::Nodes, "nodes", plan.nodes);
  f(Section::Operands, "operands", plan.operands);
  f(Section::Shapes, "shapes", plan.shapes);
  f(Section::Uses, "uses", plan.uses);
  f(Section::UseInputs, "use_inputs", plan.use_inputs);
  f(Section::UseConstants, "use_constants", plan.use_constants);
  f(Section::Derived, "derived", plan.derived);
  f(Section::DerivedKeys, "derived_keys", plan.derived_keys);
  f(Section::Atoms, "atoms", plan.atoms);
  f(Section::Conditions, "conditions", plan.conditions);
  f(Section::ConditionMembers, "condition_members", plan.condition_members);
  f(Section::Parts, "parts", plan.parts);
  f(Section::Policies, "policies", plan.policies);
  f(Section::Shares, "shares", plan.shares);
  f(Section::Alerts, "alerts", plan.alerts);
  f(Section::Cohorts, "cohorts", plan.cohorts);
  f(Section::CohortKeys, "cohort_keys", plan.cohort_keys);
  f(Section::CohortValues, "cohort_values", plan.cohort_values);
  f(Section::PlaceTests, "place_tests", plan.place_tests);
  f(Section::Tallies, "tallies", plan.tallies);
  f(Section::TallyKeys, "tally_keys", plan.tally_keys);
  f(Section::TallyValues, "tally_values", plan.tally_values);
  f(Section::TallyTerms, "tally_terms", plan.tally_terms);
  f(Section::Instalments, "instalments", plan.instalments);
  f(Section::Settles, "settles", plan.settles);
  f(Section::SettleMembers, "settle_members", plan.settle_members);
  f(Section::SettleStages, "settle_stages", plan.settle_stages);
  f(Section::Explains, "explains", plan.explains);
  f(Section::ExplainChildren, "explain_children", plan.explain_children);
}

// The table that a Ref or Rows of this type points into. Rows<TextTag> are positions of `entry_texts`, a TextRef one of
// `texts`.
inline std::size_t size_of_table(Plan const& p, Ref<TextTag>) { return p.texts.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<TextTag>) { return p.entry_texts.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Relation>) { return p.relations.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Column>) { return p.columns.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Enumeration>) { return p.enumerations.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Parameter>) { return p.parameters.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<ParameterValue>) { return p.parameter_values.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<ReferenceTable>) { return p.reference_tables.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<ReferenceKey>) { return p.reference_keys.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<ReferenceRow>) { return p.reference_rows.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<ReferenceValue>) { return p.reference_values.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Constant>) { return p.constants.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<Interval>) { return p.intervals.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<ClassSet>) { return p.class_sets.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<Node>) { return p.nodes.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Shape>) { return p.shapes.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Use>) { return p.uses.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<UseInput>) { return p.use_inputs.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<UseConstant>) { return p.use_constants.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<DerivedKey>) { return p.derived_keys.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Derived>) { return p.derived.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Atom>) { return p.atoms.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Condition>) { return p.conditions.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<ConditionMember>) { return p.condition_members.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Part>) { return p.parts.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<Part>) { return p.parts.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Policy>) { return p.policies.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<Share>) { return p.shares.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<Alert>) { return p.alerts.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Cohort>) { return p.cohorts.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<CohortKey>) { return p.cohort_keys.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<PlaceTest>) { return p.place_tests.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Tally>) { return p.tallies.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<TallyKey>) { return p.tally_keys.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<Instalment>) { return p.instalments.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<TallyTerm>) { return p.tally_terms.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<SettleMember>) { return p.settle_members.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<SettleStage>) { return p.settle_stages.size(); }
inline std::size_t size_of_table(Plan const& p, Ref<Explain>) { return p.explains.size(); }
inline std::size_t size_of_table(Plan const& p, Rows<ExplainChild>) { return p.explain_children.size(); }

template <class R, class Row>
concept RowOf = std::same_as<std::remove_const_t<R>, Row>;

// each_field(row, f) calls f(name, field) for each field but padding.
template <RowOf<TextRef> R, class F> void each_field(R& r, F&& f) { f("text", r); }
template <RowOf<std::uint64_t> R, class F> void each_field(R& r, F&& f) { f("limb", r); }
template <RowOf<std::uint32_t> R, class F> void each_field(R& r, F&& f) { f("operand", r); }

template <RowOf<Relation> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("kind", r.kind), f("parent", r.parent), f("owner_field", r.owner_field), f("key", r.key);
}
template <RowOf<Column> R, class F> void each_field(R& r, F&& f) {
  f("id", r.id), f("name", r.name), f("relation", r.relation), f("role", r.role), f("kind", r.kind),
      f("scale", r.scale);
  f("width", r.width), f("measure", r.measure), f("series", r.series), f("source_kind", r.source_kind);
  f("code_system", r.code_system), f("low", r.low), f("high", r.high), f("enumeration", r.enumeration),
      f("items", r.items);
  f("derived", r.derived), f("source", r.source), f("series_from", r.series_from), f("stated_scale", r.stated_scale);
  f("computed", r.computed);
  f("proved_low", r.proved_low), f("proved_high", r.proved_high);
}
template <RowOf<Enumeration> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("entries", r.entries), f("ordered", r.ordered);
}
template <RowOf<Parameter> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("kind", r.kind), f("scale", r.scale), f("measure", r.measure), f("code_system", r.code_system);
  f("enumeration", r.enumeration), f("values", r.values);
}
template <RowOf<ParameterValue> R, class F> void each_field(R& r, F&& f) {
  f("from_day", r.from_day), f("until_day", r.until_day), f("value", r.value);
}
template <RowOf<ReferenceTable> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("kind", r.kind), f("scale", r.scale), f("measure", r.measure), f("code_system", r.code_system);
  f("enumeration", r.enumeration), f("keys", r.keys), f("rows", r.rows), f("use_parent", r.use_parent),
      f("source", r.source);
}
template <RowOf<ReferenceKey> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("kind", r.kind), f("scale", r.scale), f("code_system", r.code_system),
      f("enumeration", r.enumeration);
}
template <RowOf<ReferenceRow> R, class F> void each_field(R& r, F&& f) { f("keys", r.keys), f("value", r.value); }
template <RowOf<ReferenceValue> R, class F> void each_field(R& r, F&& f) { f("value", r.value); }
template <RowOf<Constant> R, class F> void each_field(R& r, F&& f) {
  f("kind", r.kind), f("width", r.width), f("bound", r.bound), f("shift", r.shift), f("index", r.index),
      f("value", r.value);
}
template <RowOf<Interval> R, class F> void each_field(R& r, F&& f) { f("low", r.low), f("high", r.high); }
template <RowOf<ClassSet> R, class F> void each_field(R& r, F&& f) {
  f("certain", r.certain), f("possible", r.possible);
}
template <RowOf<Node> R, class F> void each_field(R& r, F&& f) {
  f("op", r.op), f("width", r.width), f("truth", r.truth), f("operand_count", r.operand_count),
      f("operands", r.operands);
  f("immediate", r.immediate);
}
template <RowOf<Shape> R, class F> void each_field(R& r, F&& f) {
  f("nodes", r.nodes), f("input_count", r.input_count), f("constant_count", r.constant_count), f("id", r.id);
}
template <RowOf<Use> R, class F> void each_field(R& r, F&& f) {
  f("shape", r.shape), f("relation", r.relation), f("inputs", r.inputs), f("constants", r.constants);
}
template <RowOf<UseInput> R, class F> void each_field(R& r, F&& f) { f("column", r.column), f("part", r.part); }
template <RowOf<UseConstant> R, class F> void each_field(R& r, F&& f) { f("constant", r.constant); }
template <RowOf<Derived> R, class F> void each_field(R& r, F&& f) {
  f("column", r.column), f("kind", r.kind), f("use", r.use), f("value", r.value), f("filter", r.filter);
  f("list", r.list), f("denominator", r.denominator), f("definition", r.definition), f("text", r.text), f("tag", r.tag);
  f("table", r.table), f("keys", r.keys);
}
template <RowOf<DerivedKey> R, class F> void each_field(R& r, F&& f) { f("column", r.column); }
template <RowOf<Atom> R, class F> void each_field(R& r, F&& f) {
  f("id", r.id), f("column", r.column), f("kind", r.kind), f("low_excluded", r.low_excluded),
      f("high_excluded", r.high_excluded);
  f("low", r.low), f("high", r.high), f("denominator", r.denominator), f("classes", r.classes), f("text", r.text),
      f("tag", r.tag);
}
template <RowOf<Condition> R, class F> void each_field(R& r, F&& f) {
  f("kind", r.kind), f("negated", r.negated), f("atom", r.atom), f("members", r.members), f("count", r.count);
}
template <RowOf<ConditionMember> R, class F> void each_field(R& r, F&& f) { f("condition", r.condition); }
template <RowOf<Part> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("word", r.word), f("citation", r.citation), f("when", r.when), f("amount", r.amount);
  f("explain_when", r.explain_when), f("explain_amount", r.explain_amount);
}
template <RowOf<Policy> R, class F> void each_field(R& r, F&& f) {
  f("id", r.id), f("name", r.name), f("citation", r.citation), f("board", r.board), f("payout", r.payout);
  f("place_text", r.place_text), f("subject", r.subject), f("conclusion", r.conclusion), f("single", r.single),
      f("verified_only", r.verified_only);
  f("valid_from", r.valid_from), f("valid_until", r.valid_until), f("applies", r.applies), f("condition", r.condition);
  f("due", r.due), f("parts", r.parts), f("total", r.total), f("value", r.value), f("value_name", r.value_name);
  f("shares", r.shares), f("instalments", r.instalments), f("alerts", r.alerts), f("explain_year", r.explain_year),
      f("explain_applies", r.explain_applies), f("explain_condition", r.explain_condition);
  f("explain_total", r.explain_total), f("explain_value", r.explain_value), f("file", r.file), f("line", r.line);
}
template <RowOf<Share> R, class F> void each_field(R& r, F&& f) { f("party", r.party), f("weight", r.weight); }
template <RowOf<Alert> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("colour", r.colour), f("condition", r.condition), f("explain", r.explain),
      f("stops_payment", r.stops_payment);
}
template <RowOf<Cohort> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("subject", r.subject), f("condition", r.condition), f("keys", r.keys), f("missing", r.missing);
  f("complete", r.complete);
}
template <RowOf<CohortKey> R, class F> void each_field(R& r, F&& f) { f("value", r.value); }
template <RowOf<CohortValue> R, class F> void each_field(R& r, F&& f) {
  f("cohort", r.cohort), f("place", r.place), f("op", r.op), f("descending", r.descending), f("kind", r.kind);
  f("value", r.value), f("where", r.where), f("column", r.column), f("divisor", r.divisor), f("tests", r.tests);
}
template <RowOf<PlaceTest> R, class F> void each_field(R& r, F&& f) {
  f("column", r.column), f("share", r.share), f("scale", r.scale), f("low", r.low), f("high", r.high);
}
template <RowOf<Settle> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("kind", r.kind), f("cut", r.cut), f("flags", r.flags), f("place", r.place);
  f("members", r.members), f("limit", r.limit), f("each_most", r.each_most), f("tie", r.tie), f("paid", r.paid);
  f("stages", r.stages);
  f("most_weight", r.most_weight);
}
template <RowOf<Tally> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("subject", r.subject), f("source", r.source), f("list", r.list), f("keys", r.keys);
}
template <RowOf<Reference> R, class F> void each_field(R& r, F&& f) {
  f("column", r.column), f("by", r.by), f("target", r.target);
}
template <RowOf<TallyKey> R, class F> void each_field(R& r, F&& f) { f("column", r.column), f("value", r.value); }
template <RowOf<TallyValue> R, class F> void each_field(R& r, F&& f) {
  f("tally", r.tally), f("op", r.op), f("each_record", r.each_record), f("value", r.value), f("where", r.where);
  f("distinct", r.distinct), f("column", r.column), f("divisor", r.divisor);
}
template <RowOf<Instalment> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("kind", r.kind), f("number", r.number), f("divisor", r.divisor);
}
template <RowOf<TallyTerm> R, class F> void each_field(R& r, F&& f) { f("value", r.value); }
template <RowOf<SettleMember> R, class F> void each_field(R& r, F&& f) {
  f("policy", r.policy), f("unit", r.unit), f("by", r.by), f("most_fen", r.most_fen);
}
template <RowOf<SettleStage> R, class F> void each_field(R& r, F&& f) {
  f("name", r.name), f("number", r.number), f("divisor", r.divisor);
}
template <RowOf<Explain> R, class F> void each_field(R& r, F&& f) {
  f("op", r.op), f("kind", r.kind), f("flags", r.flags), f("scale", r.scale), f("measure", r.measure),
      f("depth", r.depth);
  f("code_system", r.code_system), f("children", r.children), f("column", r.column), f("classes", r.classes);
  f("parameter", r.parameter), f("enumeration", r.enumeration), f("table", r.table), f("number", r.number),
      f("name", r.name);
  f("text", r.text);
  f("citation", r.citation), f("file", r.file), f("line", r.line), f("column_number", r.column_number);
}
template <RowOf<ExplainForm> R, class F> void each_field(R& r, F&& f) {
  f("op", r.op), f("kind", r.kind), f("flags", r.flags), f("scale", r.scale), f("measure", r.measure),
      f("depth", r.depth), f("code_system", r.code_system), f("child_count", r.child_count);
  f("enumeration", r.enumeration), f("citation", r.citation), f("file", r.file);
}
template <RowOf<ExplainValue> R, class F> void each_field(R& r, F&& f) {
  f("number", r.number), f("column", r.column), f("classes", r.classes), f("parameter", r.parameter),
      f("table", r.table), f("name", r.name);
}
template <RowOf<ExplainChild> R, class F> void each_field(R& r, F&& f) { f("node", r.node); }

}  // namespace huiyu::plan
