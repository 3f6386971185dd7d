// Numbers with the English word for what is counted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace huiyu::driver {

// `1 file`, `2 files`; `several` where an s is not enough.
std::string counted(std::size_t number, std::string_view one, std::string_view several = {});

}  // namespace huiyu::driver
