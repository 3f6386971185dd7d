// Units that documents use and numbers of the language do not have, for messages that show a way out.
#pragma once

#include <optional>
#include <string_view>

namespace huiyu {

struct OtherUnit {
  std::string_view word;
  bool currency = false;
};
// The longest such unit that `text` begins with.
std::optional<OtherUnit> other_unit_at(std::string_view text);

}  // namespace huiyu
