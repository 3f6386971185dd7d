#if defined(__AVX2__)

#include <immintrin.h>

#include "runtime/genes/kernels.h"
#include "runtime/genes/linear_loop.h"
#include "runtime/genes/near_loop.h"
#include "runtime/genes/stab_loop.h"
#include "runtime/genes/sweep_loop.h"

namespace huiyu::genes::detail {
namespace {

__m256i load(void const* from) { return _mm256_loadu_si256(static_cast<__m256i const*>(from)); }
std::uint32_t bits8(__m256i bytes) { return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes)); }

// Unsigned x ≤ most.
__m256i at_most8(__m256i x, __m256i most) { return _mm256_cmpeq_epi8(_mm256_min_epu8(x, most), x); }
__m256i at_most16(__m256i x, __m256i most) { return _mm256_cmpeq_epi16(_mm256_min_epu16(x, most), x); }
__m256i at_most32(__m256i x, __m256i most) { return _mm256_cmpeq_epi32(_mm256_min_epu32(x, most), x); }

void inside8(void const* values, std::int64_t words, std::uint64_t low, std::uint64_t span, Among among,
             std::uint64_t* out) {
  auto const* value = static_cast<std::uint8_t const*>(values);
  auto const from = _mm256_set1_epi8(static_cast<char>(low)), most = _mm256_set1_epi8(static_cast<char>(span));
  for (std::int64_t word = 0; word < words; ++word, value += 64) {
    auto const first = bits8(at_most8(_mm256_sub_epi8(load(value), from), most));
    auto const second = bits8(at_most8(_mm256_sub_epi8(load(value + 32), from), most));
    out[word] = ((first | std::uint64_t{second} << 32) ^ among.flip) & among.rows[word];
  }
}

void inside16(void const* values, std::int64_t words, std::uint64_t low, std::uint64_t span, Among among,
              std::uint64_t* out) {
  auto const* value = static_cast<std::uint16_t const*>(values);
  auto const from = _mm256_set1_epi16(static_cast<short>(low)), most = _mm256_set1_epi16(static_cast<short>(span));
  for (std::int64_t word = 0; word < words; ++word) {
    std::uint64_t bits = 0;
    for (int half = 0; half < 2; ++half, value += 32) {
      auto const first = at_most16(_mm256_sub_epi16(load(value), from), most);
      auto const second = at_most16(_mm256_sub_epi16(load(value + 16), from), most);
      // Packing interleaves the halves of both registers.
      auto const bytes = _mm256_permute4x64_epi64(_mm256_packs_epi16(first, second), 0xD8);
      bits |= std::uint64_t{bits8(bytes)} << (32 * half);
    }
    out[word] = (bits ^ among.flip) & among.rows[word];
  }
}

void inside32(void const* values, std::int64_t words, std::uint64_t low, std::uint64_t span, Among among,
              std::uint64_t* out) {
  auto const* value = static_cast<std::uint32_t const*>(values);
  auto const from = _mm256_set1_epi32(static_cast<int>(low)), most = _mm256_set1_epi32(static_cast<int>(span));
  for (std::int64_t word = 0; word < words; ++word) {
    std::uint64_t bits = 0;
    for (int part = 0; part < 8; ++part, value += 8) {
      auto const inside = at_most32(_mm256_sub_epi32(load(value), from), most);
      auto const eight = static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(inside)));
      bits |= std::uint64_t{eight} << (8 * part);
    }
    out[word] = (bits ^ among.flip) & among.rows[word];
  }
}

void inside64(void const* values, std::int64_t words, std::uint64_t low, std::uint64_t span, Among among,
              std::uint64_t* out) {
  auto const* value = static_cast<std::uint64_t const*>(values);
  // AVX2 compares signed integers only: both sides are moved by half the range.
  auto const half_range = std::uint64_t{1} << 63;
  auto const from = _mm256_set1_epi64x(static_cast<long long>(low ^ half_range));
  auto const most = _mm256_set1_epi64x(static_cast<long long>(span ^ half_range));
  for (std::int64_t word = 0; word < words; ++word) {
    std::uint64_t bits = 0;
    for (int part = 0; part < 16; ++part, value += 4) {
      auto const above = _mm256_cmpgt_epi64(_mm256_sub_epi64(load(value), from), most);
      auto const four = static_cast<std::uint32_t>(_mm256_movemask_pd(_mm256_castsi256_pd(above)));
      bits |= std::uint64_t{four} << (4 * part);
    }
    out[word] = (~bits ^ among.flip) & among.rows[word];
  }
}

