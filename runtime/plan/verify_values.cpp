// Relations, columns and constants.

#include "runtime/plan/faults.h"
#include "runtime/plan/rows.h"
#include "runtime/plan/verify.h"

namespace huiyu::plan {
namespace {

bool owned(RelationKind kind) { return kind == RelationKind::List || kind == RelationKind::Series || kind == RelationKind::Set; }

// The relation kind that a column with rows of its own must have.
RelationKind rows_kind(Column const& column) {
  if (column.series != 0) return RelationKind::Series;
  return column.kind == ValueKind::Set ? RelationKind::Set : RelationKind::List;
}
bool has_rows(Column const& column) { return column.series != 0 || column.kind == ValueKind::Set || column.kind == ValueKind::List; }

void check_intervals(Faults& faults, std::size_t row, std::span<Interval const> certain, std::span<Interval const> possible) {
  for (auto part : {certain, possible})
    for (std::size_t i = 0; i < part.size(); ++i) {
      faults.expect(part[i].low <= part[i].high, "class_sets", row, "an interval that ends before it begins");
      // Apart means that two intervals could not be written as one.
      if (i > 0)
        faults.expect(part[i - 1].high < part[i].low && part[i].low - 1 > part[i - 1].high, "class_sets", row, "intervals not rising and apart");
    }
  std::size_t other = 0;
  for (auto const& interval : certain) {
    while (other < possible.size() && possible[other].high < interval.low) ++other;
    faults.expect(other == possible.size() || possible[other].low > interval.high, "class_sets", row, "certain and possible overlap");
  }
}

void check_constant(Plan const& plan, Faults& faults, std::size_t i) {
  auto const& constant = plan.constants[i];
  auto expect = [&](bool holds, char const* what) { faults.expect(holds, "constants", i, what); };
  expect(valid_width(constant.width), "impossible width");
  expect(constant.shift >= -38 && constant.shift <= 38, "shift out of reach");
  expect(constant.bound != BoundRule::Exact || constant.shift >= 0, "an exact value cannot lose digits");
  bool const plain = constant.bound == BoundRule::Exact && constant.shift == 0;
  switch (constant.kind) {
    case ConstantKind::Literal:
      expect(plain, "a literal stands as it is");
      expect(constant.width > 1 ? constant.value == 0 : constant.index == none, "a literal is one limb or a place in limbs");
      return;
    case ConstantKind::Parameter: expect(constant.index < plan.parameters.size() && constant.value == 0, "no such parameter"); return;
    case ConstantKind::AsOfDay:
    case ConstantKind::ApplicationYear: expect(constant.index == none && constant.value == 0, "an input word names nothing"); return;
    case ConstantKind::ClassSet:
      expect(constant.index < plan.class_sets.size() && constant.value == 0 && plain && constant.width == 1, "no such class set");
      return;
    case ConstantKind::Computed: expect(constant.index < plan.uses.size() && constant.value == 0, "no such use"); return;
  }
}

}  // namespace

void check_relations(Plan const& plan, Faults& faults) {
  std::vector<std::uint32_t> depth(plan.relations.size(), 0);
  for (std::size_t i = 0; i < plan.relations.size(); ++i) {
    auto const& relation = plan.relations[i];
    auto expect = [&](bool holds, char const* what) { return faults.expect(holds, "relations", i, what); };
    expect(relation.name.has_value(), "without a name");
    expect(!relation.key.has_value() || plan.columns[relation.key.index].relation.index == i, "its key is a column of another relation");
    if (!owned(relation.kind)) {
      expect(!relation.parent.has_value() && !relation.owner_field.has_value(), "only rows of a list, a set or a series have an owner");
      continue;
    }
    if (!expect(relation.parent.has_value() && relation.parent.index < i, "its owner must come before it")) continue;
    depth[i] = depth[relation.parent.index] + 1;
    expect(depth[i] < deepest, "nested too deep");
    if (!expect(relation.owner_field.has_value(), "without the field that holds it")) continue;
    auto const& field = plan.columns[relation.owner_field.index];
    expect(field.relation == relation.parent && field.items.index == i && rows_kind(field) == relation.kind, "its field does not hold it");
  }
}

void check_columns(Plan const& plan, Faults& faults) {
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    auto const& column = plan.columns[i];
    auto expect = [&](bool holds, char const* what) { return faults.expect(holds, "columns", i, what); };
    expect(column.relation.has_value(), "without a relation");
    expect(valid_width(column.width), "impossible width");
    expect(column.scale >= 0 && column.scale <= 120 && column.stated_scale >= 0 && column.stated_scale <= column.scale, "impossible scale");
    expect(column.kind == ValueKind::Number || column.kind == ValueKind::Quotient || column.scale == 0, "only numbers have a scale");
    expect(column.low <= column.high, "a range that ends before it begins");
    expect(column.measure < measure_count && column.code_system < code_system_count && column.series <= 2 && column.source_kind <= 3,
           "an unknown measure, code system, series or source");
    bool const enumerated = column.kind == ValueKind::Enumeration || column.kind == ValueKind::Set;
    expect(column.enumeration.has_value() == enumerated, "an enumeration belongs to entries and sets of them");
    if (expect(column.items.has_value() == has_rows(column), "rows of its own belong to lists, sets and series") && column.items.has_value())
      expect(plan.relations[column.items.index].owner_field.index == i, "its rows belong to another column");
    expect(column.series == 0 || (column.kind != ValueKind::List && column.kind != ValueKind::Set), "a series of lists");
    if (column.series_from.has_value()) {
      auto const& from = plan.columns[column.series_from.index];
      expect(column.series != 0 && from.relation == column.relation && from.kind == ValueKind::Date && from.series == 0,
             "a series exists from a date of the same record");
    }
    if (column.role == ColumnRole::Input) {
      expect(!column.derived.has_value() && column.kind != ValueKind::Quotient && column.width == 1, "an input is one limb, computed from nothing");
      expect(column.name.has_value() && column.stated_scale == column.scale && column.scale <= 18, "an input has a name and is stored as stated");
    } else if (expect(column.derived.has_value(), "derived from nothing")) {
      expect(plan.derived[column.derived.index].column.index == i, "derived as another column");
      expect(!has_rows(column), "lists, sets and series are inputs");
    }
  }
}

