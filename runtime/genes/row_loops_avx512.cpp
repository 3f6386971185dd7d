#if defined(__AVX512BW__)

#include <immintrin.h>

#include "runtime/genes/row_loops_body.h"

namespace huiyu::genes::detail {
namespace {

void absent(std::uint8_t const* bits, std::int64_t first, std::int64_t rows, std::uint8_t* out) {
  absent_with(bits, first, rows, out,
              [](std::uint64_t word, std::uint8_t* to) { _mm512_storeu_si512(to, _mm512_maskz_set1_epi8(~word, 1)); });
}

void standing(std::uint8_t const* bytes, std::int64_t words, StandingBits const& out) {
  for (std::int64_t word = 0; word < words; ++word, bytes += 64) {
    auto const all = _mm512_loadu_si512(bytes);
    out.first[word] = _mm512_test_epi8_mask(all, _mm512_set1_epi8(1));
    out.second[word] = _mm512_test_epi8_mask(all, _mm512_set1_epi8(2));
    out.third[word] = _mm512_test_epi8_mask(all, _mm512_set1_epi8(4));
  }
}

}  // namespace

RowLoops const avx512_rows{"avx512", &widen<std::int8_t>, &widen<std::int16_t>, &widen<std::int32_t>, &absent,
                           &standing};

}  // namespace huiyu::genes::detail

#endif
