#pragma once

// How a value of a program stands, one byte for each row.

#include <cstdint>

// Whatever stands beside an undecided value is any integer.
//
// Strict operations are the OR of their operands' states: an error wins, then what is missing; `open` says that only
// the explanation knows. In 且 and 或 what is missing comes before an error (language.md section 5).
namespace huiyu::state {

inline constexpr std::uint8_t known = 0, missing = 1, error = 3, open = 7;

// Of an undecided 且, 或 or count: `any` is the OR of its operands' states, `lacks` whether one of them is missing.
constexpr std::uint8_t undecided(std::uint8_t any, bool lacks) { return any == open ? open : lacks ? missing : any; }

}  // namespace huiyu::state
