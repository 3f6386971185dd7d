#include "runtime/plan/verify.h"

#include <concepts>
#include <span>

#include "runtime/base/each_of.h"
#include "runtime/base/utf8.h"
#include "runtime/plan/faults.h"
#include "runtime/plan/fields.h"
#include "runtime/plan/names.h"

namespace huiyu::plan {
namespace {

template <class Row>
void check_field(Plan const& plan, Faults& faults, char const* table, std::size_t row, char const* name,
                 Ref<Row> const& ref) {
  if (ref.has_value() && ref.index >= size_of_table(plan, ref))
    faults.expect(false, table, row, std::string(name) + " lies outside its table");
}
template <class Row>
void check_field(Plan const& plan, Faults& faults, char const* table, std::size_t row, char const* name,
                 Rows<Row> const& rows) {
  auto const size = size_of_table(plan, rows);
  if (rows.begin > size || rows.count > size - rows.begin || (rows.count == 0 && rows.begin != 0))
    faults.expect(false, table, row, std::string(name) + " lies outside its table");
}
template <class Value>
void check_field(Plan const&, Faults& faults, char const* table, std::size_t row, char const* name,
                 Value const& value) {
  if constexpr (std::is_enum_v<Value>)
    if (!is_enumerator(value)) faults.expect(false, table, row, std::string(name) + " is no known value");
}

// A form and a value are looked at once, however many rows have them.
void check_explain_rows(Plan const& plan, Faults& faults) {
  auto const& table = plan.explains;
  auto const rows = table.rows().span();
  auto const children = plan.explain_children.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto const& row = rows[i];
    if (row.form >= table.forms().size() || row.value >= table.values().size()) {
      faults.expect(false, "explains", i, "form or value lies outside its table");
      continue;
    }
    auto const count = table.forms()[row.form].child_count;
    bool const fits =
        row.first_child <= children && count <= children - row.first_child && (count != 0 || row.first_child == 0);
    if (!fits) faults.expect(false, "explains", i, "children lies outside its table");
    if (row.text.has_value() && row.text.index >= plan.texts.size())
      faults.expect(false, "explains", i, "text lies outside its table");
  }
}

// Ranges of one table must follow each other without gap or overlap, so that work over all of them is linear.
class Cursor {
 public:
  Cursor(Faults& faults, char const* owners) : faults_(faults), owners_(owners) {}
  void take(std::size_t row, std::uint32_t begin, std::uint32_t count, char const* what) {
    // An empty range may begin anywhere before, but not past the table.
    bool const follows = count == 0 ? begin <= next_ : begin == next_;
    if (!follows) faults_.expect(false, owners_, row, std::string(what) + " do not follow those of the row before");
    if (count == 0) return;
    next_ = begin + count;
  }
  void end(std::size_t size, char const* table) { faults_.expect(next_ == size, table, next_, "belongs to nothing"); }

 private:
  Faults& faults_;
  char const* owners_;
  std::size_t next_ = 0;
};

template <class Table, class Range, class Entries>
void check_ranges(Faults& faults, char const* owners, Table const& table, Range range, Entries const& entries,
                  char const* name) {
  Cursor cursor(faults, owners);
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const rows = range(table[i]);
    cursor.take(i, rows.begin, rows.count, name);
  }
  cursor.end(entries.size(), name);
}

}  // namespace

void check_references(Plan const& plan, Faults& faults) {
  auto const check = [&](char const* name, auto const& table) {
    for (std::size_t i = 0; i < table.size(); ++i)
      each_field(table[i],
                 [&](char const* field, auto const& value) { check_field(plan, faults, name, i, field, value); });
  };
  each_table(plan, [&](Section, char const* name, auto const& table) {
    if constexpr (std::same_as<std::remove_cvref_t<decltype(table)>, ExplainTable>) {
      check("explain_forms", table.forms());
      check("explain_values", table.values());
      check_explain_rows(plan, faults);
    } else {
      check(name, table);
    }
  });
}

