// The Plan of rules on disk, made once for each text of them.
#pragma once

#include "compiler/driver/options.h"
#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace huiyu::driver {

// Reads the rules and gives their Plan, from the cache where this very command made it of these very texts, else as
// load_project and make_plan do. Prints diagnostics to standard error either way.
Result<plan::Plan> load_plan(RuleOptions const& rules, Language language);

}  // namespace huiyu::driver
