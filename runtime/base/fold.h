// Full-width forms folded to ASCII, for reading what people type. What is shown keeps its original form.
#pragma once

#include <string>
#include <string_view>

namespace huiyu {

// U+FF01 to U+FF5E mirror ASCII 0x21 to 0x7E; U+3000 is the full-width blank. Anything else stays.
constexpr char32_t fold_full_width(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  return c == 0x3000 ? U' ' : c;
}

// The text with each full-width form replaced by its ASCII character.
std::string fold_full_width(std::string_view text);

}  // namespace huiyu
