#pragma once

// 512 records as 512 bits, and comparisons of 512 values that make them: by AVX-512 where the compiler may use it, else
// by AVX2. All pointers are to 64 bytes or to a multiple of them, aligned; `values` need not be.

#include <bit>
#include <cstdint>

#include <immintrin.h>

namespace huiyu::reference {

constexpr int block_size = 512;
constexpr int block_words = block_size / 64;
constexpr int block_bytes = block_size / 8;

#if defined(__AVX512BW__) && defined(__AVX512VL__)

struct Bits {
  __m512i all;

  static Bits none() { return {_mm512_setzero_si512()}; }
  static Bits load(void const* from) { return {_mm512_load_si512(from)}; }
  void store(void* to) const { _mm512_store_si512(to, all); }
  bool empty() const { return _mm512_test_epi64_mask(all, all) == 0; }
  friend Bits operator&(Bits a, Bits b) { return {_mm512_and_si512(a.all, b.all)}; }
  friend Bits operator|(Bits a, Bits b) { return {_mm512_or_si512(a.all, b.all)}; }
  Bits without(Bits other) const { return {_mm512_andnot_si512(other.all, all)}; }
};

// Which codes are at least `low` and at most `low + length`: one comparison, since what is below wraps round.
inline void within(std::uint8_t const* codes, std::uint8_t low, std::uint8_t length, std::uint64_t* out) {
  auto const lows = _mm512_set1_epi8(static_cast<char>(low)), lengths = _mm512_set1_epi8(static_cast<char>(length));
  for (int i = 0; i < block_words; ++i)
    out[i] = _mm512_cmple_epu8_mask(_mm512_sub_epi8(_mm512_load_si512(codes + i * 64), lows), lengths);
}
inline void within(std::uint16_t const* codes, std::uint16_t low, std::uint16_t length, std::uint64_t* out) {
  auto const lows = _mm512_set1_epi16(static_cast<short>(low)), lengths = _mm512_set1_epi16(static_cast<short>(length));
  auto const half = [&](int i) {
    return std::uint64_t{_mm512_cmple_epu16_mask(_mm512_sub_epi16(_mm512_load_si512(codes + i * 32), lows), lengths)};
  };
  for (int i = 0; i < block_words; ++i) out[i] = half(2 * i) | half(2 * i + 1) << 32;
}

// Eight values at once, as the bits of a byte: at least `low` and at most `high`; with `negated` known and not so.
inline std::uint8_t eight_within(std::int32_t const* values, std::int32_t low, std::int32_t high, bool negated) {
  auto const v = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(values));
  auto const from_low = _mm256_cmpge_epi32_mask(v, _mm256_set1_epi32(low));
  auto const inside = _mm256_mask_cmple_epi32_mask(from_low, v, _mm256_set1_epi32(high));
  return negated ? _mm256_mask_cmpneq_epi32_mask(static_cast<__mmask8>(~inside), v, _mm256_set1_epi32(INT32_MIN))
                 : inside;
}
inline std::uint8_t eight_within(std::int64_t const* values, std::int64_t low, std::int64_t high, bool negated) {
  auto const v = _mm512_loadu_si512(values);
  auto const from_low = _mm512_cmpge_epi64_mask(v, _mm512_set1_epi64(low));
  auto const inside = _mm512_mask_cmple_epi64_mask(from_low, v, _mm512_set1_epi64(high));
  return negated ? _mm512_mask_cmpneq_epi64_mask(static_cast<__mmask8>(~inside), v, _mm512_set1_epi64(INT64_MIN))
                 : inside;
}

#else

struct Bits {
  __m256i low, high;

