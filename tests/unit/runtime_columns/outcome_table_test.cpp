// Listed pairs kept as numbers are the pairs that were given, by policy and row.

#include "runtime/columns/outcome_table.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

namespace huiyu {
namespace {

PairOutcome made(std::int64_t row, std::uint32_t policy, std::mt19937& random) {
  auto one_in = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)) == 0; };
  PairOutcome pair;
  pair.row = row;
  pair.policy = policy;
  pair.outcome = static_cast<Outcome>(random() % 5);
  if (one_in(2)) pair.amount_fen = static_cast<std::int64_t>(random()) - 1000;
  if (one_in(3)) pair.value = "类别" + std::to_string(random() % 4);
  if (one_in(3)) pair.needs = {"营业收入", "事实" + std::to_string(random() % 4)};
  if (one_in(5)) pair.parts = {{"设备", 100}, {"软件", static_cast<std::int64_t>(random() % 100)}};
  if (one_in(9)) pair.shares = {{"市", 1}, {"县", 2}};
  if (one_in(9)) pair.alerts = {{"薪酬虚高", "红色"}};
  return pair;
}

}  // namespace

TEST_CASE("pairs from several collectors, in any order, come back by policy and row") {
  constexpr std::int64_t records = 50;
  constexpr std::uint32_t policies = 4;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<PairOutcome> pairs;
    for (std::uint32_t policy = 0; policy < policies; ++policy)
      for (std::int64_t row = 0; row < records; ++row)
        if (random() % 3 != 0) pairs.push_back(made(row, policy, random));
    auto mixed = pairs;
    if (seed % 4 != 0) std::shuffle(mixed.begin(), mixed.end(), random);
    std::vector<OutcomeCollector> collectors(1 + seed % 3);
    for (auto& pair : mixed) collectors[random() % collectors.size()].add(std::move(pair));
    CHECK((OutcomeCollector::join(std::move(collectors), policies, records).pairs() == pairs));
  }
  CHECK(OutcomeCollector::join({}, policies, records).pairs().empty());
}

TEST_CASE("a text that many pairs have is kept once") {
  OutcomeCollector collector;
  for (std::int64_t row = 0; row < 9; ++row) {
    PairOutcome pair;
    pair.row = row;
    pair.value = "认定";
    pair.needs = {"营业收入"};
    collector.add(std::move(pair));
  }
  std::vector<OutcomeCollector> one;
  one.push_back(std::move(collector));
  auto const table = OutcomeCollector::join(std::move(one), 1, 9);
  CHECK(table.values.size() == 2);  // the first is nothing
  CHECK(table.needs.size() == 2);
  CHECK(table.besides.size() == 1);
}

TEST_CASE("all pairs of some policies, in any order, stand by policy and row") {
  OutcomeCollector collector;
  std::vector<std::uint32_t> const policies{1, 4};
  collector.expect_all(policies, 3);
  for (std::uint32_t row : {2U, 0U, 1U})
    for (std::uint32_t policy : {4U, 1U}) {
      OutcomeRow pair;
      pair.row = row;
      pair.policy = policy;
      collector.add(pair);
    }
  std::vector<OutcomeCollector> one;
  one.push_back(std::move(collector));
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  for (auto const& row : OutcomeCollector::join(std::move(one), 5, 3).rows) found.emplace_back(row.policy, row.row);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> const expected{{1, 0}, {1, 1}, {1, 2}, {4, 0}, {4, 1}, {4, 2}};
  CHECK((found == expected));
}

}  // namespace huiyu
