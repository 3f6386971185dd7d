#pragma once

// What is known of every number node before any record is seen: how it can be kept as integers, and how large they get.
// Computed by check/ranges.cpp from 范围 and literals; lowering takes widths from it, nothing else does.
//
// The form of a node follows from its operands by these rules, which lowering repeats step by step:
//   field, parameter    integer at the scale of its format
//   constant            integer at its own number of decimals; 1/3 and the like: fraction with a constant denominator
//   + −, choices, picks operands brought to the greater scale; of fractions + − crosswise over the product of the
//                       denominators (over the one denominator where both are the same constant)
//   ×                   numerators, denominators multiplied, scales added
//   ÷                   by a constant: × its reciprocal; else numerator × denominator over denominator × numerator, the
//                       scale the difference, where a difference below 0 multiplies the numerator out to scale 0
//   rounding            integer at the digits asked for (scale 0 where they are negative); an integer with no more
//                       decimals than that stays as it is
//   合计                as each, which must have one constant denominator; 平均: ÷ the count; 中位: (a + b) ÷ 2
//   date, year, month, count: integer at scale 0

#include <cstdint>
#include <vector>

#include "compiler/tir/tir.h"

namespace huiyu::tir {

// A list with more rows than this is reported by the reader and is missing: sums are proved for that many.
inline constexpr std::int64_t max_list_items = 10'000;

// The widest integer an engine has: eight limbs.
inline constexpr int max_bits = 512;

// value = numerator / denominator × 10^-scale, denominator 1 unless `fraction`.
struct NumberFacts {
  bool number = false;  // also for dates, years and months, which are integers
  bool fraction = false;
  int scale = 0;
  BigInt numerator_low, numerator_high;
  BigInt denominator_low = 1, denominator_high = 1;  // denominators are positive; the sign is carried by the numerator
  // The bits of the widest integer met while the node is computed from its operands: alignment, crosswise products,
  // rounding. Also set for comparisons. At least the bits of the numerator and denominator.
  int work_bits = 0;
};

// Bits of a two's complement integer that holds all of [low, high].
int bits_needed(BigInt const& low, BigInt const& high);

// The width class for so many bits: 1, 2, 4 or 8 limbs; 0 if none is wide enough.
int limbs_needed(int bits);

struct Facts {
  std::vector<NumberFacts> of_expr;  // by ExprId
  NumberFacts const& operator[](ExprId id) const { return of_expr[static_cast<std::size_t>(id.index)]; }
};

}  // namespace huiyu::tir
