#pragma once

// What a sum hangs on. Private to the engine.

#include <optional>

#include "runtime/plan/plan.h"

namespace huiyu::engine {

// The one fact of a record that the policy's sum hangs on, so that all records
// without it are alike; nothing where there are more, or where a definition, a
// list or a period is read.
std::optional<plan::Ref<plan::Column>> sole_fact(plan::Plan const& plan, plan::Policy const& policy);

}  // namespace huiyu::engine
