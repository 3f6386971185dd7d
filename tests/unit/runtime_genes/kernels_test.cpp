#include "runtime/genes/kernels.h"

#include <algorithm>
#include <array>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace huiyu::genes {
namespace {

constexpr std::int64_t words = 5;

// Signed values around the ends of their type and around 0.
template <class Value> std::vector<Value> values(std::mt19937_64& random) {
  using Limits = std::numeric_limits<Value>;
  std::vector<Value> all;
  for (std::int64_t i = 0; i < words * 64; ++i) {
    auto const near = static_cast<Value>(random() % 5);
    switch (random() % 4) {
      case 0: all.push_back(static_cast<Value>(Limits::min() + near)); break;
      case 1: all.push_back(static_cast<Value>(Limits::max() - near)); break;
      case 2: all.push_back(static_cast<Value>(near - 2)); break;
      default: all.push_back(static_cast<Value>(random()));
    }
  }
  return all;
}

template <class Value> void check_inside(InsideTest Kernels::* test) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 300; ++round) {
    auto const data = values<Value>(random);
    auto const ends = values<Value>(random);
    auto const low = std::min(ends[0], ends[1]), high = std::max(ends[0], ends[1]);
    std::array<std::uint64_t, words> rows{};
    for (auto& word : rows) word = random() | random();
    for (auto const* kernels : all_kernels())
      for (std::uint64_t flip : {std::uint64_t{0}, ~std::uint64_t{0}}) {
        std::array<std::uint64_t, words> bits{};
        (kernels->*test)(data.data(), words, static_cast<std::uint64_t>(low),
                         static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low), {rows.data(), flip},
                         bits.data());
        for (std::size_t i = 0; i < data.size(); ++i) {
          CAPTURE(kernels->name);
          bool const is_asked = ((rows[i / 64] >> (i % 64)) & 1) != 0;
          bool const inside = low <= data[i] && data[i] <= high;
          REQUIRE((((bits[i / 64] >> (i % 64)) & 1) != 0) == (is_asked && inside == (flip == 0)));
        }
      }
  }
}

TEST_CASE("every variant tests intervals as the language compares integers") {
  check_inside<std::int8_t>(&Kernels::inside8);
  check_inside<std::int16_t>(&Kernels::inside16);
  check_inside<std::int32_t>(&Kernels::inside32);
  check_inside<std::int64_t>(&Kernels::inside64);
}

TEST_CASE("every variant finds the bytes of a set") {
  std::mt19937_64 random(6);
  for (int round = 0; round < 300; ++round) {
    ByteSet set;
    for (auto members = random() % 256; members > 0; --members) set.add(static_cast<std::uint8_t>(random()));
    std::vector<std::uint8_t> data;
    for (std::int64_t i = 0; i < words * 64; ++i) data.push_back(static_cast<std::uint8_t>(random()));
    for (auto const* kernels : all_kernels()) {
      std::array<std::uint64_t, words> bits{};
      kernels->in_set8(data.data(), words, set, bits.data());
      for (std::size_t i = 0; i < data.size(); ++i) {
        CAPTURE(kernels->name);
        REQUIRE(((bits[i / 64] >> (i % 64)) & 1) == ((set.words[data[i] / 64] >> (data[i] % 64)) & 1));
      }
    }
  }
}

// Bitmaps of some literals, made when a sweep asks; what it asks for and takes.
struct Asked {
  std::vector<SweepRows> bitmaps;
  std::vector<std::uint64_t> are_made{0};
  std::vector<std::uint32_t> made, taken;
  std::vector<SweepRows> rows;

  // Each literal with the same bits in all its words.
  explicit Asked(std::vector<std::uint64_t> const& bits) : bitmaps(bits.size()) {
    for (std::size_t i = 0; i < bits.size(); ++i)
      for (auto& word : bitmaps[i].words) word = bits[i];
  }
  void sweep(Kernels const& kernels, std::vector<SweepNode> const& nodes, std::vector<std::uint32_t> const& literals,
             std::vector<std::uint32_t> const& groups, SweepRows const& all) {
    Sweep sweep;
    sweep.nodes = nodes.data();
    sweep.end = nodes.data() + nodes.size();
    sweep.literals = literals.data();
    sweep.groups = groups.data();
    sweep.bitmaps = bitmaps.data();
    sweep.made = are_made.data();
    sweep.makings = bitmaps.data();
    sweep.context = this;
    sweep.make = [](void* self, std::uint32_t literal, SweepRows const&) {
      auto& asked = *static_cast<Asked*>(self);
      asked.are_made[0] |= std::uint64_t{1} << literal;
      asked.made.push_back(literal);
    };
    sweep.take = [](void* self, std::uint32_t policy, SweepRows const& found) {
      auto& asked = *static_cast<Asked*>(self);
      asked.taken.push_back(policy);
      asked.rows.push_back(found);
    };
    kernels.sweep(sweep, all);
  }
};

