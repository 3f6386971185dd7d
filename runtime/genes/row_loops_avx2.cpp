#if defined(__AVX2__)

#include <immintrin.h>

#include "runtime/genes/row_loops_body.h"

namespace huiyu::genes::detail {
namespace {

// Each byte of four is copied to eight, and there only its own bit is looked at.
__m256i absent32(std::uint32_t bits) {
  auto const spread =
      _mm256_shuffle_epi8(_mm256_set1_epi32(static_cast<int>(bits)),
                          _mm256_setr_epi64x(0, 0x0101010101010101LL, 0x0202020202020202LL, 0x0303030303030303LL));
  auto const own = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201ULL));
  auto const zero = _mm256_cmpeq_epi8(_mm256_and_si256(spread, own), _mm256_setzero_si256());
  return _mm256_and_si256(zero, _mm256_set1_epi8(1));
}

void absent(std::uint8_t const* bits, std::int64_t first, std::int64_t rows, std::uint8_t* out) {
  absent_with(bits, first, rows, out, [](std::uint64_t word, std::uint8_t* to) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), absent32(static_cast<std::uint32_t>(word)));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + 32), absent32(static_cast<std::uint32_t>(word >> 32)));
  });
}

void standing(std::uint8_t const* bytes, std::int64_t words, StandingBits const& out) {
  auto const gather = [](__m256i a, __m256i b, int shift) {
    auto const low = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_slli_epi16(a, shift)));
    auto const high = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_slli_epi16(b, shift)));
    return std::uint64_t{low} | std::uint64_t{high} << 32;
  };
  for (std::int64_t word = 0; word < words; ++word, bytes += 64) {
    auto const a = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(bytes));
    auto const b = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(bytes + 32));
    out.first[word] = gather(a, b, 7);
    out.second[word] = gather(a, b, 6);
    out.third[word] = gather(a, b, 5);
  }
}

}  // namespace

RowLoops const avx2_rows{"avx2", &widen<std::int8_t>, &widen<std::int16_t>, &widen<std::int32_t>, &absent, &standing};

}  // namespace huiyu::genes::detail

#endif
