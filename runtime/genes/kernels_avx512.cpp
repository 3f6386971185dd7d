#if defined(__AVX512BW__)

#include <immintrin.h>

#include "runtime/genes/kernels.h"
#include "runtime/genes/linear_loop.h"
#include "runtime/genes/near_loop.h"
#include "runtime/genes/stab_loop.h"
#include "runtime/genes/sweep_loop.h"

namespace huiyu::genes::detail {
namespace {

__m512i load(void const* from) { return _mm512_loadu_si512(from); }

void inside8(void const* values, std::int64_t words, std::uint64_t low, std::uint64_t span, Among among,
             std::uint64_t* out) {
  auto const* value = static_cast<std::uint8_t const*>(values);
  auto const from = _mm512_set1_epi8(static_cast<char>(low)), most = _mm512_set1_epi8(static_cast<char>(span));
  for (std::int64_t word = 0; word < words; ++word, value += 64) {
    std::uint64_t const bits = _mm512_cmple_epu8_mask(_mm512_sub_epi8(load(value), from), most);
    out[word] = (bits ^ among.flip) & among.rows[word];
  }
}

void inside16(void const* values, std::int64_t words, std::uint64_t low, std::uint64_t span, Among among,
              std::uint64_t* out) {
  auto const* value = static_cast<std::uint16_t const*>(values);
  auto const from = _mm512_set1_epi16(static_cast<short>(low)), most = _mm512_set1_epi16(static_cast<short>(span));
  for (std::int64_t word = 0; word < words; ++word, value += 64) {
    std::uint64_t const first = _mm512_cmple_epu16_mask(_mm512_sub_epi16(load(value), from), most);
    std::uint64_t const second = _mm512_cmple_epu16_mask(_mm512_sub_epi16(load(value + 32), from), most);
    out[word] = ((first | second << 32) ^ among.flip) & among.rows[word];
  }
}

void inside32(void const* values, std::int64_t words, std::uint64_t low, std::uint64_t span, Among among,
              std::uint64_t* out) {
  auto const* value = static_cast<std::uint32_t const*>(values);
  auto const from = _mm512_set1_epi32(static_cast<int>(low)), most = _mm512_set1_epi32(static_cast<int>(span));
  auto const sixteen = [&](int part) {
    return static_cast<__mmask32>(_mm512_cmple_epu32_mask(_mm512_sub_epi32(load(value + 16 * part), from), most));
  };
  for (std::int64_t word = 0; word < words; ++word, value += 64) {
    auto const first = _mm512_kunpackw(sixteen(1), sixteen(0)), second = _mm512_kunpackw(sixteen(3), sixteen(2));
    out[word] = (_cvtmask64_u64(_mm512_kunpackd(second, first)) ^ among.flip) & among.rows[word];
  }
}

void inside64(void const* values, std::int64_t words, std::uint64_t low, std::uint64_t span, Among among,
              std::uint64_t* out) {
  auto const* value = static_cast<std::uint64_t const*>(values);
  auto const from = _mm512_set1_epi64(static_cast<long long>(low));
  auto const most = _mm512_set1_epi64(static_cast<long long>(span));
  auto const eight = [&](int part) {
    return static_cast<__mmask16>(_mm512_cmple_epu64_mask(_mm512_sub_epi64(load(value + 8 * part), from), most));
  };
  auto const sixteen = [&](int part) {
    return static_cast<__mmask32>(_mm512_kunpackb(eight(2 * part + 1), eight(2 * part)));
  };
  // Joined as masks: brought to integers one by one they would have to be shifted.
  for (std::int64_t word = 0; word < words; ++word, value += 64) {
    auto const first = _mm512_kunpackw(sixteen(1), sixteen(0)), second = _mm512_kunpackw(sixteen(3), sixteen(2));
    out[word] = (_cvtmask64_u64(_mm512_kunpackd(second, first)) ^ among.flip) & among.rows[word];
  }
}

// As in kernels_avx2.cpp, 64 values at a time.
void in_set(std::uint8_t const* values, std::int64_t words, ByteSet const& set, std::uint64_t* out) {
  alignas(64) std::uint8_t lower[64] = {}, upper[64] = {};
  for (int word = 0; word < 4; ++word)
    for (auto rest = set.words[word]; rest != 0; rest &= rest - 1) {
      auto const value = word * 64 + static_cast<int>(_tzcnt_u64(rest));
      auto* table = value < 128 ? lower : upper;
      table[value % 16] = static_cast<std::uint8_t>(table[value % 16] | 1 << (value / 16 % 8));
    }
  auto const spread = [](std::uint8_t const* table) {
    return _mm512_broadcast_i32x4(_mm_load_si128(reinterpret_cast<__m128i const*>(table)));
  };
  auto const low_table = spread(lower), high_table = spread(upper);
  auto const bit_table = _mm512_set1_epi64(static_cast<long long>(0x8040201008040201ULL));
  auto const nibble = _mm512_set1_epi8(15);
  for (std::int64_t word = 0; word < words; ++word, values += 64) {
    auto const value = load(values);
    auto const low = _mm512_and_si512(value, nibble);
    auto const high = _mm512_and_si512(_mm512_srli_epi16(value, 4), nibble);
    auto const byte =
        _mm512_mask_shuffle_epi8(_mm512_shuffle_epi8(low_table, low), _mm512_movepi8_mask(value), high_table, low);
    out[word] = _mm512_test_epi8_mask(byte, _mm512_shuffle_epi8(bit_table, high));
  }
}

class Lanes {
 public:
  static constexpr int count = 8;
  static constexpr std::uint64_t every = 0xFF;
  static Lanes all(std::int64_t value) { return Lanes(_mm512_set1_epi64(value)); }
  static Lanes load(std::int64_t const* values) { return Lanes(_mm512_loadu_si512(values)); }
  friend Lanes operator+(Lanes a, Lanes b) { return Lanes(_mm512_add_epi64(a.lanes_, b.lanes_)); }
  friend Lanes operator*(Lanes a, Lanes b) { return Lanes(_mm512_mullo_epi64(a.lanes_, b.lanes_)); }
  std::uint64_t greater_than(Lanes other) const { return _mm512_cmpgt_epi64_mask(lanes_, other.lanes_); }
  std::uint64_t negative() const { return _mm512_movepi64_mask(lanes_); }
  std::uint64_t not_zero() const { return _mm512_test_epi64_mask(lanes_, lanes_); }
  std::uint64_t farther_than(Lanes reach) const {
    return _mm512_cmpgt_epu64_mask((*this + reach).lanes_, (reach + reach).lanes_);
  }