// A value's low half-byte finds a byte of the set, its high half-byte a bit in it; sets of 128 fit one look-up of
// bytes.
void in_set(std::uint8_t const* values, std::int64_t words, ByteSet const& set, std::uint64_t* out) {
  alignas(32) std::uint8_t lower[32] = {}, upper[32] = {};
  for (int value = 0; value < 256; ++value) {
    if (((set.words[value / 64] >> (value % 64)) & 1) == 0) continue;
    auto* table = value < 128 ? lower : upper;
    for (int lane = 0; lane < 32; lane += 16)
      table[lane + value % 16] = static_cast<std::uint8_t>(table[lane + value % 16] | 1 << (value / 16 % 8));
  }
  auto const low_table = load(lower), high_table = load(upper);
  auto const bit_table = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16,
                                          32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  auto const nibble = _mm256_set1_epi8(15);
  auto const members = [&](std::uint8_t const* from) {
    auto const value = load(from);
    auto const low = _mm256_and_si256(value, nibble);
    auto const high = _mm256_and_si256(_mm256_srli_epi16(value, 4), nibble);
    // The value's top bit chooses the table.
    auto const byte =
        _mm256_blendv_epi8(_mm256_shuffle_epi8(low_table, low), _mm256_shuffle_epi8(high_table, low), value);
    auto const bit = _mm256_shuffle_epi8(bit_table, high);
    return bits8(_mm256_cmpeq_epi8(_mm256_and_si256(byte, bit), bit));
  };
  for (std::int64_t word = 0; word < words; ++word, values += 64)
    out[word] = members(values) | std::uint64_t{members(values + 32)} << 32;
}

class Lanes {
 public:
  static constexpr int count = 4;
  static constexpr std::uint64_t every = 0xF;
  static Lanes all(std::int64_t value) { return Lanes(_mm256_set1_epi64x(value)); }
  static Lanes load(std::int64_t const* values) { return Lanes(detail::load(values)); }
  friend Lanes operator+(Lanes a, Lanes b) { return Lanes(_mm256_add_epi64(a.lanes_, b.lanes_)); }
  // The low half of a product: AVX2 multiplies 32 bits only.
  friend Lanes operator*(Lanes a, Lanes b) {
    auto const low = _mm256_mul_epu32(a.lanes_, b.lanes_);
    auto const crossed = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(a.lanes_, 32), b.lanes_),
                                          _mm256_mul_epu32(a.lanes_, _mm256_srli_epi64(b.lanes_, 32)));
    return Lanes(_mm256_add_epi64(low, _mm256_slli_epi64(crossed, 32)));
  }
  std::uint64_t greater_than(Lanes other) const { return bits(_mm256_cmpgt_epi64(lanes_, other.lanes_)); }
  std::uint64_t negative() const { return bits(lanes_); }
  std::uint64_t not_zero() const { return every & ~bits(_mm256_cmpeq_epi64(lanes_, _mm256_setzero_si256())); }
  // Unsigned, moved by half the range.
  std::uint64_t farther_than(Lanes reach) const {
    auto const half_range = all(std::int64_t{1} << 63);
    return (*this + reach + half_range).greater_than(reach + reach + half_range);
  }

 private:
  explicit Lanes(__m256i lanes) : lanes_(lanes) {}
  static std::uint64_t bits(__m256i lanes) {
    return static_cast<std::uint64_t>(_mm256_movemask_pd(_mm256_castsi256_pd(lanes)));
  }
  __m256i lanes_;
};

class Rows {
 public:
  explicit Rows(SweepRows const& rows) : low_(load(rows.words)), high_(load(rows.words + 4)) {}
  static Rows nothing() { return {_mm256_setzero_si256(), _mm256_setzero_si256()}; }
  friend Rows operator&(Rows a, Rows b) {
    return {_mm256_and_si256(a.low_, b.low_), _mm256_and_si256(a.high_, b.high_)};
  }
  friend Rows operator|(Rows a, Rows b) { return {_mm256_or_si256(a.low_, b.low_), _mm256_or_si256(a.high_, b.high_)}; }
  Rows without(Rows others) const {
    return {_mm256_andnot_si256(others.low_, low_), _mm256_andnot_si256(others.high_, high_)};
  }
  bool none() const {
    auto const any = _mm256_or_si256(low_, high_);
    return _mm256_testz_si256(any, any) != 0;
  }
  void store(SweepRows& rows) const {
    _mm256_store_si256(reinterpret_cast<__m256i*>(rows.words), low_);
    _mm256_store_si256(reinterpret_cast<__m256i*>(rows.words + 4), high_);
  }

 private:
  Rows(__m256i low, __m256i high) : low_(low), high_(high) {}
  __m256i low_, high_;
};

class Held {
 public:
  static constexpr std::uint32_t count = 32;
  explicit Held(std::uint16_t code) : code_(_mm256_set1_epi16(static_cast<short>(code))) {}
  std::uint64_t of(std::uint16_t const* lows, std::uint16_t const* spans) const {
    auto const first = at_most16(_mm256_sub_epi16(code_, load(lows)), load(spans));
    auto const second = at_most16(_mm256_sub_epi16(code_, load(lows + 16)), load(spans + 16));
    // Packing interleaves the halves of both registers.
    return bits8(_mm256_permute4x64_epi64(_mm256_packs_epi16(first, second), 0xD8));
  }

 private:
  __m256i code_;
};

}  // namespace

Kernels const avx2_kernels{"avx2",           &inside8,        &inside16,           &inside32,
                           &inside64,        &in_set,         &linear_with<Lanes>, &sweep_with<Rows>,
                           &stab_with<Held>, &near_with<Rows>};

}  // namespace huiyu::genes::detail

#endif
