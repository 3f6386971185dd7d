// What must hold whatever the policies: the block engine says what the explanation says, and neither block size nor
// threads nor where a column begins can be seen in the results.

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match.h"
#include "runtime/explain/judge.h"
#include "runtime/plan/verify.h"
#include "tests/unit/runtime_engine/random_policies.h"

namespace huiyu::engine {
namespace {

RunInputs mid_2024() {
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  return inputs;
}

MatchResult run(BoundPlan const& bound, columns::Batch const& batch, Listing list, std::int64_t block_rows = 1024,
                int threads = 1) {
  MatchOptions options;
  options.list = list;
  options.block_rows = block_rows;
  options.threads = threads;
  auto result = match(bound, batch, nullptr, options);
  REQUIRE(result.has_value());
  return std::move(*result);
}

// The rows from `begin`, as a reader of a foreign array may hand them over: the same memory, bits at an offset.
columns::Batch slice(columns::Batch const& whole, std::int64_t begin, std::int64_t rows) {
  columns::Batch part;
  part.row_count = rows;
  for (auto const& column : whole.columns) {
    columns::Column one;
    one.storage = column.storage;
    one.owner = column.owner;
    one.validity = column.validity;
    one.offset = column.offset + begin;
    one.values = column.values;
    one.texts = column.texts;
    std::int64_t const bytes =
        column.storage == columns::Storage::Bit ? 0 : std::int64_t{1} << (static_cast<int>(column.storage) - 1);
    if (column.values != nullptr) one.values = static_cast<std::uint8_t const*>(column.values) + begin * bytes;
    if (column.items != nullptr) {
      one.starts.assign(column.starts.begin() + begin, column.starts.begin() + begin + rows + 1);
      one.items = std::make_unique<columns::Batch>(slice(*column.items, 0, column.items->row_count));
    }
    part.columns.push_back(std::move(one));
  }
  return part;
}

struct Case {
  testing::RandomPolicies policies;
  columns::Batch batch;
  Result<BoundPlan> bound;

  Case(std::uint64_t seed, int count, std::int64_t firms)
      : policies(seed, count),
        batch(policies.batch(*layout_of(policies.plan, policies.firm), firms)),
        bound(bind(policies.plan, mid_2024())) {
    for (auto const& fault : plan::verify(policies.plan)) FAIL(fault);
    REQUIRE(bound.has_value());
  }
};

TEST_CASE("the block engine says what the explanation says") {
  std::array<std::int64_t, 5> met{};
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Case const one(seed, 8, 60);
    auto const result = run(*one.bound, one.batch, Listing::all());
    REQUIRE(result.pairs.size() == one.policies.plan.policies.size() * 60);
    for (auto const& pair : result.pairs) {
      ++met[static_cast<std::size_t>(pair.outcome)];
      auto const label =
          explain::label({one.policies.plan, one.bound->places, one.bound->inputs, one.batch, pair.row}, pair.policy);
      bool const same = pair == label;
      if (same) continue;
      CAPTURE(pair.policy);
      CAPTURE(pair.row);
      CHECK(outcome_name(pair.outcome) == outcome_name(label.outcome));
      CHECK(pair.amount_fen == label.amount_fen);
      CHECK(same);
      return;
    }
  }
  // Every outcome occurs, or the law says little.
  for (auto count : met) CHECK(count > 50);
}

TEST_CASE("block size and threads never matter") {
  for (std::uint64_t seed = 100; seed < 104; ++seed) {
    Case const one(seed, 6, 2500);
    auto const expected = run(*one.bound, one.batch, Listing::all());
    for (std::int64_t block_rows : {1, 7, 64, 512, 1023, 1025, 5000})
      for (int threads : {1, 3}) {
        if (block_rows == 1 && threads == 1) continue;
        auto const result = run(*one.bound, one.batch, Listing::all(), block_rows, threads);
        CAPTURE(block_rows);
        CAPTURE(threads);
        CHECK(result.policies == expected.policies);
        bool const same = result.pairs == expected.pairs;
        CHECK(same);
      }
  }
}

TEST_CASE("what is listed never changes what is counted") {
  for (std::uint64_t seed = 200; seed < 210; ++seed) {
    Case const one(seed, 8, 200);
    auto const expected = run(*one.bound, one.batch, Listing::all());
    auto const eligible = run(*one.bound, one.batch, Listing::eligible());
    CHECK(run(*one.bound, one.batch, Listing::none()).policies == expected.policies);
    CHECK(eligible.policies == expected.policies);
    std::vector<PairOutcome> wanted;
    for (auto const& pair : expected.pairs)
      if (pair.outcome == Outcome::Eligible) wanted.push_back(pair);
    bool const same = eligible.pairs == wanted;
    CHECK(same);
  }
}

TEST_CASE("slices and bit offsets never matter") {
  Case const one(300, 10, 400);
  auto const whole = run(*one.bound, one.batch, Listing::all());
  for (std::int64_t begin : {1, 3, 8, 61, 255}) {
    std::int64_t const rows = 400 - begin - 5;
    auto const part = slice(one.batch, begin, rows);
    auto const result = run(*one.bound, part, Listing::all(), 64);
    std::vector<PairOutcome> wanted;
    for (auto pair : whole.pairs) {
      pair.row -= begin;
      if (pair.row >= 0 && pair.row < rows) wanted.push_back(std::move(pair));
    }
    bool const same = result.pairs == wanted;
    CAPTURE(begin);
    CHECK(same);
  }
}

TEST_CASE("no records: no pairs, and every policy counts nothing") {
  Case const one(400, 5, 0);
  auto const result = run(*one.bound, one.batch, Listing::all());
  CHECK(result.pairs.empty());
  for (auto const& counts : result.policies) CHECK(counts == PolicyCounts{});
}

}  // namespace
}  // namespace huiyu::engine
