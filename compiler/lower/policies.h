// Policies: who is meant, what is asked, what comes out. Private to the folder.
#pragma once

#include "compiler/lower/lowerer.h"

namespace huiyu::lower {

// Adds a policy with everything that it uses.
void lower_policy(Lowerer& lowerer, tir::PolicyId id);

}  // namespace huiyu::lower
