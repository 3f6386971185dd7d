#include "runtime/plan/verify.h"

#include <functional>

#include <doctest/doctest.h>

#include "random_plan.h"
#include "runtime/plan/fields.h"
#include "runtime/plan/rows.h"

using namespace huiyu::plan;

namespace {

// What verify says first of a sound plan after this damage.
std::string first_fault(std::function<void(Plan&)> const& damage) {
  auto plan = random_plan(11);
  REQUIRE(verify(plan).empty());
  damage(plan);
  auto const faults = verify(plan);
  return faults.empty() ? "no fault" : faults.front();
}

void check_fault(std::string const& expected, std::function<void(Plan&)> const& damage) {
  auto const found = first_fault(damage);
  CHECK_MESSAGE(found.find(expected) != std::string::npos, expected << " <> " << found);
}

Column& first_column(Plan& plan, ColumnRole role) {
  for (auto& column : plan.columns)
    if (column.role == role) return column;
  return plan.columns.front();
}
Condition& first_condition(Plan& plan, ConditionKind kind) {
  for (auto& condition : plan.conditions)
    if (condition.kind == kind) return condition;
  return plan.conditions.front();
}

}  // namespace

TEST_CASE("a reference into nowhere is named by table, row and field") {
  check_fault("references: atoms[2]: column lies outside its table",
              [](Plan& plan) { plan.atoms[2].column = {90000}; });
  check_fault("references: uses[1]: inputs lies outside its table",
              [](Plan& plan) { plan.uses[1].inputs.count = 90000; });
  check_fault("references: nodes[0]: op is no known value",
              [](Plan& plan) { plan.nodes[0].op = static_cast<Op>(999); });
}

TEST_CASE("every reference field of every row is checked") {
  auto const sound = random_plan(11);
  int fields = 0;
  each_table(sound, [&](Section, char const*, auto const& table) {
    using Row = std::remove_cvref_t<decltype(table[0])>;
    int field_count = 0;
    Row const first = table[0];
    each_field(first, [&](char const*, auto const&) { ++field_count; });
    for (int damaged = 0; damaged < field_count; ++damaged) {
      auto plan = sound;
      bool is_reference = false;
      each_table(plan, [&](Section, char const*, auto& rows) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(rows[0])>, Row>) {
          int at = 0;
          Row row = rows[0];
          each_field(row, [&](char const*, auto& value) {
            if constexpr (requires { value.has_value(); }) {
              if (at == damaged) value.index = 0xFFFFFFF0, is_reference = true;
            }
            ++at;
          });
          if constexpr (requires { rows.rows(); })
            rows.edit(0, [&](Row& changed) { changed = row; });
          else if constexpr (requires { rows.own(); })
            rows.own()[0] = row;
          else
            rows[0] = row;
        }
      });
      if (!is_reference) continue;
      ++fields;
      auto const faults = verify(plan);
      REQUIRE(!faults.empty());
      CHECK(faults.front().rfind("references: ", 0) == 0);
    }
  });
  CHECK(fields > 60);
}

