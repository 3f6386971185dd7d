// Objects of a JSON text with the places of their members, for messages that point at them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace huiyu::driver {

struct JsonMember {
  std::string name;
  std::string
      text;  // a text itself, digits of a number, true and false; of lists and objects their texts, parted by 、
  bool is_null = false;
  std::uint32_t begin = 0, end = 0;  // of the name, with its quotes
};

struct JsonObject {
  std::uint32_t begin = 0, end = 0;  // with its brackets
  std::vector<JsonMember> members;
};

// The outermost objects of a text: one, an array of them, or with `lines` one a line.
Result<std::vector<JsonObject>> read_json_objects(std::string_view text, bool lines);

}  // namespace huiyu::driver
