#pragma once

// The one boundary between Plan programs and whatever runs them: the interpreter, code from the JIT, or an object from
// a bundle.

#include <cstdint>
#include <vector>

#include "runtime/plan/state.h"

namespace huiyu::engine {

// One call computes a program for `row_count` dense rows.
//
// Inputs are columns of 64-bit integers (wider inputs: limbs little endian, one row after the other) with their
// states. Constants are limbs laid out slot after slot as plan::constant_offsets of the shape says; a set is the index
// of a bound one (`class_tables`), of some one where the slot is undecided. `out` overlaps no input. No memory outside
// these arrays is touched, nothing is called. Native kernels are called by native_run.h.
struct ClassTable {
  // One byte per dense id: 0 not in the set, 1 in it, 2 coarser than a member (undecided). Ids from `size` on, and
  // negative ones: 0, and so is the byte at `size`, which is always there to be read in their place.
  std::uint8_t const* member = nullptr;
  std::int64_t size = 0;
};
struct KernelArguments {
  std::int64_t row_count = 0;
  std::int64_t const* const* inputs = nullptr;
  std::uint8_t const* const* input_states = nullptr;
  std::int64_t const* constants = nullptr;
  std::uint8_t const* constant_states = nullptr;  // per slot: a parameter may be missing at the reference date
  ClassTable const* class_tables = nullptr;       // by the value of a ClassSet constant
  std::int64_t* out = nullptr;
  std::uint8_t* out_states = nullptr;
};
using Kernel = void (*)(KernelArguments const*);

// By position of the shape; null where there is no native code: the interpreter runs it.
struct FunctionTable {
  std::vector<Kernel> kernels;
};

}  // namespace huiyu::engine
