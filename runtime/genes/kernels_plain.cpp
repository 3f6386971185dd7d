#include "runtime/genes/kernels.h"
#include "runtime/genes/linear_loop.h"
#include "runtime/genes/near_loop.h"
#include "runtime/genes/stab_loop.h"
#include "runtime/genes/sweep_loop.h"

namespace huiyu::genes::detail {
namespace {

template <class Value>
void inside(void const* values, std::int64_t words, std::uint64_t low, std::uint64_t span, Among among,
            std::uint64_t* out) {
  auto const* value = static_cast<Value const*>(values);
  auto const from = static_cast<Value>(low), most = static_cast<Value>(span);
  for (std::int64_t word = 0; word < words; ++word, value += 64) {
    std::uint64_t bits = 0;
    for (int i = 0; i < 64; ++i)
      bits |= static_cast<std::uint64_t>(static_cast<Value>(value[i] - from) <= most ? 1 : 0) << i;
    out[word] = (bits ^ among.flip) & among.rows[word];
  }
}

void in_set(std::uint8_t const* values, std::int64_t words, ByteSet const& set, std::uint64_t* out) {
  for (std::int64_t word = 0; word < words; ++word, values += 64) {
    std::uint64_t bits = 0;
    for (int i = 0; i < 64; ++i) bits |= ((set.words[values[i] / 64] >> (values[i] % 64)) & 1) << i;
    out[word] = bits;
  }
}

void linear(std::int64_t const* x, std::int64_t const* y, std::int64_t words, LinearTest const& test,
            std::uint64_t* holds, std::uint64_t* divides) {
  for (std::int64_t word = 0; word < words; ++word) {
    auto const made = exact_word(x + word * 64, y + word * 64, test);
    holds[word] = made.holds;
    divides[word] = made.divides;
  }
}

class Rows {
 public:
  explicit Rows(SweepRows const& rows) : rows_(rows) {}
  static Rows nothing() { return Rows(SweepRows{}); }
  friend Rows operator&(Rows a, Rows const& b) {
    for (int word = 0; word < sweep_words; ++word) a.rows_.words[word] &= b.rows_.words[word];
    return a;
  }
  friend Rows operator|(Rows a, Rows const& b) {
    for (int word = 0; word < sweep_words; ++word) a.rows_.words[word] |= b.rows_.words[word];
    return a;
  }
  Rows without(Rows const& others) const {
    auto rest = *this;
    for (int word = 0; word < sweep_words; ++word) rest.rows_.words[word] &= ~others.rows_.words[word];
    return rest;
  }
  bool none() const {
    std::uint64_t any = 0;
    for (int word = 0; word < sweep_words; ++word) any |= rows_.words[word];
    return any == 0;
  }
  void store(SweepRows& rows) const { rows = rows_; }

 private:
  SweepRows rows_;
};

class Held {
 public:
  static constexpr std::uint32_t count = 16;
  explicit Held(std::uint16_t code) : code_(code) {}
  std::uint64_t of(std::uint16_t const* lows, std::uint16_t const* spans) const {
    std::uint64_t bits = 0;
    for (std::uint32_t i = 0; i < count; ++i)
      bits |= static_cast<std::uint64_t>(static_cast<std::uint16_t>(code_ - lows[i]) <= spans[i] ? 1 : 0) << i;
    return bits;
  }

 private:
  std::uint16_t code_;
};

}  // namespace

Kernels const plain_kernels{
    "plain", &inside<std::uint8_t>, &inside<std::uint16_t>, &inside<std::uint32_t>, &inside<std::uint64_t>, &in_set,
    &linear, &sweep_with<Rows>,     &stab_with<Held>,       &near_with<Rows>};

}  // namespace huiyu::genes::detail
