// The loops of row_loops.h for whatever machine the including file is compiled for: it names the namespace-local
// `standing_of`, which gathers the bits of 64 bytes, and `absent_of`, which spreads the zeros of 64 bits.
#pragma once

#include <cstring>

#include "runtime/genes/row_loops.h"

namespace huiyu::genes {
namespace {

template <class Stored> void widen(void const* values, std::int64_t rows, std::int64_t* out) {
  auto const* stored = static_cast<Stored const*>(values);
  for (std::int64_t row = 0; row < rows; ++row) out[row] = stored[row];
}

// 64 rows at a time by absent_of(their bits, where to).
template <class Spread>
void absent_with(std::uint8_t const* bits, std::int64_t first, std::int64_t rows, std::uint8_t* out, Spread absent_of) {
  auto const shift = static_cast<unsigned>(first & 7);
  auto const* from = bits + (first >> 3);
  std::int64_t row = 0;
  for (; row + 64 <= rows; row += 64, from += 8) {
    std::uint64_t low = 0;
    std::memcpy(&low, from, sizeof low);
    // Shifted in two steps: there is no byte to read where nothing is shifted.
    auto const word = shift == 0 ? low : low >> shift | static_cast<std::uint64_t>(from[8]) << (64 - shift);
    absent_of(word, out + row);
  }
  for (; row < rows; ++row) {
    auto const bit = first + row;
    out[row] = static_cast<std::uint8_t>((~bits[bit >> 3] >> (bit & 7)) & 1);
  }
}

}  // namespace
}  // namespace huiyu::genes
