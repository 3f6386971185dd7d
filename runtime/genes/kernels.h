#pragma once

// The innermost loops: tests of 64 values a word as bitmaps, and the walk through what many policies ask. Each in three
// variants that give the same bits: plain C++, AVX2 and AVX-512; the machine decides which at run time.

#include <cstdint>
#include <span>

#include "runtime/genes/linear.h"
#include "runtime/genes/near.h"
#include "runtime/genes/stab.h"
#include "runtime/genes/sweep.h"

namespace huiyu::genes {

// Which rows a test may find; where `flip` has all bits it finds those that
// fail.
struct Among {
  std::uint64_t const* rows = nullptr;
  std::uint64_t flip = 0;
};
// Bit i of `out` says whether row i is among those and low ≤ values[i] ≤ low +
// span, values taken as unsigned integers of their width and the difference
// modulo 2^width: so signed intervals are tested as well. Reads 64 × words
// values.
using InsideTest = void (*)(void const* values, std::int64_t words, std::uint64_t low, std::uint64_t span, Among among,
                            std::uint64_t* out);
// Bit i: whether bit values[i] of the set is 1.
struct ByteSet {
  std::uint64_t words[4] = {};
  void add(std::uint8_t value) { words[value / 64] |= std::uint64_t{1} << (value % 64); }
};
using SetTest = void (*)(std::uint8_t const* values, std::int64_t words, ByteSet const& set, std::uint64_t* out);

struct Kernels {
  char const* name;
  InsideTest inside8, inside16, inside32, inside64;
  SetTest in_set8;
  LinearFunction linear;
  SweepFunction sweep;
  StabFunction stab;
  NearFunction near;
};

// Those that this machine can run, the plain one first and the fastest last.
std::span<Kernels const* const> all_kernels();
// The fastest.
Kernels const& kernels();

namespace detail {
extern Kernels const plain_kernels;
extern Kernels const avx2_kernels;
extern Kernels const avx512_kernels;
}  // namespace detail

}  // namespace huiyu::genes
