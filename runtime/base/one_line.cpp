#include "runtime/base/one_line.h"

namespace huiyu {

std::string one_line(std::string_view text) {
  std::string line;
  bool blank = false;
  for (char const c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      blank = !line.empty();
      continue;
    }
    if (blank) line += ' ';
    blank = false;
    line += c;
  }
  return line;
}

}  // namespace huiyu
