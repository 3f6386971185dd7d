// One record through the index is answered as it is among all others.

#include "runtime/portal/finder.h"

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/columns/builder.h"
#include "runtime/columns/take.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match.h"
#include "runtime/plan/verify.h"
#include "tests/unit/runtime_engine/random_policies.h"

namespace huiyu::portal {
namespace {

using testing::Ref;
using testing::ValueKind;

engine::BoundPlan bound(plan::Plan const& plan) {
  for (auto const& fault : plan::verify(plan)) FAIL(fault);
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  auto made = engine::bind(plan, inputs);
  REQUIRE(made.has_value());
  return std::move(*made);
}

std::vector<PairOutcome> matched(engine::BoundPlan const& bound, columns::Batch const& batch) {
  auto result = engine::match(bound, batch);
  REQUIRE(result.has_value());
  return std::move(result->pairs);
}

// Of all records, one after the other; by policy, then row. Amounts by themselves are the same.
std::vector<PairOutcome> found(Index const& index, engine::BoundPlan const& bound, columns::Batch const& batch) {
  Finder finder(index, bound);
  std::vector<PairOutcome> all;
  for (std::int64_t row = 0; row < batch.row_count; ++row) {
    auto const& pairs = finder.find(batch, row);
    all.insert(all.end(), pairs.begin(), pairs.end());
    auto const& awards = finder.awards(batch, row);
    CHECK(std::equal(pairs.begin(), pairs.end(), awards.begin(), awards.end(), [](auto const& pair, auto const& award) {
      return pair.policy == award.policy && pair.amount_fen == award.amount_fen;
    }));
  }
  std::sort(all.begin(), all.end(), [](PairOutcome const& a, PairOutcome const& b) {
    return std::pair(a.policy, a.row) < std::pair(b.policy, b.row);
  });
  return all;
}

TEST_CASE("a record by itself is answered as it is among all") {
  std::size_t met = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    testing::RandomPolicies policies(seed, 12);
    auto const plan = bound(policies.plan);
    auto const batch = policies.batch(*engine::layout_of(policies.plan, policies.firm), 50);
    auto const wanted = matched(plan, batch);
    met += wanted.size();
    CHECK(found(make_index(plan, policies.firm), plan, batch) == wanted);
    CHECK(found(make_index(plan, policies.firm, &batch), plan, batch) == wanted);
  }
  CHECK(met > 5000);
}

TEST_CASE("a finder goes from batch to batch") {
  testing::RandomPolicies policies(3, 20);
  auto const plan = bound(policies.plan);
  auto const batch = policies.batch(*engine::layout_of(policies.plan, policies.firm), 40);
  auto const index = make_index(plan, policies.firm);
  Finder finder(index, plan);
  std::vector<PairOutcome> all;
  for (std::int64_t row = 0; row < batch.row_count; ++row) {
    columns::Batch one;
    one.row_count = 1;
    for (auto const& column : batch.columns) one.columns.push_back(columns::take(column, {row}));
    for (auto pair : finder.find(one)) {
      pair.row = row;
      all.push_back(std::move(pair));
    }
  }
  CHECK(all == [&] {
    auto pairs = matched(plan, batch);
    std::sort(pairs.begin(), pairs.end(), [](PairOutcome const& a, PairOutcome const& b) {
      return std::pair(a.row, a.policy) < std::pair(b.row, b.policy);
    });
    return pairs;
  }());
}

// Policies of a province, its cities and counties; regions are numbers from 0, those of a city side by side.
struct Places : testing::PlanMaker {
  Ref<plan::Relation> firm = root("企业");
  Ref<plan::Enumeration> regions = enumeration("地区", {"省", "甲市", "甲县", "乙县", "乙市", "丙县"});
  Ref<plan::Enumeration> trades = enumeration("行业", {"农", "工", "商", "文", "医"});
  Ref<plan::Column> region = entry(firm, "注册地", regions), trade = entry(firm, "行业", trades);
  Ref<plan::Column> income = field(firm, "营业收入", ValueKind::Number), good = field(firm, "规上", ValueKind::Truth);
  int count = 0;