  static Bits none() { return {_mm256_setzero_si256(), _mm256_setzero_si256()}; }
  static Bits load(void const* from) {
    auto const* halves = static_cast<__m256i const*>(from);
    return {_mm256_load_si256(halves), _mm256_load_si256(halves + 1)};
  }
  void store(void* to) const {
    auto* halves = static_cast<__m256i*>(to);
    _mm256_store_si256(halves, low);
    _mm256_store_si256(halves + 1, high);
  }
  bool empty() const {
    auto const any = _mm256_or_si256(low, high);
    return _mm256_testz_si256(any, any) != 0;
  }
  friend Bits operator&(Bits a, Bits b) { return {_mm256_and_si256(a.low, b.low), _mm256_and_si256(a.high, b.high)}; }
  friend Bits operator|(Bits a, Bits b) { return {_mm256_or_si256(a.low, b.low), _mm256_or_si256(a.high, b.high)}; }
  Bits without(Bits other) const {
    return {_mm256_andnot_si256(other.low, low), _mm256_andnot_si256(other.high, high)};
  }
};

inline void within(std::uint8_t const* codes, std::uint8_t low, std::uint8_t length, std::uint64_t* out) {
  auto const lows = _mm256_set1_epi8(static_cast<char>(low)), lengths = _mm256_set1_epi8(static_cast<char>(length));
  auto const half = [&](int i) {
    auto const x = _mm256_sub_epi8(_mm256_load_si256(reinterpret_cast<__m256i const*>(codes) + i), lows);
    auto const inside = _mm256_cmpeq_epi8(_mm256_min_epu8(x, lengths), x);
    return std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(inside))};
  };
  for (int i = 0; i < block_words; ++i) out[i] = half(2 * i) | half(2 * i + 1) << 32;
}
inline void within(std::uint16_t const* codes, std::uint16_t low, std::uint16_t length, std::uint64_t* out) {
  auto const lows = _mm256_set1_epi16(static_cast<short>(low)), lengths = _mm256_set1_epi16(static_cast<short>(length));
  auto const quarter = [&](int i) {
    auto const x = _mm256_sub_epi16(_mm256_load_si256(reinterpret_cast<__m256i const*>(codes) + i), lows);
    return _mm256_cmpeq_epi16(_mm256_min_epu16(x, lengths), x);
  };
  auto const half = [&](int i) {
    auto const packed = _mm256_packs_epi16(quarter(2 * i), quarter(2 * i + 1));
    auto const ordered = _mm256_permute4x64_epi64(packed, 0xD8);
    return std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(ordered))};
  };
  for (int i = 0; i < block_words; ++i) out[i] = half(2 * i) | half(2 * i + 1) << 32;
}

inline std::uint8_t eight_within(std::int32_t const* values, std::int32_t low, std::int32_t high, bool negated) {
  auto const v = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(values));
  auto const bits = [](__m256i x) { return _mm256_movemask_ps(_mm256_castsi256_ps(x)); };
  auto const outside = bits(
      _mm256_or_si256(_mm256_cmpgt_epi32(v, _mm256_set1_epi32(high)), _mm256_cmpgt_epi32(_mm256_set1_epi32(low), v)));
  if (!negated) return static_cast<std::uint8_t>(~outside);
  return static_cast<std::uint8_t>(outside & ~bits(_mm256_cmpeq_epi32(v, _mm256_set1_epi32(INT32_MIN))));
}
inline std::uint8_t eight_within(std::int64_t const* values, std::int64_t low, std::int64_t high, bool negated) {
  auto const four = [&](int i) {
    auto const v = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(values) + i);
    auto const bits = [](__m256i x) { return _mm256_movemask_pd(_mm256_castsi256_pd(x)); };
    auto const outside = bits(_mm256_or_si256(_mm256_cmpgt_epi64(v, _mm256_set1_epi64x(high)),
                                              _mm256_cmpgt_epi64(_mm256_set1_epi64x(low), v)));
    if (!negated) return ~outside & 0xF;
    return outside & ~bits(_mm256_cmpeq_epi64(v, _mm256_set1_epi64x(INT64_MIN)));
  };
  return static_cast<std::uint8_t>(four(0) | four(1) << 4);
}

#endif

template <class Each> void for_each_bit(std::uint64_t const* words, Each each) {
  for (int i = 0; i < block_words; ++i)
    for (auto rest = words[i]; rest != 0; rest &= rest - 1) each(i * 64 + std::countr_zero(rest));
}

}  // namespace huiyu::reference
