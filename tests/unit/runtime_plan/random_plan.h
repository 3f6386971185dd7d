#pragma once

#include <cstdint>

#include "runtime/plan/plan.h"

namespace huiyu::plan {

// A plan that verify finds no fault with and whose every table has rows; the same seed gives the same plan.
Plan random_plan(std::uint64_t seed);

}  // namespace huiyu::plan
