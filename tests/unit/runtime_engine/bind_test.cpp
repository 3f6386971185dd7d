// From a release to one run: dates, parameters, what records state themselves, and what nobody can run yet.

#include "runtime/engine/bind.h"

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match.h"
#include "runtime/plan/verify.h"
#include "tests/unit/runtime_explain/clauses.h"

namespace huiyu::engine {
namespace {

using plan::ExplainOp;
using plan::Op;
using plan::ValueKind;
using testing::Formula;
using testing::PlanMaker;
using Row = std::vector<std::optional<std::int64_t>>;

RunInputs on(std::int32_t year, std::int32_t month, std::int32_t day) {
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({year, month, day});
  return inputs;
}

// Matches records whose scalar fields are given in the order of the layout; all outcomes are listed.
std::vector<PairOutcome> run(PlanMaker const& maker, plan::Ref<plan::Relation> subject, RunInputs const& inputs,
                             std::vector<Row> const& rows) {
  for (auto const& fault : plan::verify(maker.plan)) FAIL(fault);
  auto const layout = layout_of(maker.plan, subject, inputs.given_definitions);
  REQUIRE(layout.has_value());
  auto builders = columns::make_builders(layout->fields);
  for (auto const& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) testing::TechnicalRenovation::put(builders[i], row[i]);
  auto const batch = columns::finish_batch(builders);
  auto const bound = bind(maker.plan, inputs);
  REQUIRE_MESSAGE(bound.has_value(), (bound ? "" : bound.error().message));
  MatchOptions options;
  options.list = Listing::all();
  auto result = match(*bound, batch, nullptr, options);
  REQUIRE(result.has_value());
  return std::move(result->pairs);
}
std::vector<Outcome> outcomes(std::vector<PairOutcome> const& pairs) {
  std::vector<Outcome> all;
  for (auto const& pair : pairs) all.push_back(pair.outcome);
  return all;
}

// 裁员率 不高于 城镇调查失业率控制目标, both as ratios of 4 and 3 decimals.
struct LayoffRate : PlanMaker {
  plan::Ref<plan::Relation> firm = root("企业");
  plan::Ref<plan::Column> rate = field(firm, "裁员率", ValueKind::Number, columns::Measure::Ratio, 4);
  plan::Ref<plan::Parameter> target = parameter("控制目标", 3,
                                                {{days_from_civil({2022, 1, 1}), days_from_civil({2023, 12, 31}), 55},
                                                 {days_from_civil({2024, 1, 1}), days_from_civil({2024, 12, 31}), 50}});
  LayoffRate() {
    plan::Policy row;
    // 裁员率 ≤ target is not (裁员率 ≥ the least integer above target × 10^4).
    row.condition = interval(rate, parameter_constant(target, 1, plan::BoundRule::Above), {}, true);
    auto const limit = explain(ExplainOp::Parameter, ValueKind::Number);
    at(limit)->parameter = target;
    row.explain_condition = explain(ExplainOp::AtMost, ValueKind::Truth, {fact(rate), limit});
    policy(firm, "N5", "稳岗返还", row);
  }
};

TEST_CASE("a parameter is that of the reference date, and past what is known of it nobody can say") {
  LayoffRate const clause;
  std::vector<Row> const rows{{500}, {501}, {550}, {551}, {std::nullopt}};
  using enum Outcome;
  CHECK(outcomes(run(clause, clause.firm, on(2024, 6, 30), rows)) ==
        std::vector{Eligible, Ineligible, Ineligible, Ineligible, Unknown});
  CHECK(outcomes(run(clause, clause.firm, on(2023, 6, 30), rows)) ==
        std::vector{Eligible, Eligible, Eligible, Ineligible, Unknown});
  auto const later = run(clause, clause.firm, on(2025, 1, 1), rows);
  CHECK(outcomes(later) == std::vector{Unknown, Unknown, Unknown, Unknown, Unknown});
  CHECK(later[0].needs == std::vector<std::string>{"控制目标"});
  CHECK(later[4].needs == std::vector<std::string>{"控制目标", "裁员率"});
}

// 定义 人均产值 = 产值 ÷ 人数, a quotient; 人均产值 100以上.
struct PerHead : PlanMaker {
  plan::Ref<plan::Relation> firm = root("企业");
  plan::Ref<plan::Column> output = field(firm, "产值", ValueKind::Number);
  plan::Ref<plan::Column> staff = field(firm, "人数", ValueKind::Number);
  plan::Ref<plan::Column> per_head;
  PerHead() {
    Formula above;
    above.node(Op::Multiply, {above.input(output), above.node(Op::Sign, {above.input(staff)})});
    Formula below;
    below.node(Op::NonZero, {below.node(Op::Absolute, {below.input(staff)})});
    plan::Derived how;
    how.kind = plan::DerivedKind::Quotient;
    how.value = program(firm, like(ValueKind::Number), above);
    how.denominator = program(firm, like(ValueKind::Number), below);
    auto column = like(ValueKind::Quotient);
    column.proved_low = -1'000'000;
    column.proved_high = 1'000'000;
    per_head = derived(firm, column, how, "人均产值");
    plan::Atom atom;
    atom.kind = plan::AtomKind::QuotientInterval;
    atom.column = per_head;
    atom.low = literal(201);
    atom.denominator = literal(2);
    plan::Policy row;
    row.condition = test(atom);
    auto const divided = explain(ExplainOp::Divide, ValueKind::Number, {fact(output), fact(staff)});
    row.explain_condition =
        explain(ExplainOp::AtLeast, ValueKind::Truth, {definition("人均产值", divided, per_head), number(1005, 1)});
    policy(firm, "Q", "人均", row);
  }
};

TEST_CASE("a quotient against a constant multiplies out, and a zero divisor is an error") {
  PerHead const clause;
  using enum Outcome;
  CHECK(outcomes(run(
            clause, clause.firm, on(2024, 6, 30),
            {{201, 2}, {200, 2}, {-201, -2}, {7, 0}, {std::nullopt, 0}, {std::nullopt, 1}, {1005, 10}, {1004, 10}})) ==
        std::vector{Eligible, Ineligible, Eligible, Error, Error, Unknown, Eligible, Ineligible});
}

TEST_CASE("a definition that the records state stands, and is itself what is missing") {
  PerHead const clause;
  auto inputs = on(2024, 6, 30);
  inputs.given_definitions = {"人均产值", "没有这个定义"};
  auto const layout = *layout_of(clause.plan, clause.firm, inputs.given_definitions);
  REQUIRE(layout.fields.size() == 3);
  CHECK(layout.fields[2].name == "人均产值");
  auto const pairs = run(clause, clause.firm, inputs, {{1, 1, 101}, {1000, 1, 100}, {1000, 1, std::nullopt}});
  using enum Outcome;
  CHECK(outcomes(pairs) == std::vector{Eligible, Ineligible, Unknown});
  CHECK(pairs[2].needs == std::vector<std::string>{"人均产值"});
}

TEST_CASE("policies about several kinds of records: the caller says which") {
  LayoffRate clause;
  auto const loan = clause.root("贷款");
  clause.policy(loan, "L", "贴息");
  CHECK_FALSE(only_subject(clause.plan).has_value());
  auto const found = find_relation(clause.plan, "贷款");
  REQUIRE(found.has_value());
  CHECK(*found == loan);
  CHECK_FALSE(find_relation(clause.plan, "城市").has_value());
}

}  // namespace
}  // namespace huiyu::engine
