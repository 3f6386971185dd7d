#include "runtime/base/fold.h"

#include "runtime/base/utf8.h"

namespace huiyu {

std::string fold_full_width(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (CodePoint const point : code_points(text)) {
    char32_t const folded = fold_full_width(point.value);
    if (folded != point.value) {
      append_utf8(out, folded);
    } else {
      out.append(text.substr(point.offset, point.length));  // bad bytes included, as they are
    }
  }
  return out;
}

}  // namespace huiyu
