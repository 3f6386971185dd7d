// Clauses of the corpus, bound and matched: what each firm gets, and what is missing where nobody can say.

#include "tests/unit/runtime_explain/clauses.h"

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/engine/match.h"
#include "runtime/plan/verify.h"

namespace huiyu::engine {
namespace {

using testing::wan;

RunInputs mid_2024() {
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  return inputs;
}

MatchResult run(plan::Plan const& plan, columns::Batch const& batch) {
  for (auto const& fault : plan::verify(plan)) FAIL(fault);
  auto const bound = bind(plan, mid_2024());
  REQUIRE(bound.has_value());
  MatchOptions options;
  options.list = Listing::all();
  auto result = match(*bound, batch, nullptr, options);
  REQUIRE(result.has_value());
  return std::move(*result);
}

PairOutcome expected(std::int64_t row, Outcome outcome, std::optional<std::int64_t> amount = {},
                     std::vector<std::string> needs = {}) {
  PairOutcome pair;
  pair.row = row;
  pair.outcome = outcome;
  pair.amount_fen = amount;
  pair.needs = std::move(needs);
  return pair;
}

TEST_CASE("S1: each project counts alone, and 20% of those that count is paid") {
  testing::TechnicalRenovation clause;
  auto const result = run(clause.plan, clause.batch({
                                           {1, 2, {{{200 * wan, 1}}}},
                                           {1, 2, {{{100 * wan, 1}}}},
                                           {1, 2, {{{100 * wan - 1, 1}}}},
                                           {1, 3, {{{100'000'003, 1}}}},
                                           {1, 2, {{{60 * wan, 1}, {60 * wan, 1}}}},
                                           {1, 2, {{{120 * wan, 1}, {60 * wan, 1}}}},
                                           {1, 2, {{{120 * wan, 0}, {100 * wan, 1}}}},
                                           {1, 2, {{}}},
                                           {1, 1, {{{200 * wan, 1}}}},
                                           {0, 2, {{{200 * wan, 1}}}},
                                       }));
  std::vector<PairOutcome> const wanted{
      expected(0, Outcome::Eligible, 40 * wan), expected(1, Outcome::Eligible, 20 * wan),
      expected(2, Outcome::Ineligible),         expected(3, Outcome::Eligible, 20'000'001),
      expected(4, Outcome::Ineligible),         expected(5, Outcome::Eligible, 24 * wan),
      expected(6, Outcome::Eligible, 20 * wan), expected(7, Outcome::Ineligible),
      expected(8, Outcome::Ineligible),         expected(9, Outcome::Ineligible)};
  CHECK(result.pairs == wanted);
  CHECK(result.policies[0].of(Outcome::Eligible) == 5);
  CHECK(result.policies[0].of(Outcome::Ineligible) == 5);
  CHECK(result.policies[0].sum_fen == 40 * wan + 20 * wan + 20'000'001 + 24 * wan + 20 * wan);
}

TEST_CASE("S1: what is missing leaves open only what hangs on it") {
  testing::TechnicalRenovation clause;
  auto const result = run(clause.plan, clause.batch({
                                           {1, 2, {{{std::nullopt, 1}}}},
                                           {1, 2, {{{120 * wan, 1}, {std::nullopt, 1}}}},
                                           {0, 2, std::nullopt},
                                           {1, 2, std::nullopt},
                                           {1, std::nullopt, {{{200 * wan, 1}}}},
                                           {std::nullopt, std::nullopt, std::nullopt},
                                           {1, 2, {{{std::nullopt, 0}, {120 * wan, 1}}}},
                                       }));
  std::vector<PairOutcome> const wanted{expected(0, Outcome::Unknown, {}, {"技改项目.设备投资额"}),
                                        expected(1, Outcome::Eligible, {}, {"技改项目.设备投资额"}),
                                        expected(2, Outcome::Ineligible),
                                        expected(3, Outcome::Unknown, {}, {"技改项目"}),
                                        expected(4, Outcome::Unknown, {}, {"划型"}),
                                        expected(5, Outcome::Unknown, {}, {"专精特新", "划型", "技改项目"}),
                                        expected(6, Outcome::Eligible, 24 * wan)};
  auto sorted = wanted;
  for (auto& pair : sorted) std::sort(pair.needs.begin(), pair.needs.end());
  CHECK(result.pairs == sorted);
  CHECK(result.policies[0].pending == 1);
  CHECK(result.policies[0].of(Outcome::Eligible) == 2);
  CHECK(result.policies[0].of(Outcome::Unknown) == 4);
}

TEST_CASE("N4: excluded industries, a figure that is stated in 分 and a code too coarse to tell") {
  testing::SuperDeduction clause;
  auto const result = run(clause.plan, clause.batch({{5, 1000 * wan},
                                                     {3, 1000 * wan},
                                                     {45, 1},
                                                     {50, 1},
                                                     {50, 1'234'567'890'123},
                                                     {std::nullopt, 1},
                                                     {45, std::nullopt},
                                                     {50, std::nullopt},
                                                     {4, 1},
                                                     {50, -1}}));
  std::vector<PairOutcome> const wanted{expected(0, Outcome::Eligible, 1000 * wan),
                                        expected(1, Outcome::Ineligible),
                                        expected(2, Outcome::Ineligible),
                                        expected(3, Outcome::Eligible, 1),
                                        expected(4, Outcome::Eligible, 1'234'567'890'123),
                                        expected(5, Outcome::Unknown, {}, {"行业代码"}),
                                        expected(6, Outcome::Ineligible),
                                        expected(7, Outcome::Eligible, {}, {"研发费用"}),
                                        expected(8, Outcome::Unknown, {}, {"行业代码"}),
                                        expected(9, Outcome::Error)};
  CHECK(result.pairs == wanted);
}

TEST_CASE("a policy that is not in force applies to nobody") {
  testing::SuperDeduction clause;
  clause.plan.policies[0].valid_until = days_from_civil({2024, 6, 29});
  auto const result = run(clause.plan, clause.batch({{5, 1}, {std::nullopt, 1}}));
  CHECK(result.policies[0].of(Outcome::NotApplicable) == 2);
  CHECK(result.pairs[0] == expected(0, Outcome::NotApplicable));
}

}  // namespace
}  // namespace huiyu::engine
