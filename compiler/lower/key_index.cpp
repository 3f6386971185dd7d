#include "compiler/lower/key_index.h"

#include <algorithm>
#include <cstring>

#include "runtime/base/check.h"
#include "runtime/base/hash.h"

namespace huiyu::lower {

std::pair<std::uint32_t, bool> KeyIndex::place(std::string_view key, std::uint32_t next) {
  if (2 * (count_ + 1) > slots_.size()) grow();
  HUIYU_CHECK(key.size() < UINT32_MAX, "a row's key is longer than any row");
  auto const size = static_cast<std::uint32_t>(key.size());
  auto const hash = static_cast<std::uint32_t>(hash_bytes(key).low);
  auto const mask = slots_.size() - 1;
  for (auto at = hash & mask;; at = (at + 1) & mask) {
    auto& slot = slots_[at];
    if (slot.place == free) {
      slot = {hash, next, keys_.size()};
      keys_.append(reinterpret_cast<char const*>(&size), sizeof size);
      keys_ += key;
      ++count_;
      return {next, true};
    }
    if (slot.hash != hash) continue;
    auto const* known = keys_.data() + slot.begin;
    if (std::memcmp(known, &size, sizeof size) == 0 && std::memcmp(known + sizeof size, key.data(), key.size()) == 0)
      return {slot.place, false};
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
    if (slot.place == free) continue;
    auto at = slot.hash & (larger.size() - 1);
    while (larger[at].place != free) at = (at + 1) & (larger.size() - 1);
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

}  // namespace huiyu::lower
