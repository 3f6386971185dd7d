#pragma once

// The loops behind LinearFunction. Included by the variants alone.

#include "runtime/genes/linear.h"

namespace huiyu::genes {
namespace {

using Divisor = LinearTest::Divisor;

struct LinearWord {
  std::uint64_t holds = 0, divides = 0;
};

inline LinearWord exact_word(std::int64_t const* x, std::int64_t const* y, LinearTest const& test) {
  LinearWord word;
  for (int row = 0; row < 64; ++row) {
    auto const made = answer(test, x[row], y[row]);
    word.holds |= static_cast<std::uint64_t>(made.holds ? 1 : 0) << row;
    word.divides |= static_cast<std::uint64_t>(made.divides ? 1 : 0) << row;
  }
  return word;
}

// How far from 0 a value may lie for its product with the factor to need no more than 62 bits.
inline std::int64_t reach(std::int64_t factor) {
  if (factor == 0) return std::int64_t{1} << 61;
  return (std::int64_t{1} << 61) / (factor < 0 ? -factor : factor);
}

// For a type `Lanes` of some 64-bit integers: words whose values prove that 64 bits do, in them; the others exactly.
template <class Lanes, Divisor by>
void linear_by(std::int64_t const* x, std::int64_t const* y, std::int64_t words, LinearTest const& test,
               std::uint64_t* holds, std::uint64_t* divides) {
  bool const fits = test.addend <= reach(1) && test.addend >= -reach(1);
  auto const x_factor = Lanes::all(test.x_factor), y_factor = Lanes::all(test.y_factor);
  auto const addend = Lanes::all(test.addend);
  auto const x_reach = Lanes::all(reach(test.x_factor)), y_reach = Lanes::all(reach(test.y_factor));
  auto const over = Lanes::all(test.or_zero ? -1 : 0), under = Lanes::all(test.or_zero ? 1 : 0);
  for (std::int64_t word = 0; word < words; ++word, x += 64, y += 64) {
    LinearWord made;
    std::uint64_t far = fits ? 0 : 1;
    for (int row = 0; row < 64; row += Lanes::count) {
      auto const x_value = Lanes::load(x + row), y_value = Lanes::load(y + row);
      far |= x_value.farther_than(x_reach) | y_value.farther_than(y_reach);
      auto const sum = x_value * x_factor + y_value * y_factor + addend;
      auto positive = sum.greater_than(over);
      std::uint64_t divisible = Lanes::every;
      if constexpr (by != Divisor::None) {
        auto const divisor = by == Divisor::X ? x_value : y_value;
        auto const negative = divisor.negative();
        divisible = divisor.not_zero();
        positive = ((positive & ~negative) | (under.greater_than(sum) & negative)) & divisible;
      }
      made.holds |= positive << row;
      made.divides |= divisible << row;
    }
    if (far != 0) made = exact_word(x, y, test);
    holds[word] = made.holds;
    divides[word] = made.divides;
  }
}

template <class Lanes>
void linear_with(std::int64_t const* x, std::int64_t const* y, std::int64_t words, LinearTest const& test,
                 std::uint64_t* holds, std::uint64_t* divides) {
  switch (test.divisor) {
    case Divisor::None: return linear_by<Lanes, Divisor::None>(x, y, words, test, holds, divides);
    case Divisor::X: return linear_by<Lanes, Divisor::X>(x, y, words, test, holds, divides);
    case Divisor::Y: return linear_by<Lanes, Divisor::Y>(x, y, words, test, holds, divides);
  }
}

}  // namespace
}  // namespace huiyu::genes
