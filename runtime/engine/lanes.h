#pragma once

// Values of 1, 2, 4 and 8 limbs as C++ integers, for the operations of the interpreter.
//
// INVARIANT (garbage): an undecided row holds any value, so nothing here may trap or be undefined on any bit pattern.
// Narrow widths therefore compute in unsigned arithmetic; the wide types of runtime/base truncate without a fault.

#include <array>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "runtime/base/big.h"
#include "runtime/base/wide.h"

namespace huiyu::engine {

template <int width> struct LaneOf;
template <> struct LaneOf<1> {
  using Type = std::int64_t;
  using Unsigned = std::uint64_t;
};
template <> struct LaneOf<2> {
  using Type = Int128;
  using Unsigned = UInt128;
};
template <> struct LaneOf<4> {
  using Type = Int256;
};
template <> struct LaneOf<8> {
  using Type = Int512;
};
template <int width> using Lane = typename LaneOf<width>::Type;

namespace detail {

template <int width> void complement(std::array<std::uint64_t, width>& limbs) {
  std::uint64_t carry = 1;
  for (auto& limb : limbs) {
    limb = ~limb + carry;
    carry = carry != 0 && limb == 0 ? 1 : 0;
  }
}

}  // namespace detail

// The value of row `row` of a column of limbs, two's complement, little endian.
template <int width> Lane<width> load(std::int64_t const* limbs, std::int64_t row) {
  if constexpr (width == 1) {
    return limbs[row];
  } else if constexpr (width == 2) {
    Int128 value;
    std::memcpy(&value, limbs + 2 * row, sizeof value);
    return value;
  } else {
    std::array<std::uint64_t, width> copy;
    std::memcpy(copy.data(), limbs + width * row, sizeof copy);
    bool const negative = (copy.back() >> 63) != 0;
    if (negative) detail::complement<width>(copy);
    Lane<width> value;
    boost::multiprecision::import_bits(value, copy.begin(), copy.end(), 64, false);
    return negative ? Lane<width>(-value) : value;
  }
}

template <int width> void store(std::int64_t* limbs, std::int64_t row, Lane<width> const& value) {
  if constexpr (width == 1) {
    limbs[row] = value;
  } else if constexpr (width == 2) {
    std::memcpy(limbs + 2 * row, &value, sizeof value);
  } else {
    std::array<std::uint64_t, width> copy{};
    bool const negative = value < 0;
    boost::multiprecision::export_bits(negative ? Lane<width>(-value) : value, copy.begin(), 64, false);
    if (negative) detail::complement<width>(copy);
    std::memcpy(limbs + width * row, copy.data(), sizeof copy);
  }
}

template <int width> Lane<width> add(Lane<width> const& a, Lane<width> const& b) {
  if constexpr (width <= 2) {
    using U = typename LaneOf<width>::Unsigned;
    return static_cast<Lane<width>>(static_cast<U>(a) + static_cast<U>(b));
  } else {
    return Lane<width>(a + b);
  }
}

template <int width> Lane<width> subtract(Lane<width> const& a, Lane<width> const& b) {
  if constexpr (width <= 2) {
    using U = typename LaneOf<width>::Unsigned;
    return static_cast<Lane<width>>(static_cast<U>(a) - static_cast<U>(b));
  } else {
    return Lane<width>(a - b);
  }
}

template <int width> Lane<width> multiply(Lane<width> const& a, Lane<width> const& b) {
  if constexpr (width <= 2) {
    using U = typename LaneOf<width>::Unsigned;
    return static_cast<Lane<width>>(static_cast<U>(a) * static_cast<U>(b));
  } else {
    return Lane<width>(a * b);
  }
}

// 10^n; n ≤ 18, 38, 76 and 153 for the widths. Beyond: 0, for such a factor fits nothing.
template <int width> Lane<width> power_of_ten(std::int64_t n) {
  constexpr std::int64_t limit = width == 1 ? 18 : width == 2 ? 38 : width == 4 ? 76 : 153;
  if (n > limit) return Lane<width>(0);
  Lane<width> power(1);
  for (std::int64_t i = 0; i < n; ++i) power = multiply<width>(power, Lane<width>(10));
  return power;
}

}  // namespace huiyu::engine
