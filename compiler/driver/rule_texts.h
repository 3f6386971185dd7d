// All that rules are read from, as a list: what was made of the same list may be taken again.
#pragma once

#include <string>

#include "compiler/driver/project.h"

namespace huiyu::driver {

// A line for each text of a project that was read, and for every module that it might use: hash and name. Empty where a
// text cannot be read whole.
std::string list_texts(Project const& project);

}  // namespace huiyu::driver
