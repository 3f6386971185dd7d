// Errors to people and to exit codes.
#pragma once

#include "compiler/driver/command.h"
#include "runtime/base/result.h"

namespace huiyu::driver {

// Prints the error to standard error and gives the exit code of its kind.
ExitCode report(Error const& error, Language language);

}  // namespace huiyu::driver
