// Relations, columns and constants.

#include "runtime/plan/faults.h"
#include "runtime/plan/rows.h"
#include "runtime/plan/verify.h"

namespace huiyu::plan {
namespace {

bool owned(RelationKind kind) {
  return kind == RelationKind::List || kind == RelationKind::Series || kind == RelationKind::Set;
}

// The relation kind that a column with rows of its own must have.
RelationKind rows_kind(Column const& column) {
  if (column.series != 0) return RelationKind::Series;
  return column.kind == ValueKind::Set ? RelationKind::Set : RelationKind::List;
}
bool has_rows(Column const& column) {
  return column.series != 0 || column.kind == ValueKind::Set || column.kind == ValueKind::List;
}

void check_intervals(Faults& faults, std::size_t row, std::span<Interval const> certain,
                     std::span<Interval const> possible) {
  for (auto part : {certain, possible})
    for (std::size_t i = 0; i < part.size(); ++i) {
      faults.expect(part[i].low <= part[i].high, "class_sets", row, "an interval that ends before it begins");
      // Apart means that two intervals could not be written as one.
      if (i > 0)
        faults.expect(part[i - 1].high < part[i].low && part[i].low - 1 > part[i - 1].high, "class_sets", row,
                      "intervals not rising and apart");
    }
  std::size_t other = 0;
  for (auto const& interval : certain) {
    while (other < possible.size() && possible[other].high < interval.low) ++other;
    faults.expect(other == possible.size() || possible[other].low > interval.high, "class_sets", row,
                  "certain and possible overlap");
  }
}

// A value that stands for something in another table: the text or class set must be there.
bool value_exists(Plan const& plan, ValueKind kind, Ref<Enumeration> enumeration, std::int64_t value) {
  auto below = [&](std::size_t size) { return value >= 0 && static_cast<std::uint64_t>(value) < size; };
  if (kind == ValueKind::Text || kind == ValueKind::CreditCode) return below(plan.texts.size());
  if (kind == ValueKind::Set) return below(plan.class_sets.size());
  if (kind == ValueKind::Enumeration) return below(plan.enumerations[enumeration.index].entries.count);
  return kind != ValueKind::Truth || value == 0 || value == 1;
}

void check_reference_table(Plan const& plan, Faults& faults, std::size_t i) {
  auto const& table = plan.reference_tables[i];
  auto expect = [&](bool holds, char const* what) { return faults.expect(holds, "reference_tables", i, what); };
  auto sound = [&](ValueKind kind, std::int8_t scale, std::uint8_t code_system, Ref<Enumeration> enumeration) {
    return expect(kind < ValueKind::List && scale >= 0 && scale <= 18 && code_system < code_system_count &&
                      enumeration.has_value() == (kind == ValueKind::Enumeration),
                  "a kind, scale or enumeration that does not fit");
  };
  expect(table.name.has_value() && table.use_parent <= 1 && table.measure < measure_count,
         "without a name, or an unknown measure");
  if (!sound(table.kind, table.scale, table.code_system, table.enumeration)) return;
  auto const keys = rows_of(table.keys, plan.reference_keys);
  for (auto const& key : keys)
    if (!sound(key.kind, key.scale, key.code_system, key.enumeration)) return;
  for (auto const& row : rows_of(table.rows, plan.reference_rows)) {
    auto const values = rows_of(row.keys, plan.reference_values);
    if (!expect(values.size() == keys.size(), "a row with more or fewer keys than the table")) return;
    for (std::size_t k = 0; k < keys.size(); ++k)
      expect(value_exists(plan, keys[k].kind, keys[k].enumeration, values[k].value), "a key that is no value");
    expect(value_exists(plan, table.kind, table.enumeration, row.value), "a row that is no value");
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
      expect(constant.width > 1 ? constant.value == 0 : constant.index == none,
             "a literal is one limb or a place in limbs");
      return;
    case ConstantKind::Parameter:
      expect(constant.index < plan.parameters.size() && constant.value == 0, "no such parameter");
      return;
    case ConstantKind::AsOfDay:
    case ConstantKind::AsOfMonth:
    case ConstantKind::ApplicationYear: expect(constant.index == none, "an input word names nothing"); return;
    case ConstantKind::Given:
      expect(constant.index < plan.texts.size() && constant.value == 0 && plain && constant.width == 1,
             "no such definition");
      return;
    case ConstantKind::Undecided:
      expect(constant.index == none && constant.value == 0 && plain && constant.width == 1, "nothing has no value");
      return;
    case ConstantKind::ClassSet:
      expect(constant.index < plan.class_sets.size() && constant.value == 0 && plain && constant.width == 1,
             "no such class set");
      return;
    case ConstantKind::Computed:
      expect(constant.index < plan.uses.size() && constant.value == 0, "no such use");
      return;
    case ConstantKind::Text:
      expect(constant.index < plan.texts.size() && constant.value == 0 && plain && constant.width == 1, "no such text");
      return;
  }
}

}  // namespace

void check_relations(Plan const& plan, Faults& faults) {
  std::vector<std::uint32_t> depth(plan.relations.size(), 0);
  for (std::size_t i = 0; i < plan.relations.size(); ++i) {
    auto const& relation = plan.relations[i];
    auto expect = [&](bool holds, char const* what) { return faults.expect(holds, "relations", i, what); };
    expect(relation.name.has_value(), "without a name");
    expect(!relation.key.has_value() || plan.columns[relation.key.index].relation.index == i,
           "its key is a column of another relation");
    if (!owned(relation.kind)) {
      expect(!relation.parent.has_value() && !relation.owner_field.has_value(),
             "only rows of a list, a set or a series have an owner");
      continue;
    }
    if (!expect(relation.parent.has_value() && relation.parent.index < i, "its owner must come before it")) continue;
    depth[i] = depth[relation.parent.index] + 1;
    expect(depth[i] < deepest, "nested too deep");
    if (!expect(relation.owner_field.has_value(), "without the field that holds it")) continue;
    auto const& field = plan.columns[relation.owner_field.index];
    expect(field.relation == relation.parent && field.items.index == i && rows_kind(field) == relation.kind,
           "its field does not hold it");
  }
}

void check_columns(Plan const& plan, Faults& faults) {
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    auto const& column = plan.columns[i];
    auto expect = [&](bool holds, char const* what) { return faults.expect(holds, "columns", i, what); };
    expect(column.relation.has_value(), "without a relation");
    expect(valid_width(column.width), "impossible width");
    expect(column.scale >= 0 && column.scale <= 120 && column.stated_scale >= 0 && column.stated_scale <= 18,
           "impossible scale");
    expect(column.kind == ValueKind::Number || column.kind == ValueKind::Quotient || column.scale == 0,
           "only numbers have a scale");
    expect(column.low <= column.high && column.proved_low <= column.proved_high, "a range that ends before it begins");
    expect(column.measure < measure_count && column.code_system < code_system_count && column.series <= 2 &&
               column.source_kind <= 3,
           "an unknown measure, code system, series or source");
    expect(column.enumeration.has_value() == (column.kind == ValueKind::Enumeration) || column.kind == ValueKind::Set,
           "an enumeration belongs to entries and sets of them");
    if (expect(column.items.has_value() == has_rows(column), "rows of its own belong to lists, sets and series") &&
        column.items.has_value())
      expect(plan.relations[column.items.index].owner_field.index == i, "its rows belong to another column");
    expect(column.series == 0 || (column.kind != ValueKind::List && column.kind != ValueKind::Set),
           "a series of lists");
    if (column.series_from.has_value()) {
      auto const& from = plan.columns[column.series_from.index];
      expect(column.series != 0 && from.relation == column.relation && from.kind == ValueKind::Date && from.series == 0,
             "a series exists from a date of the same record");
    }
    if (column.role == ColumnRole::Input) {
      expect(!column.derived.has_value() && column.kind != ValueKind::Quotient && column.width == 1,
             "an input is one limb, computed from nothing");
      expect(column.name.has_value() && column.stated_scale == column.scale && column.scale <= 18,
             "an input has a name and is stored as stated");
    } else if (expect(column.derived.has_value(), "derived from nothing")) {
      expect(plan.derived[column.derived.index].column.index == i, "derived as another column");
      expect(!has_rows(column), "lists, sets and series are inputs");
    }
  }
}

