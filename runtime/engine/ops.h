#pragma once

// The operations of programs, each as one loop over a strip of rows; a file for each group of operations.
//
// Operands of a strip have one width: program.cpp puts resizing steps before operands of another.

#include <cstdint>

#include "runtime/engine/kernel.h"
#include "runtime/plan/plan.h"

namespace huiyu::engine {

inline constexpr std::int64_t max_strip_rows = 1024;

struct Source {
  std::int64_t const* values = nullptr;
  std::uint8_t const* states = nullptr;
};
struct Target {
  std::int64_t* values = nullptr;
  std::uint8_t* states = nullptr;
};
struct StepArguments {
  std::int64_t rows = 0;  // ≤ max_strip_rows
  Target out;             // never one of the operands
  Source const* operands = nullptr;
  std::uint32_t operand_count = 0;
  std::int64_t immediate = 0;
  ClassTable const* classes = nullptr;  // InClass; null where the set is not known
  std::uint8_t class_state = state::known;
};
using StepFunction = void (*)(StepArguments const&);

// Each gives the loop for an operation of its group over operands of `width` limbs, or null if it is of another group.
// Results: arithmetic, rounding, guards, choices: `width` limbs; comparisons and logic: truth, one limb.
StepFunction arithmetic_step(plan::Op op, std::uint8_t width);  // Add … Sign, ScaleUp
StepFunction rounding_step(plan::Op op, std::uint8_t width);    // DivideRound, RoundDecimal, Reduce…
StepFunction guard_step(plan::Op op, std::uint8_t width);       // NonZero, NonNegative, Fits, OrElse
StepFunction compare_step(plan::Op op, std::uint8_t width);     // Less, AtMost, Equal
StepFunction logic_step(plan::Op op);                           // And, Or, Not, AtLeastOf, InClass; one limb
StepFunction choice_step(plan::Op op, std::uint8_t width);      // conditions are one limb whatever the width
StepFunction calendar_step(plan::Op op);                        // AddMonths, YearOf, MonthOf; one limb

// Operand 0 of `from` limbs as `to` limbs: sign-extended, copied, or cut where the result is proved to fit.
StepFunction resize_step(std::uint8_t from, std::uint8_t to);

// The instance of a loop for a width of 1, 2, 4 or 8 limbs: `Loop::template run<width>`.
template <class Loop> StepFunction for_width(std::uint8_t width) {
  switch (width) {
    case 1: return &Loop::template run<1>;
    case 2: return &Loop::template run<2>;
    case 4: return &Loop::template run<4>;
    case 8: return &Loop::template run<8>;
    default: return nullptr;
  }
}

}  // namespace huiyu::engine
