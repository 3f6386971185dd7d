#pragma once

// Comparing and adding fractions of which nearly all are whole: Boost looks for common divisors each time.

#include <utility>

#include "runtime/base/big.h"

namespace huiyu::explain {

inline bool is_whole(BigRational const& number) { return denominator(number) == 1; }

// Denominators are positive.
inline bool is_less(BigRational const& a, BigRational const& b) {
  if (is_whole(a) && is_whole(b)) return numerator(a) < numerator(b);
  return numerator(a) * denominator(b) < numerator(b) * denominator(a);
}

inline BigRational sum(BigRational const& a, BigRational const& b) {
  return is_whole(a) && is_whole(b) ? BigRational(numerator(a) + numerator(b)) : BigRational(a + b);
}
inline BigRational difference(BigRational const& a, BigRational const& b) {
  return is_whole(a) && is_whole(b) ? BigRational(numerator(a) - numerator(b)) : BigRational(a - b);
}
inline BigRational product(BigRational const& a, BigRational const& b) {
  return is_whole(a) && is_whole(b) ? BigRational(numerator(a) * numerator(b)) : BigRational(a * b);
}

}  // namespace huiyu::explain
