#pragma once

// What must hold of every Plan and every Fragment: whoever reads a plan leans on it and checks nothing again.

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/plan/plan.h"

namespace huiyu::plan {

// How deep conditions, explanations and nested lists may be: walks over them may recurse.
inline constexpr std::uint32_t deepest = 1024;

// What is wrong, as `invariant: table[row]: what`; empty if nothing is. The first 20 faults; time and memory are linear
// in the plan. By `jobs` threads at most, whose number changes nothing.
std::vector<std::string> verify(Plan const& plan, std::size_t jobs = 1);

}  // namespace huiyu::plan
