// 128-bit integers, and exact division and rounding for integers of any width.
//
// The templates serve int64, Int128 and the types of big.h alike: whatever has + - / % and comparison.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "runtime/base/check.h"

namespace huiyu {

// NOLINTBEGIN(modernize-use-using): only a typedef takes __extension__, without which these types are refused
__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;
// NOLINTEND(modernize-use-using)

// std::numeric_limits does not know these types in strict mode.
inline constexpr Int128 int128_max = static_cast<Int128>(~UInt128{0} >> 1);
inline constexpr Int128 int128_min = -int128_max - 1;

// The value as int64, or none if it does not fit.
template <class T> constexpr std::optional<std::int64_t> to_int64(T const& value) {
  if (value < T(std::numeric_limits<std::int64_t>::min()) || value > T(std::numeric_limits<std::int64_t>::max()))
    return std::nullopt;
  return static_cast<std::int64_t>(value);
}

// The value as Int128, or none if it does not fit.
template <class T> constexpr std::optional<Int128> to_int128(T const& value) {
  if constexpr (!std::integral<T>) {
    if (value < T(int128_min) || value > T(int128_max)) return std::nullopt;
  }
  return static_cast<Int128>(value);
}

// The decimal digits of a value, with a minus sign if it is negative.
std::string to_string(Int128 value);
std::string to_string(UInt128 value);

enum class Rounding : std::uint8_t {
  HalfUp,    // 四舍五入: floor(x + 1/2), for negative numbers too
  Down,      // 舍去: toward zero
  Up,        // 进一: away from zero
  HalfEven,  // 四舍六入五成双: the nearer one, of two equally near the even one
};

namespace detail {

// The one quotient that a built-in integer cannot hold. Wider types have room for it.
template <class T> constexpr bool quotient_fits(T const& n, T const& d) {
  if constexpr (std::signed_integral<T>) return !(d == T(-1) && n == std::numeric_limits<T>::min());
  if constexpr (std::same_as<T, Int128>) return !(d == T(-1) && n == int128_min);
  return true;
}

}  // namespace detail

// The greatest integer not above n ÷ d; d is not zero and the result must fit.
template <class T> constexpr T floor_div(T const& n, T const& d) {
  HUIYU_CHECK(d != T(0), "division by zero");
  HUIYU_CHECK(detail::quotient_fits(n, d), "quotient outside its type");
  T quotient = T(n / d);
  T const remainder = T(n % d);
  if (remainder != T(0) && (remainder < T(0)) != (d < T(0))) quotient = T(quotient - T(1));
  return quotient;
}

// n ÷ d rounded to an integer, exactly, for every sign; d is not zero and the result must fit.
//
// No intermediate leaves the type: magnitudes are compared as negative numbers, of which there is one more.
template <class T> constexpr T divide_round(T const& n, T const& d, Rounding rounding) {
  HUIYU_CHECK(d != T(0), "division by zero");
  HUIYU_CHECK(detail::quotient_fits(n, d), "quotient outside its type");
  T toward_zero = T(n / d);
  T const remainder = T(n % d);
  if (remainder == T(0)) return toward_zero;

  bool const negative = (remainder < T(0)) != (d < T(0));
  T away = negative ? T(toward_zero - T(1)) : T(toward_zero + T(1));
  T const minus_remainder = remainder < T(0) ? remainder : T(-remainder);  // −|remainder|
  T const minus_rest = T((d < T(0) ? d : T(-d)) - minus_remainder);        // −(|d| − |remainder|)
  bool const past_half = minus_remainder < minus_rest;
  bool const half = minus_remainder == minus_rest;

  switch (rounding) {
    case Rounding::Down: return toward_zero;
    case Rounding::Up: return away;
    case Rounding::HalfUp: return past_half || (half && !negative) ? away : toward_zero;
    case Rounding::HalfEven: return past_half || (half && T(toward_zero % T(2)) != T(0)) ? away : toward_zero;
  }
  check_failed("unknown rounding", __FILE__, __LINE__);
}

}  // namespace huiyu
