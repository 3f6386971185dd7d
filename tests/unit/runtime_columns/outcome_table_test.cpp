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
    CHECK((OutcomeCollector::join(std::move(collectors), policies).pairs() == pairs));
  }
  CHECK(OutcomeCollector::join({}, policies).pairs().empty());
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
  auto const table = OutcomeCollector::join(std::move(one), 1);
  CHECK(table.values.size() == 2);  // the first is nothing
  CHECK(table.needs.size() == 2);
  CHECK(table.besides.size() == 1);
}

TEST_CASE("all pairs of some policies, in any order, stand by policy and row") {
  OutcomeCollector collector;
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
  for (auto const& row : OutcomeCollector::join(std::move(one), 5).rows) found.emplace_back(row.policy, row.row);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> const expected{{1, 0}, {1, 1}, {1, 2}, {4, 0}, {4, 1}, {4, 2}};
  CHECK((found == expected));
}

TEST_CASE("rows are read as they were written, whatever their amounts take and however many are alike") {
  std::mt19937 random(3);
  std::vector<OutcomeRow> expected;
  OutcomeRows rows;
  for (std::uint32_t policy = 0; policy < 3; ++policy)
    for (std::uint32_t row = 0; row < 10'000; ++row) {
      OutcomeRow one;
      one.policy = policy, one.row = row;
      one.has_amount = random() % 4 != 0;
      if (one.has_amount)
        one.amount_fen = policy == 2 ? std::int64_t{1} << (row % 60) : static_cast<std::int64_t>(random());
      if (policy != 0) one.needs = static_cast<std::uint32_t>(random() % 3);
      if (policy == 1) one.besides = row;  // more kinds of rows than 16 bits count
      expected.push_back(one);
      rows.push_back(one);
    }
  rows.close();
  CHECK((std::vector<OutcomeRow>(rows.begin(), rows.end()) == expected));
  REQUIRE(rows.size() == expected.size());
  for (std::size_t at = 0; at < expected.size(); at += 997) CHECK((rows[at] == expected[at]));
  CHECK((std::vector<OutcomeRow>(rows.from(12'345), rows.from(12'347)) ==
         std::vector<OutcomeRow>(expected.begin() + 12'345, expected.begin() + 12'347)));

  rows.keep_if([](OutcomeRow const& row) { return row.row % 3 == 0; });
  std::erase_if(expected, [](OutcomeRow const& row) { return row.row % 3 != 0; });
  CHECK((std::vector<OutcomeRow>(rows.begin(), rows.end()) == expected));
}

TEST_CASE("rows that are numbered anew come by their new numbers, each with its amount") {
  std::vector<std::int64_t> const order{7, 2, 9, 0, 5};
  std::vector<OutcomeRows> lists(2);
  for (std::uint32_t row = 0; row < order.size(); ++row) lists[row % 2].push_paid(4, row, 100 + row);
  for (auto& list : lists) list.renumber(order);
  std::vector<std::pair<std::uint32_t, std::int64_t>> found;
  for (auto const& row : OutcomeRows::join(std::move(lists), 5)) found.emplace_back(row.row, row.amount_fen);
  std::vector<std::pair<std::uint32_t, std::int64_t>> const expected{{0, 103}, {2, 101}, {5, 104}, {7, 100}, {9, 102}};
  CHECK((found == expected));
}

}  // namespace huiyu
