#include "runtime/plan/undecided.h"

#include "runtime/plan/rows.h"

namespace huiyu::plan {

// What a row refers to lies before it, so one pass over each table reaches everything.
std::vector<std::uint8_t> left_to_explanation(Plan const& plan) {
  std::vector<std::uint8_t> constants(plan.constants.size(), 0), columns(plan.columns.size(), 0),
      conditions(plan.conditions.size(), 0);
  auto of_use = [&](Ref<Use> ref) {
    if (!ref.has_value()) return false;
    auto const& use = plan.uses[ref.index];
    for (auto const& constant : rows_of(use.constants, plan.use_constants))
      if (constants[constant.constant.index] != 0) return true;
    for (auto const& input : rows_of(use.inputs, plan.use_inputs))
      if (input.column.has_value() && columns[input.column.index] != 0) return true;
    return false;
  };
  auto of_column = [&](Ref<Column> ref) { return ref.has_value() && columns[ref.index] != 0; };
  auto of_constant = [&](Ref<Constant> ref) { return ref.has_value() && constants[ref.index] != 0; };

  for (std::size_t i = 0; i < plan.constants.size(); ++i) {
    auto const& constant = plan.constants[i];
    bool const open = constant.kind == ConstantKind::Undecided ||
                      (constant.kind == ConstantKind::Computed && of_use({constant.index}));
    constants[i] = open ? 1 : 0;
  }
  for (auto const& row : plan.derived) {
    bool keyed = false;
    for (auto const& key : rows_of(row.keys, plan.derived_keys)) keyed = keyed || of_column(key.column);
    bool const open = keyed || of_use(row.use) || of_column(row.value) || of_column(row.filter) ||
                      of_column(row.list) || of_column(row.denominator);
    columns[row.column.index] = open ? 1 : 0;
  }
  for (std::size_t i = 0; i < plan.conditions.size(); ++i) {
    auto const& condition = plan.conditions[i];
    bool open = false;
    if (condition.atom.has_value()) {
      auto const& atom = plan.atoms[condition.atom.index];
      open = of_column(atom.column) || of_constant(atom.low) || of_constant(atom.high) || of_constant(atom.denominator);
    }
    for (auto const& member : rows_of(condition.members, plan.condition_members))
      open = open || conditions[member.condition.index] != 0;
    conditions[i] = open ? 1 : 0;
  }
  return conditions;
}

}  // namespace huiyu::plan
