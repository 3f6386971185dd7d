#include "runtime/columns/distinct.h"

#include "runtime/base/hash.h"

namespace huiyu::columns {
namespace {

constexpr std::size_t first_slots = 64;

}  // namespace

DistinctTexts::DistinctTexts() : slots_(first_slots, -1) {}

std::int32_t DistinctTexts::number_of(std::string_view text) {
  if (last_ >= 0 && texts_[static_cast<std::size_t>(last_)] == text) return last_;
  auto const hash = hash_bytes(text).low;
  auto const mask = slots_.size() - 1;
  for (auto at = static_cast<std::size_t>(hash) & mask;; at = (at + 1) & mask) {
    auto const number = slots_[at];
    if (number < 0) {
      last_ = count();
      slots_[at] = last_;
      texts_.push_back(text);
      hashes_.push_back(hash);
      if (texts_.size() * 2 > slots_.size()) grow();
      return last_;
    }
    auto const place = static_cast<std::size_t>(number);
    if (hashes_[place] == hash && texts_[place] == text) return last_ = number;
  }
}

void DistinctTexts::grow() {
  std::vector<std::int32_t> slots(slots_.size() * 4, -1);
  auto const mask = slots.size() - 1;
  for (std::size_t i = 0; i < hashes_.size(); ++i) {
    auto at = static_cast<std::size_t>(hashes_[i]) & mask;
    while (slots[at] >= 0) at = (at + 1) & mask;
    slots[at] = static_cast<std::int32_t>(i);
  }
  slots_ = std::move(slots);
}

}  // namespace huiyu::columns
