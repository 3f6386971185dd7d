#pragma once

// Loops over the rows of a block that turn facts as they lie in memory into what programs compute with, and back into
// bitmaps. In the three variants of kernels.h.

#include <cstdint>

namespace huiyu::genes {

struct Kernels;

// How rows stand, one byte each, as bitmaps: each of the three lowest bits by itself.
struct StandingBits {
  std::uint64_t* first = nullptr;
  std::uint64_t* second = nullptr;
  std::uint64_t* third = nullptr;
};

struct RowLoops {
  char const* name;
  // out[i] = values[i], sign extended.
  void (*widen8)(void const* values, std::int64_t rows, std::int64_t* out);
  void (*widen16)(void const* values, std::int64_t rows, std::int64_t* out);
  void (*widen32)(void const* values, std::int64_t rows, std::int64_t* out);
  // out[i] = 1 where bit first + i is 0, else 0.
  void (*absent)(std::uint8_t const* bits, std::int64_t first, std::int64_t rows, std::uint8_t* out);
  // Reads 64 × words bytes.
  void (*standing)(std::uint8_t const* bytes, std::int64_t words, StandingBits const& out);
};

// Of the same variant.
RowLoops const& row_loops(Kernels const& kernels);

namespace detail {
extern RowLoops const plain_rows;
extern RowLoops const avx2_rows;
extern RowLoops const avx512_rows;
}  // namespace detail

}  // namespace huiyu::genes
