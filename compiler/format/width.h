// How much room a text takes on a screen of fixed columns.
#pragma once

#include <cstddef>
#include <string_view>

namespace huiyu::format {

// Chinese characters and full-width forms take two columns; signs of ambiguous width (≥ × “) one, as in most editors.
std::size_t display_width(std::string_view text);

}  // namespace huiyu::format
