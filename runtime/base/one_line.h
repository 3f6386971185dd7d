#pragma once

#include <string>
#include <string_view>

namespace huiyu {

// A text of the source on one line: each run of blanks and line breaks is one blank, none at either end.
std::string one_line(std::string_view text);

}  // namespace huiyu
