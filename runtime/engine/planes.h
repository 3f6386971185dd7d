#pragma once

// A condition over the rows of a block: bitmaps of what it comes to.

#include <cstdint>
#include <cstring>

#include "runtime/engine/bits.h"
#include "runtime/engine/kernel.h"

namespace huiyu::engine {

// The rows where something certainly holds, and those where it does not certainly fail. Of the rows between, which are
// undecided: those where a fact is missing, and those that only the explanation decides; at all others it is an error.
// INVARIANT: yes ⊆ maybe; lacks and asks are apart and lie in maybe without yes.
struct Planes {
  std::uint64_t const* yes = nullptr;
  std::uint64_t const* maybe = nullptr;
  std::uint64_t const* lacks = nullptr;
  std::uint64_t const* asks = nullptr;
};
struct PlaneTarget {
  std::uint64_t* yes = nullptr;
  std::uint64_t* maybe = nullptr;
  std::uint64_t* lacks = nullptr;
  std::uint64_t* asks = nullptr;
  operator Planes() const { return {yes, maybe, lacks, asks}; }
};
inline constexpr std::int64_t plane_count = 4;

// Planes in a row of `plane_count * words` words.
inline PlaneTarget planes_at(std::uint64_t* begin, std::int64_t words) {
  return {begin, begin + words, begin + 2 * words, begin + 3 * words};
}

// Of what operands lack or leave open counts what the whole leaves undecided; the explanation knows best.
inline void keep_undecided(PlaneTarget out, std::int64_t words) {
  for (std::int64_t word = 0; word < words; ++word) {
    auto const undecided = out.maybe[word] & ~out.yes[word];
    out.asks[word] &= undecided;
    out.lacks[word] &= undecided & ~out.asks[word];
  }
}

// 且 of both.
inline void meet(PlaneTarget out, Planes const& other, std::int64_t words) {
  for (std::int64_t word = 0; word < words; ++word) {
    out.yes[word] &= other.yes[word];
    out.maybe[word] &= other.maybe[word];
    out.lacks[word] |= other.lacks[word];
    out.asks[word] |= other.asks[word];
  }
  keep_undecided(out, words);
}

// Truth (0 or 1) and state of each row.
inline void pack(std::uint8_t const* truths, std::uint8_t const* states, std::int64_t rows, PlaneTarget out) {
  constexpr std::uint64_t each = 0x0101010101010101ULL;
  // Gathers the lowest bit of each byte into the top byte, first row lowest.
  auto gather = [](std::uint64_t eight) { return ((eight & each) * 0x0102040810204080ULL) >> 56; };
  for (std::int64_t word = 0; word < words_for(rows); ++word) {
    std::uint64_t truth = 0, missing_bit = 0, error_bit = 0, open_bit = 0;  // of the states' three bits
    for (int group = 0; group < 8; ++group) {
      auto const row = word * 64 + group * 8;
      auto const left = rows - row;
      if (left <= 0) break;
      std::uint64_t truth_bytes = 0, state_bytes = 0;
      auto const bytes = static_cast<std::size_t>(left < 8 ? left : 8);
      std::memcpy(&truth_bytes, truths + row, bytes);
      std::memcpy(&state_bytes, states + row, bytes);
      truth |= gather(truth_bytes) << (8 * group);
      if (state_bytes == 0) continue;
      missing_bit |= gather(state_bytes) << (8 * group);
      error_bit |= gather(state_bytes >> 1) << (8 * group);
      open_bit |= gather(state_bytes >> 2) << (8 * group);
    }
    out.yes[word] = truth & ~missing_bit;
    out.maybe[word] = truth | missing_bit;
    out.lacks[word] = missing_bit & ~error_bit;
    out.asks[word] = open_bit;
  }
}

}  // namespace huiyu::engine
