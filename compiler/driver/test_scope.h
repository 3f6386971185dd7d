// What a test speaks of, where policies are settled together.
#pragma once

#include <vector>

#include "compiler/tir/test.h"
#include "runtime/columns/outcome.h"

namespace huiyu::driver {

// Takes undecided policies out of the settlement of a test that neither expects anything of them nor names a fact that
// they lack: one policy of a 组合 can be tested without the facts of the others. `outcomes`: by position of the policy.
void leave_out_unspoken(tir::Program const& program, tir::Test const& test, std::vector<PairOutcome>& outcomes);

}  // namespace huiyu::driver
