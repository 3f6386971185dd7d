#include "runtime/genes/row_loops_body.h"

namespace huiyu::genes::detail {
namespace {

constexpr std::uint64_t each = 0x0101010101010101ULL;

// Eight bits become eight bytes at once: each is copied to every byte, and there only its own is kept.
void absent(std::uint8_t const* bits, std::int64_t first, std::int64_t rows, std::uint8_t* out) {
  constexpr std::uint64_t own = 0x8040201008040201ULL;
  absent_with(bits, first, rows, out, [](std::uint64_t word, std::uint8_t* to) {
    for (int eight = 0; eight < 8; ++eight) {
      auto const kept = ((word >> (8 * eight) & 0xFF) * each) & own;
      auto const bytes = (~(kept + 0x7F * each) >> 7) & each;
      std::memcpy(to + 8 * eight, &bytes, sizeof bytes);
    }
  });
}

// Gathers the lowest bit of each byte into the top byte, first row lowest.
void standing(std::uint8_t const* bytes, std::int64_t words, StandingBits const& out) {
  auto const gather = [](std::uint64_t eight) { return ((eight & each) * 0x0102040810204080ULL) >> 56; };
  for (std::int64_t word = 0; word < words; ++word) {
    std::uint64_t bits[3] = {};
    for (int group = 0; group < 8; ++group) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, bytes + word * 64 + group * 8, sizeof eight);
      for (int bit = 0; bit < 3; ++bit) bits[bit] |= gather(eight >> bit) << (8 * group);
    }
    out.first[word] = bits[0], out.second[word] = bits[1], out.third[word] = bits[2];
  }
}

}  // namespace

RowLoops const plain_rows{"plain", &widen<std::int8_t>, &widen<std::int16_t>, &widen<std::int32_t>, &absent, &standing};

}  // namespace huiyu::genes::detail
