#pragma once

// What is known of every number node before any record is seen: how it can be kept as integers, and how large they get.
// Computed by check/ranges.cpp from 范围 and literals; lowering takes widths from it, nothing else does.

#include <vector>

#include "compiler/tir/tir.h"

namespace huiyu::tir {

// value = numerator / denominator × 10^-scale, denominator 1 unless `fraction`.
struct NumberFacts {
  bool number = false;
  bool fraction = false;
  int scale = 0;
  BigInt numerator_low, numerator_high;
  BigInt denominator_high = 1;  // denominators are positive; the sign is carried by the numerator
};

// Bits of a two's complement integer that holds all of [low, high].
int bits_needed(BigInt const& low, BigInt const& high);

struct Facts { std::vector<NumberFacts> of_expr; };  // by ExprId

}  // namespace huiyu::tir