  void policy_of(Ref<plan::ClassSet> place, std::vector<Ref<plan::Condition>> const& conditions) {
    plan::Policy row;
    if (place.has_value()) row.applies = belongs(region, place);
    if (!conditions.empty()) row.condition = all(conditions);
    policy(firm, "P" + std::to_string(++count), "政策", row);
  }
  Ref<plan::Condition> at_least(std::int64_t low) { return interval(income, literal(low)); }
  Ref<plan::Condition> below(std::int64_t high) { return interval(income, literal(high), {}, true); }
};

TEST_CASE("places, ends of intervals, sets and what is missing") {
  Places plan;
  auto const province = plan.classes({{0, 5}}), city = plan.classes({{1, 3}}),
             county = plan.classes({{2, 2}}, {{0, 1}});
  plan.policy_of(province, {plan.at_least(100)});
  plan.policy_of(city, {plan.below(100)});
  plan.policy_of(county, {});
  plan.policy_of({}, {plan.at_least(100), plan.below(101)});
  plan.policy_of(county, {plan.at_least(100), plan.below(100)});  // nobody's
  plan.policy_of(province, {plan.belongs(plan.trade, plan.classes({{1, 1}, {3, 3}}))});
  plan.policy_of(city, {plan.belongs(plan.trade, plan.classes({{1, 1}, {3, 3}}), true), plan.truth(plan.good)});
  plan.policy_of(province, {plan.truth(plan.good, true), plan.below(50)});
  plan.policy_of(
      province,
      {plan.join(plan::ConditionKind::AtLeastOf,
                 {plan.at_least(100), plan.truth(plan.good), plan.belongs(plan.trade, plan.classes({{4, 4}}))}, 2)});
  auto const bound_plan = bound(plan.plan);
  auto const layout = *engine::layout_of(plan.plan, plan.firm);
  auto builders = columns::make_builders(layout.fields);
  constexpr std::int64_t incomes[] = {-1, 49, 50, 99, 100, 101, 1'000'000};
  auto const put = [](columns::ColumnBuilder& builder, std::int64_t value) {
    if (value < 0)
      builder.add_missing();
    else
      builder.add(value);
  };
  for (std::int64_t region = -1; region < 6; ++region)
    for (std::int64_t trade = -1; trade < 5; ++trade)
      for (auto const income : incomes)
        for (std::int64_t good = -1; good < 2; ++good) {
          put(builders[0], region);
          put(builders[1], trade);
          put(builders[2], income);
          put(builders[3], good);
        }
  auto const batch = columns::finish_batch(builders);
  auto const wanted = matched(bound_plan, batch);
  auto const index = make_index(bound_plan, plan.firm);
  CHECK(found(index, bound_plan, batch) == wanted);
  CHECK(found(make_index(bound_plan, plan.firm, &batch), bound_plan, batch) == wanted);
  CHECK(index.places.size() == 4);
  // Each policy that somebody can meet stands in one place, under one of its tests.
  std::vector<std::uint32_t> met;
  for (auto const& pair : wanted) met.push_back(pair.policy);
  met.erase(std::unique(met.begin(), met.end()), met.end());
  CHECK(met == std::vector<std::uint32_t>{0, 1, 2, 3, 5, 6, 7, 8});
}

TEST_CASE("policies out of force are not found") {
  Places plan;
  plan.policy_of({}, {});
  plan.policy_of({}, {});
  plan.plan.policies[0].valid_until = days_from_civil({2023, 12, 31});
  auto const bound_plan = bound(plan.plan);
  auto builders = columns::make_builders(engine::layout_of(plan.plan, plan.firm)->fields);
  for (auto& builder : builders) builder.add_missing();
  auto const batch = columns::finish_batch(builders);
  auto const index = make_index(bound_plan, plan.firm);
  Finder finder(index, bound_plan);
  REQUIRE(finder.find(batch).size() == 1);
  CHECK(finder.find(batch)[0].policy == 1);
}

}  // namespace
}  // namespace huiyu::portal
