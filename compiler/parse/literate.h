// The literate form: which lines of a Markdown document are Huiyu.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace huiyu::parse {

struct CodeRange {
  std::uint32_t begin = 0, end = 0;  // whole lines
};

// The lines inside fences opened by ```hui, and the table that directly follows a fence whose last line begins
// a decision table (it ends with a colon or begins with 记). In order.
std::vector<CodeRange> find_code(std::string_view markdown);

}  // namespace huiyu::parse
