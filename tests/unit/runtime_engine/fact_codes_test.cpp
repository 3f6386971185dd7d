// Intervals of a column that many are asked of answer by codes as the values do.

#include <limits>
#include <random>

#include <doctest/doctest.h>

#include "runtime/engine/fact_tests.h"

namespace huiyu::engine {
namespace {

constexpr std::int64_t rows = 700;

template <class Value> columns::Column column(std::vector<Value> const& values, std::vector<std::uint8_t> const& bits) {
  columns::Column made;
  made.storage = sizeof(Value) == 8 ? columns::Storage::I64 : columns::Storage::I32;
  made.values = values.data();
  made.validity = bits.data();
  return made;
}

TEST_CASE("codes answer as the values they stand for, from the first test of a block to the last") {
  std::mt19937_64 random(5);
  auto const number = [&] { return static_cast<std::int64_t>(random() % 4000) - 2000; };
  std::vector<std::int64_t> wide;
  std::vector<std::int32_t> narrow;
  std::vector<std::uint8_t> bits(rows / 8 + 1);
  for (std::int64_t row = 0; row < rows; ++row) {
    wide.push_back(row % 50 == 0 ? std::numeric_limits<std::int64_t>::max() : number() * 1'000'000'007);
    narrow.push_back(static_cast<std::int32_t>(number()));
  }
  for (auto& byte : bits) byte = static_cast<std::uint8_t>(random());

  AtomTests tests;
  for (std::uint32_t place = 0; place < 2; ++place)
    for (std::uint32_t i = 0; i < AtomTests::codes_pay + 100; ++i) {
      AtomTests::Test test;
      test.kind = AtomTests::Kind::Inside;
      test.place = place;
      auto const scale = place == 0 ? 1'000'000'007 : 1;
      test.low = i % 7 == 0 ? std::numeric_limits<std::int64_t>::min() : number() * scale;
      test.high = i % 5 == 0 ? std::numeric_limits<std::int64_t>::max()
                             : std::max(test.low, (number() - static_cast<std::int64_t>(i % 3)) * scale);
      tests.tests.push_back(test);
    }
  add_codes(tests);
  REQUIRE(tests.is_coded(0));
  REQUIRE(tests.is_coded(1));

  BoundPlan const bound;
  columns::Batch batch;
  batch.row_count = rows;
  batch.columns.push_back(column(wide, bits));
  batch.columns.push_back(column(narrow, bits));
  FactTests facts(bound, tests, batch, genes::kernels());
  std::int64_t wrong = 0;
  for (auto const& [begin, count] : {std::pair{0, 512}, std::pair{512, 188}, std::pair{64, 100}}) {
    facts.start(begin, count);
    for (std::size_t i = 0; i < tests.tests.size(); ++i) {
      auto const& test = tests.tests[i];
      std::uint64_t out[8] = {};
      facts.certainly(test, i % 2 == 0, out);
      for (std::int64_t row = 0; row < count; ++row) {
        auto const& of = batch.columns[test.place];
        auto const value = of.at(begin + row);
        bool const inside = test.low <= value && value <= test.high;
        bool const expected = of.present(begin + row) && inside == (i % 2 != 0);
        wrong += (((out[row / 64] >> (row % 64)) & 1) != 0) == expected ? 0 : 1;
      }
    }
  }
  CHECK(wrong == 0);
}

}  // namespace
}  // namespace huiyu::engine
