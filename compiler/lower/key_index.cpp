#include "compiler/lower/key_index.h"

#include <algorithm>

#include "runtime/base/check.h"
#include "runtime/base/hash.h"

namespace huiyu::lower {

std::pair<std::uint32_t, bool> KeyIndex::place(std::string_view key, std::uint32_t next) {
  if (2 * (count_ + 1) > slots_.size()) grow();
  HUIYU_CHECK(key.size() < UINT32_MAX, "a row's key is longer than any row");
  auto const hash = hash_bytes(key).low;
  auto const mask = slots_.size() - 1;
  for (auto at = static_cast<std::size_t>(hash) & mask;; at = (at + 1) & mask) {
    auto& slot = slots_[at];
    if (!slot.taken) {
      slot = {hash, keys_.size(), static_cast<std::uint32_t>(key.size()), next, true};
      keys_ += key;
      ++count_;
      return {next, true};
    }
    if (slot.hash == hash && std::string_view(keys_).substr(slot.begin, slot.size) == key) return {slot.place, false};
  }
}

namespace {
constexpr std::size_t first_slots = 64;
}

void PlaceIndex::grow() {
  std::vector<Slot> larger(std::max(first_slots, 2 * slots_.size()));
  for (auto const& slot : slots_) {
    if (slot.place == free) continue;
    auto at = static_cast<std::size_t>(slot.hash) & (larger.size() - 1);
    while (larger[at].place != free) at = (at + 1) & (larger.size() - 1);
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

void KeyIndex::grow() {
  std::vector<Slot> larger(std::max(first_slots, 2 * slots_.size()));
  for (auto const& slot : slots_) {
    if (!slot.taken) continue;
    auto at = static_cast<std::size_t>(slot.hash) & (larger.size() - 1);
    while (larger[at].taken) at = (at + 1) & (larger.size() - 1);
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

}  // namespace huiyu::lower
