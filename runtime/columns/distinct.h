#pragma once

// Texts numbered in the order in which they first come: what is done once for a text need not be done for each row.

#include <cstdint>
#include <string_view>
#include <vector>

namespace huiyu::columns {

class DistinctTexts {
 public:
  DistinctTexts();

  // The number of a text, from 0 and without gaps. The bytes must stay where they are as long as this object lives.
  std::int32_t number_of(std::string_view text);

  std::int32_t count() const { return static_cast<std::int32_t>(texts_.size()); }
  std::string_view text(std::int32_t number) const { return texts_[static_cast<std::size_t>(number)]; }

 private:
  void grow();

  std::vector<std::string_view> texts_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::int32_t> slots_;  // a number, or -1; a power of two of them, at most half of them taken
  std::int32_t last_ = -1;           // registers are sorted as often as not
};

}  // namespace huiyu::columns
