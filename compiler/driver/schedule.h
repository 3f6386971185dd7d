// 分期 of a policy, whatever it is read from.
#pragma once

#include <vector>

#include "compiler/tir/tir.h"
#include "runtime/columns/instalments.h"
#include "runtime/plan/plan.h"

namespace huiyu::driver {

std::vector<InstalmentRule> schedule_of(tir::Policy const& policy);
std::vector<InstalmentRule> schedule_of(plan::Plan const& plan, plan::Policy const& policy);

}  // namespace huiyu::driver
