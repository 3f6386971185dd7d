// The engines behind Runner; each is made by its own function.
#pragma once

#include "compiler/driver/engines.h"

namespace huiyu::driver {

// The tir interpreter, one record after the other.
Result<std::unique_ptr<Runner>> make_oracle_runner(Project const& project, RunInputs const& inputs,
                                                   std::string const& subject);

// InBackground: the interpreter begins, and native code takes over once it is there (background_code.h).
enum class NativeCode { Never, InBackground, Always };

// The runtime's engine over a Plan.
Result<std::unique_ptr<Runner>> make_plan_runner(plan::Plan plan, RunInputs const& inputs, NativeCode native, int jobs,
                                                 std::string const& subject);

}  // namespace huiyu::driver
