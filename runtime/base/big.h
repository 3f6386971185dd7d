// Integers past 128 bits and exact fractions, from Boost.Multiprecision. A header of its own, for Boost is heavy to
// compile.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include "runtime/base/wide.h"

namespace huiyu {

// Fixed width, on the stack, no overflow check: for values whose width the checker has proved.
using Int256 = boost::multiprecision::int256_t;
using Int512 = boost::multiprecision::int512_t;

// Any width. Expression templates are off, so that `auto` holds a number and never a reference to one that is gone.
using BigInt = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;
using BigRational =
    boost::multiprecision::number<boost::multiprecision::cpp_rational_backend, boost::multiprecision::et_off>;

// n ÷ d as a fraction; d is not zero. Use this and not the constructor of two numbers, which in Boost 1.74 throws for d
// < 0.
inline BigRational make_fraction(BigInt const& n, BigInt const& d) {
  HUIYU_CHECK(d != 0, "fraction over zero");
  return d < 0 ? BigRational(BigInt(-n), BigInt(-d)) : BigRational(n, d);
}

}  // namespace huiyu
