#pragma once

#include <cstdint>

namespace huiyu::portal {

// Whether the record's code in one column is what a policy demands. Missing codes never are.
struct CodeTest {
  std::uint16_t slot = 0;
  std::uint16_t is_set = 0;  // 1: a bitmap by code, from the word `where` of Index::bitmaps on
  std::uint32_t where = 0;   // an interval: its low end, and its length × 65536
};

}  // namespace huiyu::portal
