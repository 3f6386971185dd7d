#pragma once

// One JSON value as a tree whose numbers are still text. Private to json_records.

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace huiyu::records {

enum class JsonKind : std::uint8_t { Null, Truth, Number, Text, Array, Object };

struct JsonNode {
  JsonKind kind = JsonKind::Null;
  std::string text;                // Truth: true or false; Number: its digits as written; Text
  std::vector<std::string> keys;   // Object: one per child, as they came, doubles included
  std::vector<JsonNode> children;  // Array, Object
};

// Where the object or array that begins a text ends. Only brackets and strings are looked at; parsing says whether it
// is JSON.
std::size_t end_of_json_value(std::string_view text);

// Parses one value, arrays and objects at most `depth` deep.
Result<JsonNode> parse_json(std::string_view text, std::size_t depth);

}  // namespace huiyu::records
