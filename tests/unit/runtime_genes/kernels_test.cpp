#include "runtime/genes/kernels.h"

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
    for (auto const* kernels : all_kernels()) {
      std::array<std::uint64_t, words> bits{};
      (kernels->*test)(data.data(), words, static_cast<std::uint64_t>(low),
                       static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low), bits.data());
      for (std::size_t i = 0; i < data.size(); ++i) {
        CAPTURE(kernels->name);
        REQUIRE((((bits[i / 64] >> (i % 64)) & 1) != 0) == (low <= data[i] && data[i] <= high));
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

// a: [0] → b: [1 2] (policy 7), c: [3] (policy 8); d: [4] (policy 9), its twin without literals (policy 10).
TEST_CASE("a sweep asks for each bitmap once and goes past what has died") {
  std::vector<SweepNode> const nodes{
      {0, 3, no_policy, 1, 0}, {1, 2, 7, 2, 1}, {3, 3, 8, 1, 1}, {4, 5, 9, 1, 0}, {5, 5, 10, 0, 0}};
  std::vector<std::uint32_t> const literals{0, 1, 2, 3, 4};
  for (auto const* kernels : all_kernels()) {
    CAPTURE(kernels->name);
    std::vector<SweepRows> bitmaps(5);
    std::vector<std::uint32_t> stamps(5), asked, matched;
    std::vector<std::uint64_t> last_words;
    // Literal 1 leaves only row 511 alive, and 2 kills it.
    auto const make = [&](std::uint32_t literal) {
      for (auto& word : bitmaps[literal].words) word = literal == 1 || literal == 2 ? 0 : ~std::uint64_t{0};
      if (literal == 1) bitmaps[literal].words[7] = std::uint64_t{1} << 63;
      stamps[literal] = 3;
      asked.push_back(literal);
    };
    Sweep sweep;
    sweep.nodes = nodes.data();
    sweep.literals = literals.data();
    sweep.bitmaps = bitmaps.data();
    sweep.stamps = stamps.data();
    sweep.stamp = 3;
    sweep.end = static_cast<std::uint32_t>(nodes.size());
    for (auto& word : sweep.rows[0].words) word = ~std::uint64_t{0};
    sweep.rows[0].words[7] >>= 60;
    for (auto event = kernels->sweep(sweep); event != SweepEvent::Done; event = kernels->sweep(sweep)) {
      if (event == SweepEvent::Lacks) make(sweep.literal);
      if (event != SweepEvent::Matched) continue;
      matched.push_back(sweep.policy);
      last_words.push_back(sweep.rows[sweep.depth].words[7]);
    }
    // Row 511 is none of the block's: literal 1 kills all, nobody asks for 2.
    CHECK(asked == std::vector<std::uint32_t>{0, 1, 3, 4});
    CHECK(matched == std::vector<std::uint32_t>{8, 9, 10});
    CHECK(last_words == std::vector<std::uint64_t>{15, 15, 15});
  }
}

TEST_CASE("the plain variant is always there, and the last one is used") {
  CHECK(std::string(all_kernels().front()->name) == "plain");
  CHECK(&kernels() == all_kernels().back());
}

}  // namespace
}  // namespace huiyu::genes
