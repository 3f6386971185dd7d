#include "compiler/driver/counted.h"

namespace huiyu::driver {

std::string counted(std::size_t number, std::string_view one, std::string_view several) {
  auto text = std::to_string(number) + " ";
  if (number == 1) return text.append(one);
  return several.empty() ? text.append(one) + "s" : text.append(several);
}

}  // namespace huiyu::driver
