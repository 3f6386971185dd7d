#pragma once

// Comparisons of two columns, multiplied out: a quotient against a constant, a difference, a sum. Exact whatever the
// values: nothing is rounded and nothing wraps.

#include <cstdint>

#include "runtime/base/wide.h"

namespace huiyu::genes {

// σ × (x_factor × x + y_factor × y + addend) > 0, or ≥ 0 where `or_zero`. σ is the divisor's sign, 1 without a divisor.
// No factor is the least 64-bit integer.
struct LinearTest {
  enum class Divisor : std::uint8_t { None, X, Y };
  std::int64_t x_factor = 0, y_factor = 0, addend = 0;
  Divisor divisor = Divisor::None;
  bool or_zero = false;
  friend bool operator==(LinearTest const&, LinearTest const&) = default;
};

// Of one row: whether the test holds there, and whether the divisor is not 0. In 128 bits, which hold two products of
// 64-bit integers and a 64-bit integer.
struct LinearAnswer {
  bool holds = false, divides = false;
};
inline LinearAnswer answer(LinearTest const& test, std::int64_t x, std::int64_t y) {
  auto const divisor = test.divisor == LinearTest::Divisor::None ? 1 : test.divisor == LinearTest::Divisor::X ? x : y;
  auto sum = static_cast<Int128>(test.x_factor) * x + static_cast<Int128>(test.y_factor) * y + test.addend;
  if (divisor < 0) sum = -sum;
  return {divisor != 0 && (sum > 0 || (test.or_zero && sum == 0)), divisor != 0};
}

// Bit i of `holds`: whether the test holds at x[i], y[i]; of `divides`: whether the divisor there is not 0. A test does
// not hold where it does not divide. Reads 64 × words values of either column.
using LinearFunction = void (*)(std::int64_t const* x, std::int64_t const* y, std::int64_t words,
                                LinearTest const& test, std::uint64_t* holds, std::uint64_t* divides);

}  // namespace huiyu::genes
