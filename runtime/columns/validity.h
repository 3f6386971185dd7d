#pragma once

// Which rows of a column are present, as a bitmap that a reader makes and may still change. Private to the Arrow
// reader.

#include <cstdint>
#include <vector>

namespace huiyu::columns {

class Validity {
 public:
  // All present.
  explicit Validity(std::int64_t count);

  // Only rows stay present that are so in `bits` too, from bit `start` on; null: all are.
  void keep(std::uint8_t const* bits, std::int64_t start);
  void clear(std::int64_t row) {
    auto& byte = bits_[static_cast<std::size_t>(row >> 3)];
    byte = static_cast<std::uint8_t>(byte & ~(1U << static_cast<unsigned>(row & 7)));
  }

  bool present(std::int64_t row) const {
    return ((bits_[static_cast<std::size_t>(row >> 3)] >> static_cast<unsigned>(row & 7)) & 1U) != 0;
  }
  bool all_present() const;
  std::vector<std::uint8_t> take() && { return std::move(bits_); }

 private:
  std::int64_t count_;
  std::vector<std::uint8_t> bits_;
};

}  // namespace huiyu::columns
