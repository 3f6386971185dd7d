#pragma once

// Comparisons of two columns, multiplied out: a quotient against a constant, a difference, a sum. Exact whatever the
// values: nothing is rounded and nothing wraps.

#include <cstdint>

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

// Bit i of `holds`: whether the test holds at x[i], y[i]; of `divides`: whether the divisor there is not 0. A test does
// not hold where it does not divide. Reads 64 × words values of either column.
using LinearFunction = void (*)(std::int64_t const* x, std::int64_t const* y, std::int64_t words,
                                LinearTest const& test, std::uint64_t* holds, std::uint64_t* divides);

}  // namespace huiyu::genes
