// The expressions that one policy names.
#pragma once

#include <functional>

#include "compiler/tir/tir.h"

namespace huiyu::tir {

// Those that are present, in the order in which the policy declares them.
void for_each_root(Policy const& policy, std::function<void(ExprId)> const& visit);

}  // namespace huiyu::tir