SweepRows all_rows() {
  SweepRows rows;
  for (auto& word : rows.words) word = ~std::uint64_t{0};
  rows.words[7] >>= 60;
  return rows;
}

// a: [0] → b: [1 2] (policy 7), c: [3] (policy 8); d: [4] (policy 9), its twin
// without literals (policy 10).
TEST_CASE("a sweep asks for each bitmap once and goes past what has died") {
  std::vector<SweepNode> const nodes{{0, 3, no_policy, 0, 0, 1, 0},
                                     {1, 2, 7, 0, 0, 2, 1},
                                     {3, 3, 8, 0, 0, 1, 1},
                                     {4, 4, 9, 0, 0, 1, 0},
                                     {5, 5, 10, 0, 0, 0, 0}};
  for (auto const* kernels : all_kernels()) {
    CAPTURE(kernels->name);
    Asked asked({~std::uint64_t{0}, 0, ~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}});
    asked.bitmaps[1].words[7] = std::uint64_t{1} << 63;  // none of the block's rows: all die, nobody asks for 2
    asked.sweep(*kernels, nodes, {0, 1, 2, 3, 4}, {}, all_rows());
    CHECK(asked.made == std::vector<std::uint32_t>{0, 1, 3, 4});
    CHECK(asked.taken == std::vector<std::uint32_t>{8, 9, 10});
    for (auto const& rows : asked.rows) CHECK(rows.words[7] == 15);
  }
}

TEST_CASE("groups join what their members hold, and ask no more than they must") {
  auto const literal = [](std::uint32_t number) { return number * 4; };
  auto const all = static_cast<std::uint32_t>(SweepGroup::And), some = static_cast<std::uint32_t>(SweepGroup::Or);
  // 0 or (1 and 2) or 3; then 4.
  std::vector<std::uint32_t> const groups{some, 8, literal(0), all, 7, literal(1), literal(2), literal(3), literal(4)};
  std::vector<SweepNode> const nodes{{0, 1, 5, 0, 9, 0, 0}, {0, 2, 6, 8, 9, 0, 0}};
  for (auto const* kernels : all_kernels()) {
    CAPTURE(kernels->name);
    Asked asked({0b0001, 0b0110, 0b1010, 0b1000, 0b1011});
    SweepRows rows{};
    rows.words[3] = 0b1111;
    asked.sweep(*kernels, nodes, {}, groups, rows);
    CHECK(asked.taken == std::vector<std::uint32_t>{5, 6});
    CHECK(asked.rows.front().words[3] == 0b1011);
    CHECK(asked.made.size() == 5);
    // The rows of 0 alone: whoever stands after it is not asked.
    Asked few({0b0001, 0b0110, 0b1010, 0b1000, 0b1011});
    rows.words[3] = 0b0001;
    few.sweep(*kernels, nodes, {}, groups, rows);
    CHECK(few.made == std::vector<std::uint32_t>{0, 4});
  }
}

TEST_CASE("the plain variant is always there, and the last one is used") {
  CHECK(std::string(all_kernels().front()->name) == "plain");
  CHECK(&kernels() == all_kernels().back());
}

TEST_CASE("every variant finds the intervals that hold a code, of all columns asked for") {
  std::mt19937_64 random(8);
  for (int round = 0; round < 200; ++round) {
    std::vector<StabGroup> groups;
    std::vector<std::uint16_t> codes, lows, spans;
    for (std::uint32_t slot = 0; slot < 5; ++slot) {
      codes.push_back(static_cast<std::uint16_t>(random() % 3 == 0 ? random() : random() % 8));
      auto const begin = static_cast<std::uint32_t>(lows.size());
      for (auto left = random() % 90; left > 0; --left) {
        lows.push_back(static_cast<std::uint16_t>(random() % 3 == 0 ? random() : random() % 8));
        spans.push_back(static_cast<std::uint16_t>(random() % 3 == 0 ? 0xFFFF : random() % 4));
      }
      groups.push_back({slot, begin, static_cast<std::uint32_t>(lows.size())});
    }
    std::shuffle(groups.begin(), groups.end(), random);
    std::vector<std::uint32_t> wanted;
    for (auto const& group : groups)
      for (auto i = group.begin; i < group.end; ++i)
        if (static_cast<std::uint16_t>(codes[group.slot] - lows[i]) <= spans[i]) wanted.push_back(i);
    lows.resize(lows.size() + stab_room);
    spans.resize(spans.size() + stab_room, 0xFFFF);  // would hold any code
    for (auto const* kernels : all_kernels()) {
      CAPTURE(kernels->name);
      std::vector<std::uint32_t> found(lows.size());
      auto* const end = kernels->stab(groups.data(), groups.data() + groups.size(), codes.data(), lows.data(),
                                      spans.data(), found.data());
      found.resize(static_cast<std::size_t>(end - found.data()));
      REQUIRE(found == wanted);
    }
  }
}

}  // namespace
}  // namespace huiyu::genes
