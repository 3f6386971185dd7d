// Integers past 128 bits and exact fractions, from Boost.Multiprecision. A header of its own, for Boost is heavy to compile.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include "runtime/base/wide.h"

namespace huiyu {

// Fixed width, on the stack, no overflow check: for values whose width the checker has proved.
using Int256 = boost::multiprecision::int256_t;
using Int512 = boost::multiprecision::int512_t;

// Any width. Expression templates are off, so that `auto` holds a number and never a reference to one that is gone.
using BigInt =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;
using BigRational =
    boost::multiprecision::number<boost::multiprecision::cpp_rational_backend, boost::multiprecision::et_off>;

}  // namespace huiyu
