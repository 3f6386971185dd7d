#pragma once

// At which years and months trees read the computed series of a plan: for those alone they are computed.

#include <cstdint>
#include <map>
#include <set>

#include "runtime/columns/outcome.h"
#include "runtime/plan/plan.h"

namespace huiyu::settle {

// By position of the column: its periods, as they are stored. Of every tree of the plan, in a run of these inputs.
using PeriodsRead = std::map<std::uint32_t, std::set<std::int64_t>>;
PeriodsRead periods_read(plan::Plan const& plan, RunInputs const& inputs);

}  // namespace huiyu::settle
