// Which row a key belongs to: what Tables finds equal rows with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huiyu::lower {

// Keys lie one behind the other in one string: a release has millions, and none is ever removed.
class KeyIndex {
 public:
  // The place of an equal key, else `next`, which is its place from now on; and whether the key is new.
  std::pair<std::uint32_t, bool> place(std::string_view key, std::uint32_t next);

 private:
  static constexpr std::uint32_t free = UINT32_MAX;
  struct Slot {
    std::uint32_t hash = 0, place = free;
    std::uint64_t begin = 0;  // of the key
  };
  void grow();

  std::vector<Slot> slots_;  // a power of two of them; a key lies in the first free one from its hash on
  std::size_t count_ = 0;
  std::string keys_;  // each behind its size
};

// The same where the rows themselves can be asked whether they are equal: nothing is kept but hashes and places.
class PlaceIndex {
 public:
  // `same(place)`: whether the row there equals the one asked for. `next` is its place from now on where none does.
  template <class Same> std::pair<std::uint32_t, bool> place(std::uint64_t hash, std::uint32_t next, Same same) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    auto const mask = slots_.size() - 1;
    for (auto at = static_cast<std::size_t>(hash) & mask;; at = (at + 1) & mask) {
      auto& slot = slots_[at];
      if (slot.place == free) {
        slot = {hash, next};
        ++count_;
        return {next, true};
      }
      if (slot.hash == hash && same(slot.place)) return {slot.place, false};
    }
  }

 private:
  static constexpr std::uint32_t free = UINT32_MAX;
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t place = free;
  };
  void grow();

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace huiyu::lower
