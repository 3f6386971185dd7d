#include "runtime/columns/validity.h"

#include <algorithm>

namespace huiyu::columns {

Validity::Validity(std::int64_t count) : count_(count), bits_(static_cast<std::size_t>((count + 7) / 8), 0xFF) {
  // Bits past the end are set as well, so that all_present need not know them.
}

void Validity::keep(std::uint8_t const* bits, std::int64_t start) {
  if (bits == nullptr || count_ == 0) return;
  auto const* from = bits + start / 8;
  auto const shift = static_cast<unsigned>(start % 8);
  auto const last = static_cast<std::size_t>((start % 8 + count_ - 1) / 8);  // of `from`: no byte past it is read
  for (std::size_t i = 0; i < bits_.size(); ++i) {
    unsigned value = static_cast<unsigned>(from[i]) >> shift;
    if (shift != 0 && i < last) value |= static_cast<unsigned>(from[i + 1]) << (8 - shift);
    bits_[i] = static_cast<std::uint8_t>(bits_[i] & value);
  }
  if (count_ % 8 != 0) {
    auto const beyond = 0xFFU << static_cast<unsigned>(count_ % 8);
    bits_.back() = static_cast<std::uint8_t>(bits_.back() | beyond);
  }
}

bool Validity::all_present() const {
  return std::all_of(bits_.begin(), bits_.end(), [](std::uint8_t byte) { return byte == 0xFF; });
}

}  // namespace huiyu::columns
