#include "compiler/format/width.h"

#include <utf8proc.h>

#include "runtime/base/utf8.h"

namespace huiyu::format {

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (CodePoint const c : code_points(text)) {
    int const columns = utf8proc_charwidth(static_cast<utf8proc_int32_t>(c.value));
    if (columns > 0) width += static_cast<std::size_t>(columns);
  }
  return width;
}

}  // namespace huiyu::format
