#include "runtime/base/wide.h"

#include <algorithm>

namespace huiyu {

std::string to_string(UInt128 value) {
  std::string out;
  do {
    out.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  std::reverse(out.begin(), out.end());
  return out;
}

std::string to_string(Int128 value) {
  if (value >= 0) return to_string(static_cast<UInt128>(value));
  return "-" + to_string(UInt128{0} - static_cast<UInt128>(value));
}

}  // namespace huiyu