void check_constants(Plan const& plan, Faults& faults) {
  for (std::size_t i = 0; i < plan.enumerations.size(); ++i)
    faults.expect(plan.enumerations[i].name.has_value() && plan.enumerations[i].ordered <= 1, "enumerations", i,
                  "without a name or an order");
  for (std::size_t i = 0; i < plan.parameters.size(); ++i) {
    auto const& parameter = plan.parameters[i];
    auto expect = [&](bool holds, char const* what) { faults.expect(holds, "parameters", i, what); };
    expect(parameter.name.has_value(), "without a name");
    expect(
        parameter.scale >= 0 && parameter.scale <= 18 && (parameter.kind == ValueKind::Number || parameter.scale == 0),
        "impossible scale");
    expect(parameter.measure < measure_count && parameter.code_system < code_system_count,
           "an unknown measure or code system");
    expect(parameter.enumeration.has_value() == (parameter.kind == ValueKind::Enumeration),
           "an enumeration belongs to entries");
    expect(parameter.kind != ValueKind::List && parameter.kind != ValueKind::Quotient, "a kind that no parameter has");
    auto const values = rows_of(parameter.values, plan.parameter_values);
    for (std::size_t k = 0; k < values.size(); ++k) {
      if (parameter.enumeration.has_value() || parameter.kind != ValueKind::Enumeration)
        expect(value_exists(plan, parameter.kind, parameter.enumeration, values[k].value), "a value that is none");
      expect(values[k].from_day <= values[k].until_day, "a value that ends before it begins");
      expect(k == 0 || values[k - 1].until_day < values[k].from_day, "values that overlap");
    }
  }
  for (std::size_t i = 0; i < plan.class_sets.size(); ++i) {
    auto const& set = plan.class_sets[i];
    check_intervals(faults, i, rows_of(set.certain, plan.intervals), rows_of(set.possible, plan.intervals));
  }
  for (std::size_t i = 0; i < plan.reference_tables.size(); ++i) check_reference_table(plan, faults, i);
  for (std::size_t i = 0; i < plan.constants.size(); ++i) check_constant(plan, faults, i);
}

}  // namespace huiyu::plan