TEST_CASE("each invariant has a damage that it alone finds") {
  check_fault("packing: uses", [](Plan& plan) { std::swap(plan.uses[1].inputs, plan.uses[2].inputs); });
  check_fault("packing: condition_members", [](Plan& plan) { plan.condition_members.push_back({{0}}); });
  check_fault("texts: texts[1]: not UTF-8", [](Plan& plan) { plan.texts.set(1, "\xFF"); });
  check_fault("relations: relations[1]: its owner must come before it",
              [](Plan& plan) { plan.relations[1].parent = {1}; });
  check_fault("columns: columns", [](Plan& plan) { plan.columns[0].width = 3; });
  check_fault("derived from nothing", [](Plan& plan) { first_column(plan, ColumnRole::Derived).derived = {}; });
  check_fault("constants: class_sets[0]: certain and possible overlap",
              [](Plan& plan) { plan.intervals[plan.class_sets[0].possible.begin] = plan.intervals[0]; });
  check_fault("constants: parameters[0]: values that overlap",
              [](Plan& plan) { plan.parameter_values[1].from_day = 50; });
  check_fault("shapes: nodes", [](Plan& plan) {
    for (auto& node : plan.nodes)
      if (node.op == Op::Less) plan.operands[node.operands] = 70;
  });
  check_fault("shapes: shapes[1]: a slot that nothing reads", [](Plan& plan) { plan.shapes[1].input_count = 9; });
  check_fault("uses: uses[1]: an input of another width or kind",
              [](Plan& plan) { plan.use_inputs[plan.uses[1].inputs.begin].column = {2}; });
  check_fault("computed from what comes later", [](Plan& plan) {
    for (auto& row : plan.derived)
      if (row.kind == DerivedKind::Gather) row.value = plan.derived.back().column;
  });
  check_fault("more or fewer keys than it looks for", [](Plan& plan) {
    for (auto& row : plan.derived)
      if (row.kind == DerivedKind::TableLookup) --row.keys.count, plan.derived_keys.pop_back();
  });
  check_fault("a key of another kind", [](Plan& plan) {
    for (auto& row : plan.derived)
      if (row.kind == DerivedKind::TableLookup) plan.derived_keys[row.keys.begin].column = {3};
  });
  check_fault("atoms: atoms[4]: truth of what is none", [](Plan& plan) { plan.atoms[4].column = {0}; });
  check_fault("conditions: conditions", [](Plan& plan) { first_condition(plan, ConditionKind::AtLeastOf).count = 99; });
  check_fault("a member that is not earlier", [](Plan& plan) {
    auto& condition = first_condition(plan, ConditionKind::Or);
    plan.condition_members[condition.members.begin].condition = {
        static_cast<std::uint32_t>(plan.conditions.size() - 1)};
  });
  check_fault("explains: explains", [](Plan& plan) {
    plan.explains.edit(plan.explains.size() - 1, [](Explain& row) { row.children = {}; });
    plan.explain_children.pop_back();
    plan.explain_children.pop_back();
  });
  check_fault("one record in scope is taken for two", [](Plan& plan) {
    for (std::size_t i = 0; i < plan.explains.size(); ++i)
      if (plan.explains[i].op == ExplainOp::Field && plan.explains[i].depth == 1)
        plan.explains.edit(i, [](Explain& row) { row.depth = 0; });
  });
  check_fault("policies: policies[0]: its subject is no record", [](Plan& plan) { plan.policies[0].subject = {1}; });
  check_fault("explains: policies[1]: an explanation about other records", [](Plan& plan) {
    for (std::uint32_t i = 0; i < plan.explains.size(); ++i)
      if (plan.explains[i].op == ExplainOp::Period) plan.policies[1].explain_year = {i};
  });
  check_fault("policies: policies[0]: no such part",
              [](Plan& plan) { plan.use_inputs[plan.uses[plan.policies[0].total.index].inputs.begin].part = 5; });
  check_fault("settlement: settles[0]: a member without a policy",
              [](Plan& plan) { plan.settle_members[1].most_fen = -1; });
  check_fault("settlement: references[0]: by what is no key", [](Plan& plan) { plan.references[0].by = {0}; });
  check_fault("settlement: references[0]: to records without a key", [](Plan& plan) { plan.relations[0].key = {}; });
  check_fault("settlement: settles[0]: a limit where there is none, or none where one is",
              [](Plan& plan) { plan.settles[0].limit = {}; });
  check_fault("settlement: settles[0]: stages that do not come to the whole",
              [](Plan& plan) { plan.settle_stages[1].number = 1; });
  check_fault("settlement: settles[0]: a weight of nothing", [](Plan& plan) { plan.settles[0].most_weight = 1; });
}

TEST_CASE("depth is bounded, so that walks may recurse") {
  check_fault("nested too deep", [](Plan& plan) {
    for (std::uint32_t i = 0; i < deepest + 1; ++i) {
      auto const begin = static_cast<std::uint32_t>(plan.condition_members.size());
      plan.condition_members.push_back({{static_cast<std::uint32_t>(plan.conditions.size() - 1)}});
      plan.conditions.push_back({ConditionKind::And, 0, {}, {}, {begin, 1}, 0});
    }
  });
}

TEST_CASE("constant slots lie one after the other, as wide as they are") {
  auto const plan = random_plan(11);
  for (auto const& shape : plan.shapes) {
    auto const offsets = constant_offsets(plan, shape);
    REQUIRE(offsets.size() == shape.constant_count + 1);
    for (auto const& node : rows_of(shape.nodes, plan.nodes))
      if (node.op == Op::Constant) {
        auto const slot = static_cast<std::size_t>(node.immediate);
        CHECK(offsets[slot + 1] - offsets[slot] == node.width);
      }
  }
}
