#pragma once

// Who lacks one test of a policy and meets all others: the walk of sweep.h that lets one failure pass. Of each literal
// it reads where it certainly holds and where it certainly fails; a row that a test leaves undecided is out.

#include "runtime/genes/sweep.h"

namespace huiyu::genes {

struct NearRows {
  SweepRows held, failed;  // a row is in one of them or in none
};

// A literal of a node as a number: literal × 2 + 1 where it may be the one that fails, else literal × 2. Groups as in
// sweep.h, and before one that must hold:
inline constexpr std::uint32_t near_must_hold = 3;

struct NearSweep {
  SweepNode const* nodes = nullptr;
  SweepNode const* end = nullptr;
  std::uint32_t const* literals = nullptr;  // of the nodes
  std::uint32_t const* groups = nullptr;
  NearRows const* bitmaps = nullptr;    // by literal
  std::uint64_t const* made = nullptr;  // as in Sweep
  void const* makings = nullptr;
  void (*make)(void* context, std::uint32_t literal, SweepRows const& rows) = nullptr;
  // Takes the rows of a policy that hold all, and those of which one test failed; some at least.
  void (*take)(void* context, std::uint32_t policy, NearRows const& rows) = nullptr;
  void* context = nullptr;
};

using NearFunction = void (*)(NearSweep const& sweep, SweepRows const& rows);

}  // namespace huiyu::genes
