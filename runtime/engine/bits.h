#pragma once

// Sets of a block's rows: one bit a row, 64 rows a word. INVARIANT (tail): bits past the last row are 0.

#include <bit>
#include <cstdint>
#include <cstring>

namespace huiyu::engine {

constexpr std::int64_t words_for(std::int64_t rows) { return (rows + 63) / 64; }

// The bits of the last word that are rows.
constexpr std::uint64_t tail_mask(std::int64_t rows) {
  return rows % 64 == 0 ? ~std::uint64_t{0} : (std::uint64_t{1} << (rows % 64)) - 1;
}

// Bytes of 0 or 1, one a row, as bits.
inline void pack(std::uint8_t const* bytes, std::int64_t rows, std::uint64_t* words) {
  std::int64_t row = 0;
  for (std::int64_t word = 0; word < words_for(rows); ++word) {
    std::uint64_t bits = 0;
    for (int group = 0; group < 8 && row + 8 <= rows; ++group, row += 8) {
      std::uint64_t eight;
      std::memcpy(&eight, bytes + row, 8);
      // Gathers the lowest bit of each byte into the top byte, first row lowest.
      bits |= ((eight * 0x0102040810204080ULL) >> 56) << (8 * group);
    }
    for (; row < rows && row < (word + 1) * 64; ++row) bits |= std::uint64_t{bytes[row]} << (row % 64);
    words[word] = bits;
  }
}

inline std::int64_t count(std::uint64_t const* words, std::int64_t word_count) {
  std::int64_t rows = 0;
  for (std::int64_t word = 0; word < word_count; ++word) rows += std::popcount(words[word]);
  return rows;
}

inline bool any(std::uint64_t const* words, std::int64_t word_count) {
  std::uint64_t all = 0;
  for (std::int64_t word = 0; word < word_count; ++word) all |= words[word];
  return all != 0;
}

// Calls visit(row) for every row of the set, in order.
template <class Visit> void for_each_row(std::uint64_t const* words, std::int64_t word_count, Visit visit) {
  for (std::int64_t word = 0; word < word_count; ++word)
    for (auto rest = words[word]; rest != 0; rest &= rest - 1) visit(word * 64 + std::countr_zero(rest));
}

}  // namespace huiyu::engine