void check_packing(Plan const& plan, Faults& faults) {
  check_ranges(
      faults, "enumerations", plan.enumerations, [](auto const& r) { return r.entries; }, plan.entry_texts,
      "entry_texts");
  check_ranges(
      faults, "parameters", plan.parameters, [](auto const& r) { return r.values; }, plan.parameter_values,
      "parameter_values");
  check_ranges(faults, "shapes", plan.shapes, [](auto const& r) { return r.nodes; }, plan.nodes, "nodes");
  check_ranges(faults, "uses", plan.uses, [](auto const& r) { return r.inputs; }, plan.use_inputs, "use_inputs");
  check_ranges(
      faults, "uses", plan.uses, [](auto const& r) { return r.constants; }, plan.use_constants, "use_constants");
  check_ranges(
      faults, "derived", plan.derived, [](auto const& r) { return r.keys; }, plan.derived_keys, "derived_keys");
  check_ranges(
      faults, "conditions", plan.conditions, [](auto const& r) { return r.members; }, plan.condition_members,
      "condition_members");
  check_ranges(faults, "policies", plan.policies, [](auto const& r) { return r.parts; }, plan.parts, "parts");
  check_ranges(faults, "policies", plan.policies, [](auto const& r) { return r.alerts; }, plan.alerts, "alerts");
  check_ranges(faults, "policies", plan.policies, [](auto const& r) { return r.shares; }, plan.shares, "shares");
  check_ranges(
      faults, "policies", plan.policies, [](auto const& r) { return r.instalments; }, plan.instalments, "instalments");
  check_ranges(
      faults, "reference_tables", plan.reference_tables, [](auto const& r) { return r.keys; }, plan.reference_keys,
      "reference_keys");
  check_ranges(
      faults, "reference_tables", plan.reference_tables, [](auto const& r) { return r.rows; }, plan.reference_rows,
      "reference_rows");
  check_ranges(
      faults, "reference_rows", plan.reference_rows, [](auto const& r) { return r.keys; }, plan.reference_values,
      "reference_values");
  check_ranges(faults, "cohorts", plan.cohorts, [](auto const& r) { return r.keys; }, plan.cohort_keys, "cohort_keys");
  check_ranges(
      faults, "cohort_values", plan.cohort_values, [](auto const& r) { return r.tests; }, plan.place_tests,
      "place_tests");
  check_ranges(faults, "tallies", plan.tallies, [](auto const& r) { return r.keys; }, plan.tally_keys, "tally_keys");
  check_ranges(
      faults, "tally_values", plan.tally_values, [](auto const& r) { return r.distinct; }, plan.tally_terms,
      "tally_terms");
  check_ranges(
      faults, "settles", plan.settles, [](auto const& r) { return r.members; }, plan.settle_members, "settle_members");
  check_ranges(
      faults, "settles", plan.settles, [](auto const& r) { return r.stages; }, plan.settle_stages, "settle_stages");
  Cursor children(faults, "explains");
  for (std::size_t i = 0; i < plan.explains.size(); ++i) {
    auto const rows = plan.explains.children(i);
    children.take(i, rows.begin, rows.count, "explain_children");
  }
  children.end(plan.explain_children.size(), "explain_children");
  check_ranges(
      faults, "nodes", plan.nodes, [](auto const& r) { return Rows<Node>{r.operands, r.operand_count}; }, plan.operands,
      "operands");

  Cursor intervals(faults, "class_sets");
  for (std::size_t i = 0; i < plan.class_sets.size(); ++i) {
    auto const& set = plan.class_sets[i];
    intervals.take(i, set.certain.begin, set.certain.count, "intervals");
    intervals.take(i, set.possible.begin, set.possible.count, "intervals");
  }
  intervals.end(plan.intervals.size(), "intervals");

  Cursor limbs(faults, "constants");
  for (std::size_t i = 0; i < plan.constants.size(); ++i) {
    auto const& constant = plan.constants[i];
    if (constant.kind == ConstantKind::Literal && constant.width > 1)
      limbs.take(i, constant.index, constant.width, "limbs");
  }
  limbs.end(plan.limbs.size(), "limbs");
}

void check_texts(Plan const& plan, Faults& faults) {
  for (std::size_t i = 0; i < plan.texts.size(); ++i)
    faults.expect(!first_invalid_utf8(plan.texts[i]).has_value(), "texts", i, "not UTF-8");
  for (std::size_t i = 0; i < plan.entry_texts.size(); ++i)
    faults.expect(plan.entry_texts[i].has_value(), "entry_texts", i, "an entry without a name");
}

std::vector<std::string> verify(Plan const& plan, std::size_t jobs) {
  struct Predicate {
    char const* invariant;
    void (*check)(Plan const&, Faults&);
  };
  // Each may lean on those before it, so the first that fails ends the check.
  static constexpr Predicate first[] = {{"references", check_references}, {"packing", check_packing}};
  static constexpr Predicate then[] = {
      {"texts", check_texts},         {"relations", check_relations}, {"columns", check_columns},
      {"constants", check_constants}, {"shapes", check_shapes},       {"uses", check_uses},
      {"derived", check_derived},     {"atoms", check_atoms},         {"conditions", check_conditions},
      {"policies", check_policies},
  };
  // Explanations, as many as all the rest, lean on the first alone.
  static constexpr Predicate explains[] = {{"explains", check_explains}}, last[] = {{"settlement", check_settlement}};
  auto const run = [&](std::span<Predicate const> predicates, Faults& faults) {
    for (auto const& predicate : predicates) {
      if (!faults.none_found()) return;
      faults.checking(predicate.invariant);
      predicate.check(plan, faults);
    }
  };
  Faults faults, of_explains;
  run(first, faults);
  if (!faults.none_found()) return faults.take();
  each_of(2, jobs, [&](std::size_t i) {
    if (i == 0)
      run(explains, of_explains);
    else
      run(then, faults);
  });
  if (!faults.none_found()) return faults.take();
  if (of_explains.none_found()) run(last, of_explains);
  return of_explains.take();
}

}  // namespace huiyu::plan
