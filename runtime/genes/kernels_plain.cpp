#include "runtime/genes/kernels.h"
#include "runtime/genes/sweep_loop.h"

namespace huiyu::genes::detail {
namespace {

template <class Value>
void inside(void const* values, std::int64_t words, std::uint64_t low, std::uint64_t span, std::uint64_t* out) {
  auto const* value = static_cast<Value const*>(values);
  auto const from = static_cast<Value>(low), most = static_cast<Value>(span);
  for (std::int64_t word = 0; word < words; ++word, value += 64) {
    std::uint64_t bits = 0;
    for (int i = 0; i < 64; ++i)
      bits |= static_cast<std::uint64_t>(static_cast<Value>(value[i] - from) <= most ? 1 : 0) << i;
    out[word] = bits;
  }
}

void in_set(std::uint8_t const* values, std::int64_t words, ByteSet const& set, std::uint64_t* out) {
  for (std::int64_t word = 0; word < words; ++word, values += 64) {
    std::uint64_t bits = 0;
    for (int i = 0; i < 64; ++i) bits |= ((set.words[values[i] / 64] >> (values[i] % 64)) & 1) << i;
    out[word] = bits;
  }
}

class Rows {
 public:
  explicit Rows(SweepRows const& rows) : rows_(rows) {}
  void keep(SweepRows const& others) {
    for (int word = 0; word < sweep_words; ++word) rows_.words[word] &= others.words[word];
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

}  // namespace

Kernels const plain_kernels{
    "plain", &inside<std::uint8_t>, &inside<std::uint16_t>, &inside<std::uint32_t>, &inside<std::uint64_t>,
    &in_set, &sweep_with<Rows>};

}  // namespace huiyu::genes::detail
