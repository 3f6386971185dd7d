#pragma once

// Calls of native kernels, which take whole groups of rows and known constants alone: a loop over vectors then needs no
// other loop for the rows that are left over, nor does every operation ask how its constant stands. That halves what
// there is to compile.

#include <cstdint>
#include <vector>

#include "runtime/engine/kernel.h"
#include "runtime/engine/program.h"

namespace huiyu::engine {

inline constexpr std::int64_t native_group_rows = 8;

// Room for a last group that is not whole; one for each thread, kept between calls.
struct NativeRoom {
  std::vector<std::int64_t> limbs;
  std::vector<std::uint8_t> states;
  std::vector<std::int64_t const*> inputs;
  std::vector<std::uint8_t const*> input_states;
};

// Computes the program by a kernel of its shape, over any number of rows. False, and nothing is computed, where a
// constant is not known: a parameter may be missing at the reference date.
bool run_native(Kernel kernel, Program const& program, KernelArguments const& arguments, NativeRoom& room);

}  // namespace huiyu::engine
