#include "runtime/base/check.h"
#include "runtime/codes/codes.h"
#include "runtime/explain/evaluate.h"
#include "runtime/plan/rows.h"

namespace huiyu::explain {

// The row of the keys; else, where the table says so, of the next code above, the first code key moving last.
Value Evaluator::lookup(Node const& node, Finding const& finding) const {
  auto const& plan = record_.plan;
  auto const& table = plan.reference_tables[node.table.index];
  auto const keys = plan::rows_of(table.keys, plan.reference_keys);
  std::vector<Value const*> operands;
  for (auto one : finding.children) operands.push_back(&value(one));
  if (auto const state = strict_state(operands); !state.known()) return state;

  std::vector<std::vector<Value>> tries{{}};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::vector<Value> steps{*operands[i]};
    if (table.use_parent != 0 && keys[i].kind == plan::ValueKind::Code) {
      auto const entries = codes::entries(static_cast<codes::CodeSystem>(keys[i].code_system));
      for (auto id = static_cast<std::int32_t>(*operands[i]->number.integer());
           (id = entries[static_cast<std::size_t>(id)].parent) >= 0;)
        steps.push_back(Value::of(id));
    }
    std::vector<std::vector<Value>> longer;
    for (auto const& one : tries)
      for (auto const& step : steps) {
        longer.push_back(one);
        longer.back().push_back(step);
      }
    tries = std::move(longer);
  }
  auto matches = [&](plan::ReferenceRow const& row, std::vector<Value> const& wanted) {
    auto const stored = plan::rows_of(row.keys, plan.reference_values);
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (!same_value(stored_value(plan, keys[i].kind, keys[i].scale, stored[i].value), wanted[i])) return false;
    return true;
  };
  for (auto const& one : tries)
    for (auto const& row : plan::rows_of(table.rows, plan.reference_rows))
      if (matches(row, one)) return stored_value(plan, table.kind, table.scale, row.value);
  return Value::unknown();
}

}  // namespace huiyu::explain
