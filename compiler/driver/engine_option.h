// --engine, for commands that run records and for those that run tests.
#pragma once

#include "compiler/driver/options.h"

namespace huiyu::driver {

// `by_default` ends the help.
void add_engine_to(CLI::App& app, EngineChoice& engine, Language language, Text by_default);

}  // namespace huiyu::driver
