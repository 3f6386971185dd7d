#pragma once

// What programs leave to the explanation, where an undecided answer does not yet mean that a fact is missing.

#include <cstdint>
#include <vector>

#include "runtime/plan/plan.h"

namespace huiyu::plan {

// By condition: 1 if a program below it holds ConstantKind::Undecided. The plan has passed verify.
std::vector<std::uint8_t> left_to_explanation(Plan const& plan);

}  // namespace huiyu::plan
