// 遴选, 组合 and 预算. Private to the folder.
#pragma once

#include "compiler/lower/lowerer.h"

namespace huiyu::lower {

// Adds all 群体 and what is computed in them, which hang together.
void lower_cohorts(Lowerer& lowerer);
// Adds all 统计 and what is computed in them.
void lower_tallies(Lowerer& lowerer);
// Adds the settlement at a place of the program.
void lower_settlement(Lowerer& lowerer, std::size_t index);
// Adds the 遴选 of a policy, if it has one.
void lower_selection(Lowerer& lowerer, tir::PolicyId id);

}  // namespace huiyu::lower
