#include "runtime/genes/linear.h"

#include <limits>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/base/wide.h"
#include "runtime/genes/kernels.h"

namespace huiyu::genes {
namespace {

using Divisor = LinearTest::Divisor;
constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

struct Rows {
  std::vector<std::int64_t> x, y;
  void add(std::int64_t of_x, std::int64_t of_y) {
    x.push_back(of_x);
    y.push_back(of_y);
  }
  void fill() {
    while (x.size() % 64 != 0) add(0, 0);
  }
};

bool bit(std::vector<std::uint64_t> const& words, std::size_t row) {
  return ((words[row / 64] >> (row % 64)) & 1) != 0;
}

// Every variant against what `holds` says of a row; rows whose divisor is 0 hold never.
template <class Holds> void check(Rows const& rows, LinearTest const& test, Holds holds) {
  auto const words = rows.x.size() / 64;
  for (auto const* kernels : all_kernels()) {
    std::vector<std::uint64_t> held(words), divides(words);
    kernels->linear(rows.x.data(), rows.y.data(), static_cast<std::int64_t>(words), test, held.data(), divides.data());
    for (std::size_t row = 0; row < rows.x.size(); ++row) {
      auto const x = rows.x[row], y = rows.y[row];
      bool const zero = (test.divisor == Divisor::X && x == 0) || (test.divisor == Divisor::Y && y == 0);
      CAPTURE(kernels->name);
      CAPTURE(x);
      CAPTURE(y);
      REQUIRE(bit(divides, row) == !zero);
      REQUIRE(bit(held, row) == (!zero && holds(x, y)));
    }
  }
}

TEST_CASE("x ÷ y ≥ p ÷ q turns at the constant and nowhere beside it, whatever the divisor's sign") {
  Rows rows;
  std::vector<std::pair<std::int64_t, std::int64_t>> const constants{{3, 10}, {-1, 10}, {0, 1}, {1234, 10'000}, {7, 1}};
  for (auto const& [p, q] : constants)
    for (std::int64_t y : {std::int64_t{1}, std::int64_t{-1}, std::int64_t{0}, std::int64_t{10}, std::int64_t{-70},
                           std::int64_t{1'000'000'007}, std::int64_t{-999'999'999'999'989}, greatest, least})
      for (int beside = -2; beside <= 2; ++beside)
        if (auto const x = to_int64(static_cast<Int128>(p) * y / q + beside)) rows.add(*x, y);
  rows.fill();
  for (auto const& [p, q] : constants)
    for (bool or_zero : {true, false}) {
      LinearTest test{q, -p, 0, Divisor::Y, or_zero};
      check(rows, test, [&, p = p, q = q](std::int64_t x, std::int64_t y) {
        // Multiplied by the divisor, a comparison turns round where that is below 0.
        auto const left = static_cast<Int128>(q) * x, right = static_cast<Int128>(p) * y;
        if (left == right) return or_zero;
        return (left > right) == (y > 0);
      });
    }
}

TEST_CASE("sums of products past 64 bits do not wrap") {
  std::mt19937_64 random(11);
  auto const number = [&]() -> std::int64_t {
    auto const near = static_cast<std::int64_t>(random() % 5) - 2;
    switch (random() % 5) {
      case 0: return near < 0 ? least - near : least + near;
      case 1: return near < 0 ? greatest + near : greatest - near;
      case 2: return near;
      // Around where a product needs more than 61 bits.
      case 3: return (std::int64_t{1} << (random() % 62)) + near;
      default: return static_cast<std::int64_t>(random());
    }
  };
  for (int round = 0; round < 2000; ++round) {
    Rows rows;
    for (int row = 0; row < 128; ++row)
      round % 3 == 0 ? rows.add(number() >> 40, number() >> 40) : rows.add(number(), number());
    auto const factor = [&] { return std::max(number(), least + 1); };
    LinearTest const test{factor(), factor(), number(), static_cast<Divisor>(random() % 3), random() % 2 == 0};
    check(rows, test, [&](std::int64_t x, std::int64_t y) {
      auto sum = static_cast<Int128>(test.x_factor) * x + static_cast<Int128>(test.y_factor) * y + test.addend;
      auto const divisor = test.divisor == Divisor::None ? 1 : test.divisor == Divisor::X ? x : y;
      if (divisor < 0) sum = -sum;
      return test.or_zero ? sum >= 0 : sum > 0;
    });
  }
}

}  // namespace
}  // namespace huiyu::genes