void check_constants(Plan const& plan, Faults& faults) {
  for (std::size_t i = 0; i < plan.enumerations.size(); ++i)
    faults.expect(plan.enumerations[i].name.has_value() && plan.enumerations[i].ordered <= 1, "enumerations", i, "without a name or an order");
  for (std::size_t i = 0; i < plan.parameters.size(); ++i) {
    auto const& parameter = plan.parameters[i];
    auto expect = [&](bool holds, char const* what) { faults.expect(holds, "parameters", i, what); };
    expect(parameter.name.has_value(), "without a name");
    expect(parameter.scale >= 0 && parameter.scale <= 18 && (parameter.kind == ValueKind::Number || parameter.scale == 0), "impossible scale");
    expect(parameter.measure < measure_count && parameter.code_system < code_system_count, "an unknown measure or code system");
    expect(parameter.enumeration.has_value() == (parameter.kind == ValueKind::Enumeration), "an enumeration belongs to entries");
    expect(parameter.kind < ValueKind::Text, "a kind that no parameter has");
    auto const values = rows_of(parameter.values, plan.parameter_values);
    for (std::size_t k = 0; k < values.size(); ++k) {
      expect(values[k].from_day <= values[k].until_day, "a value that ends before it begins");
      expect(k == 0 || values[k - 1].until_day < values[k].from_day, "values that overlap");
    }
  }
  for (std::size_t i = 0; i < plan.class_sets.size(); ++i) {
    auto const& set = plan.class_sets[i];
    check_intervals(faults, i, rows_of(set.certain, plan.intervals), rows_of(set.possible, plan.intervals));
  }
  for (std::size_t i = 0; i < plan.constants.size(); ++i) check_constant(plan, faults, i);
}

}  // namespace huiyu::plan
