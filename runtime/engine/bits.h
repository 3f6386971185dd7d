#pragma once

// Sets of a block's rows: one bit a row, 64 rows a word. INVARIANT (tail): bits past the last row are 0.

#include <bit>
#include <cstdint>

namespace huiyu::engine {

constexpr std::int64_t words_for(std::int64_t rows) { return (rows + 63) / 64; }

// The bits of the last word that are rows.
constexpr std::uint64_t tail_mask(std::int64_t rows) {
  return rows % 64 == 0 ? ~std::uint64_t{0} : (std::uint64_t{1} << (rows % 64)) - 1;
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
