// Which tests keep a record open, and what they wait for: the same as the whole explanation says.

#include "runtime/engine/lacks.h"

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/test_tree.h"
#include "runtime/genes/kernels.h"
#include "runtime/plan/verify.h"
#include "tests/unit/runtime_explain/clauses.h"

namespace huiyu::engine {
namespace {

using plan::ConditionKind;
using plan::ExplainOp;
using plan::ValueKind;
using testing::PlanMaker;
using Row = std::vector<std::optional<std::int64_t>>;
using Names = std::vector<std::string>;

struct Facts : PlanMaker {
  plan::Ref<plan::Relation> firm = root("企业");
  plan::Ref<plan::Column> a = field(firm, "甲", ValueKind::Truth);
  plan::Ref<plan::Column> b = field(firm, "乙", ValueKind::Truth);
  plan::Ref<plan::Column> c = field(firm, "丙", ValueKind::Truth);
  plan::Ref<plan::Column> x = field(firm, "数", ValueKind::Number);
  plan::Ref<plan::Column> y = field(firm, "量", ValueKind::Number);

  plan::Ref<plan::Explain> truth_tree(ExplainOp op, std::vector<plan::Ref<plan::Explain>> const& children) {
    return explain(op, ValueKind::Truth, children);
  }
  plan::Ref<plan::Explain> negated(plan::Ref<plan::Explain> tree) { return truth_tree(ExplainOp::Not, {tree}); }
  plan::Ref<plan::Explain> always() {
    auto const tree = truth_tree(ExplainOp::Literal, {});
    at(tree)->number = 1;
    return tree;
  }
  plan::Ref<plan::Explain> at_least(std::int64_t count, std::vector<plan::Ref<plan::Explain>> const& children) {
    auto const tree = truth_tree(ExplainOp::AtLeastOf, children);
    at(tree)->number = count;
    return tree;
  }
};

std::vector<plan::Ref<plan::Explain>> tests_of(TestTree const& tree) {
  std::vector<plan::Ref<plan::Explain>> tests;
  if (tree.test.has_value()) tests.push_back(tree.test);
  for (auto const& member : tree.members)
    for (auto test : tests_of(member)) tests.push_back(test);
  return tests;
}

TEST_CASE("tests stand in the order of the source, whatever negation and joining made of the tree") {
  Facts facts;
  auto const a = facts.fact(facts.a), b = facts.fact(facts.b), c = facts.fact(facts.c);
  auto const tree = facts.truth_tree(ExplainOp::And, {facts.negated(facts.truth_tree(ExplainOp::Or, {a, b})),
                                                      facts.always(), facts.truth_tree(ExplainOp::And, {c})});
  auto const condition = facts.all({facts.truth(facts.a, true), facts.truth(facts.b, true), facts.truth(facts.c)});
  auto const found = test_tree(facts.plan, tree, condition);
  REQUIRE(found.has_value());
  bool const in_order = tests_of(*found) == std::vector{a, b, c};
  CHECK(in_order);

  auto const two = facts.all({facts.truth(facts.a, true), facts.truth(facts.b, true)});
  CHECK_FALSE(test_tree(facts.plan, tree, two).has_value());
}

TEST_CASE("fewer than two of three is two that are not") {
  Facts facts;
  auto const a = facts.fact(facts.a), b = facts.fact(facts.b), c = facts.fact(facts.c);
  auto const tree = facts.negated(facts.at_least(2, {a, b, c}));
  std::vector const members{facts.truth(facts.a, true), facts.truth(facts.b, true), facts.truth(facts.c, true)};
  CHECK(test_tree(facts.plan, tree, facts.join(ConditionKind::AtLeastOf, members, 2)).has_value());
  CHECK_FALSE(test_tree(facts.plan, tree, facts.join(ConditionKind::AtLeastOf, members, 1)).has_value());
  CHECK_FALSE(test_tree(facts.plan, tree, facts.join(ConditionKind::Or, members)).has_value());
}

// 甲 且 （乙 或 数 ≥ 5）
TEST_CASE("a row lacks what its open tests lack") {
  Facts facts;
  auto const enough = facts.truth_tree(ExplainOp::AtLeast, {facts.fact(facts.x), facts.number(5)});
  plan::Policy policy;
  policy.condition =
      facts.all({facts.truth(facts.a),
                 facts.join(ConditionKind::Or, {facts.truth(facts.b), facts.interval(facts.x, facts.literal(5))})});
  policy.explain_condition = facts.truth_tree(
      ExplainOp::And, {facts.fact(facts.a), facts.truth_tree(ExplainOp::Or, {facts.fact(facts.b), enough})});
  facts.policy(facts.firm, "P1", "政策", policy);
  for (auto const& fault : plan::verify(facts.plan)) FAIL(fault);

  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  auto const bound = bind(facts.plan, inputs);
  REQUIRE(bound.has_value());
  auto const layout = layout_of(facts.plan, facts.firm);
  REQUIRE(layout.has_value());
  constexpr std::optional<std::int64_t> none;
  auto builders = columns::make_builders(layout->fields);
  for (auto const& row :
       {Row{none, 1, none, none, none}, Row{1, none, none, none, none}, Row{none, none, none, 4, none},
        Row{none, none, none, none, none}, Row{1, 0, none, none, none}})
    for (std::size_t i = 0; i < row.size(); ++i) testing::TechnicalRenovation::put(builders[i], row[i]);
  auto const batch = columns::finish_batch(builders);

  Block block(*bound, batch, facts.firm, nullptr, genes::kernels());
  explain::Labeller labeller({facts.plan, bound->places, bound->inputs, batch, 0});
  Lacks lacks(*bound, batch, block, labeller);
  block.start(0, batch.row_count);
  std::uint64_t const rows = 0b11111;
  REQUIRE(lacks.find(0, WaitsIn::Condition, &rows));
  auto const names = [&](std::int64_t row) { return lacks.names(0, lacks.of(row)); };
  CHECK(names(0) == Names{"甲"});
  CHECK(names(1) == Names{"乙", "数"});
  CHECK(names(2) == Names{"乙", "甲"});
  CHECK(names(3) == Names{"乙", "数", "甲"});
  CHECK(names(4) == Names{"数"});
  for (std::int64_t row = 0; row < batch.row_count; ++row) CHECK(names(row) == labeller.label(row, 0).needs);
}

}  // namespace
}  // namespace huiyu::engine
