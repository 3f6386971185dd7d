#pragma once

// Exact fractions of any size, of which nearly all are small: two integers of 64 bits wherever they do, else Boost's.

#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "runtime/base/big.h"

namespace huiyu::explain {

// INVARIANT: equal values compare equal however they are held. The small form need not be in lowest terms.
class Exact {
 public:
  Exact() = default;
  template <std::signed_integral T> Exact(T integer) : above_(integer) {  // NOLINT: an integer is a fraction
    if constexpr (sizeof(T) == sizeof(std::int64_t))
      if (integer == std::numeric_limits<T>::min()) *this = Exact(BigInt(integer));
  }
  Exact(BigInt const& integer);      // NOLINT
  Exact(BigRational const& number);  // NOLINT
  // n ÷ d; d is above zero.
  static Exact fraction(std::int64_t n, std::int64_t d);

  // The number, if it is an integer of 64 bits.
  std::optional<std::int64_t> integer() const;
  BigRational big() const;
  std::string str() const { return big().str(); }

  friend Exact operator+(Exact const& a, Exact const& b);
  friend Exact operator-(Exact const& a, Exact const& b);
  friend Exact operator*(Exact const& a, Exact const& b);
  friend Exact operator/(Exact const& a, Exact const& b);  // b is not zero
  friend Exact operator-(Exact const& a) { return Exact() - a; }
  friend bool operator==(Exact const& a, Exact const& b) { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(Exact const& a, Exact const& b) {
    if (a.big_ != nullptr || b.big_ != nullptr) return compare_big(a, b);
    if (a.below_ == b.below_) return a.above_ <=> b.above_;
    auto const left = Int128{a.above_} * b.below_, right = Int128{b.above_} * a.below_;
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
  }
  // In lowest terms; the denominator is above zero.
  friend BigInt numerator(Exact const& number);
  friend BigInt denominator(Exact const& number);

 private:
  static std::strong_ordering compare_big(Exact const& a, Exact const& b);
  // n ÷ d, d above zero, in whichever form holds it.
  static Exact made(Int128 n, Int128 d);

  std::int64_t above_ = 0, below_ = 1;      // neither is the least of its type
  std::shared_ptr<BigRational const> big_;  // set: the number, and the others say nothing
};

}  // namespace huiyu::explain