 private:
  explicit Lanes(__m512i lanes) : lanes_(lanes) {}
  __m512i lanes_;
};

class Rows {
 public:
  explicit Rows(SweepRows const& rows) : rows_(_mm512_load_si512(rows.words)) {}
  static Rows nothing() { return Rows(_mm512_setzero_si512()); }
  friend Rows operator&(Rows a, Rows b) { return Rows(_mm512_and_si512(a.rows_, b.rows_)); }
  friend Rows operator|(Rows a, Rows b) { return Rows(_mm512_or_si512(a.rows_, b.rows_)); }
  Rows without(Rows others) const { return Rows(_mm512_andnot_si512(others.rows_, rows_)); }
  bool none() const { return _mm512_test_epi64_mask(rows_, rows_) == 0; }
  void store(SweepRows& rows) const { _mm512_store_si512(rows.words, rows_); }

 private:
  explicit Rows(__m512i rows) : rows_(rows) {}
  __m512i rows_;
};

class Held {
 public:
  static constexpr std::uint32_t count = 32;
  explicit Held(std::uint16_t code) : code_(_mm512_set1_epi16(static_cast<short>(code))) {}
  std::uint64_t of(std::uint16_t const* lows, std::uint16_t const* spans) const {
    return _mm512_cmple_epu16_mask(_mm512_sub_epi16(code_, load(lows)), load(spans));
  }

 private:
  __m512i code_;
};

}  // namespace

Kernels const avx512_kernels{"avx512",         &inside8,        &inside16,           &inside32,
                             &inside64,        &in_set,         &linear_with<Lanes>, &sweep_with<Rows>,
                             &stab_with<Held>, &near_with<Rows>};

}  // namespace huiyu::genes::detail

#endif
