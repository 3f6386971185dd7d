// The fourth stage: the shares of all files as one plan.
#pragma once

#include <cstddef>
#include <span>

#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace huiyu::lower {

// Merges equal rows of the fragments, which verify finds no fault with; policies follow each other in the order given.
//
// The order of fragments changes positions and nothing else; the same fragments give the same plan, row for row. An
// error if two fragments were made for different editions or code tables, say different things of one field, or have a
// policy id in common. By `jobs` threads at most, whose number changes nothing.
Result<plan::Plan> link(std::span<plan::Fragment const> fragments, std::size_t jobs = 1);

}  // namespace huiyu::lower
