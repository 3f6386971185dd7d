#pragma once

// Which of many intervals of codes hold a record's code: the intervals of one column side by side, column after column.

#include <cstdint>

namespace huiyu::genes {

// Intervals [begin, end) are about the code in column `slot`.
struct StabGroup {
  std::uint32_t slot = 0;
  std::uint32_t begin = 0, end = 0;
};

// Interval i holds the code c where c − lows[i] ≤ spans[i], modulo 2^16. Writes which do, rising within a group, and
// returns the end. Reads and writes up to `stab_room` places past the last one.
inline constexpr std::uint32_t stab_room = 32;
using StabFunction = std::uint32_t* (*)(StabGroup const* begin, StabGroup const* end, std::uint16_t const* codes,
                                        std::uint16_t const* lows, std::uint16_t const* spans, std::uint32_t* found);

}  // namespace huiyu::genes
