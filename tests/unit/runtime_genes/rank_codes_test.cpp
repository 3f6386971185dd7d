#include "runtime/genes/rank_codes.h"

#include <limits>
#include <random>

#include <doctest/doctest.h>

namespace huiyu::genes {
namespace {

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

bool holds(CodeSet const& set, Code code) {
  for (auto const& one : set)
    if (one.contains(code)) return true;
  return false;
}

RankCodes codes_of(std::vector<ValueSet> const& sets) {
  std::vector<std::int64_t> edges;
  for (auto const& set : sets) RankCodes::add_edges(set, edges);
  return *RankCodes::of_edges(std::move(edges));
}

TEST_CASE("a value's code counts the constants that are not above it") {
  auto const codes = *RankCodes::of_edges({20, 10, 20, 30});
  CHECK(codes.code(least) == 1);
  CHECK(codes.code(9) == 1);
  CHECK(codes.code(10) == 2);
  CHECK(codes.code(19) == 2);
  CHECK(codes.code(20) == 3);
  CHECK(codes.code(greatest) == 4);
  CHECK(codes.top() == 4);
}

TEST_CASE("a complement holds what the set does not, to the ends of the integers") {
  CHECK(complement({}) == ValueSet{{least, greatest}});
  CHECK(complement({{least, greatest}}).empty());
  CHECK(complement({{least, 3}, {7, greatest}}) == ValueSet{{4, 6}});
  CHECK(complement({{4, 6}}) == ValueSet{{least, 3}, {7, greatest}});
  CHECK(complement(complement({{-2, -1}, {5, 9}})) == ValueSet{{-2, -1}, {5, 9}});
}

TEST_CASE("codes answer as values do, for either sign, and never for what is missing") {
  std::mt19937_64 random(17);
  for (int round = 0; round < 200; ++round) {
    std::vector<ValueSet> sets{{{least, 0}}, {{0, greatest}}, {{least, greatest}}, {}};
    for (int k = 0; k < 20; ++k) {
      ValueSet set;
      auto from = static_cast<std::int64_t>(random() % 50) - 25;
      for (auto runs = random() % 4; runs > 0; --runs) {
        auto const to = from + static_cast<std::int64_t>(random() % 7);
        set.push_back({from, to});
        from = to + 2 + static_cast<std::int64_t>(random() % 5);
      }
      sets.push_back(set);
    }
    auto const codes = codes_of(sets);
    for (auto const& set : sets) {
      auto const yes = codes.codes(set), no = codes.codes(complement(set));
      CHECK(!holds(yes, missing_code));
      CHECK(!holds(no, missing_code));
      for (auto value : {least, std::int64_t{-26}, std::int64_t{0}, std::int64_t{1}, greatest}) {
        CHECK(holds(yes, codes.code(value)) == contains(set, value));
        CHECK(holds(no, codes.code(value)) == !contains(set, value));
      }
      for (std::int64_t value = -30; value < 60; ++value) {
        REQUIRE(holds(yes, codes.code(value)) == contains(set, value));
        REQUIRE(holds(no, codes.code(value)) == !contains(set, value));
      }
    }
  }
}

TEST_CASE("codes of near edges, which are looked up, are those of edges far apart, which are searched for") {
  constexpr std::int64_t far = 1'000'000'007;
  std::mt19937_64 random(3);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::int64_t> near_edges, far_edges;
    for (auto left = random() % 40; left > 0; --left) {
      near_edges.push_back(static_cast<std::int64_t>(random() % 200) - 100);
      far_edges.push_back(near_edges.back() * far);
    }
    auto const near_codes = *RankCodes::of_edges(near_edges), far_codes = *RankCodes::of_edges(far_edges);
    for (std::int64_t value = -110; value < 110; ++value) {
      REQUIRE(near_codes.code(value) == far_codes.code(value * far));
      REQUIRE(near_codes.code(value) == far_codes.code(value * far + 1));
      REQUIRE(near_codes.code(value - 1) == far_codes.code(value * far - 1));
    }
    CHECK(near_codes.code(least) == 1);
    CHECK(near_codes.code(greatest) == near_codes.top());
  }
}

TEST_CASE("a column has 65,534 edges at most") {
  std::vector<std::int64_t> edges;
  while (edges.size() < 65'534) edges.push_back(static_cast<std::int64_t>(edges.size()) * 1000);
  CHECK(RankCodes::of_edges(edges)->code(greatest) == 65'535);
  edges.push_back(-77);
  CHECK(!RankCodes::of_edges(edges));
}

}  // namespace
}  // namespace huiyu::genes
