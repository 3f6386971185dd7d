#pragma once

// The loop behind StabFunction. Included by the variants alone.

#include <bit>

#include "runtime/genes/stab.h"

namespace huiyu::genes {
namespace {

// `Held::of(code, lows, spans)`: a bit for each of the next `Held::count` ≤ 64 intervals.
template <class Held>
std::uint32_t* stab_with(StabGroup const* begin, StabGroup const* end, std::uint16_t const* codes,
                         std::uint16_t const* lows, std::uint16_t const* spans, std::uint32_t* found) {
  for (auto const* group = begin; group != end; ++group) {
    Held const held(codes[group->slot]);
    for (auto i = group->begin; i < group->end; i += Held::count) {
      std::uint64_t bits = held.of(lows + i, spans + i);
      if (auto const left = group->end - i; left < Held::count) bits &= (std::uint64_t{1} << left) - 1;
      for (; bits != 0; bits &= bits - 1) *found++ = i + static_cast<std::uint32_t>(std::countr_zero(bits));
    }
  }
  return found;
}

}  // namespace
}  // namespace huiyu::genes
