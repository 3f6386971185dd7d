#pragma once

// Where the finding of a node in a scope stands. A label asks for some hundred of them, so none of them is
// allocated by itself.

#include <cstdint>
#include <vector>

namespace huiyu::explain {

class FindingPlaces {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  FindingPlaces() : slots_(first_slots) {}

  std::uint32_t find(std::uint64_t key) const {
    for (auto at = begin_of(key);; at = (at + 1) & (slots_.size() - 1)) {
      auto const& slot = slots_[at];
      if (slot.round != round_) return none;
      if (slot.key == key) return slot.place;
    }
  }

  // A key that is not there yet.
  void add(std::uint64_t key, std::uint32_t place) {
    if (++count_ * 2 > slots_.size()) grow();
    put({key, place, round_});
  }

  // Forgets all; the room stays.
  void clear() {
    count_ = 0;
    if (++round_ != 0) return;
    slots_.assign(slots_.size(), Slot{});
    round_ = 1;
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t place = none;
    std::uint32_t round = 0;  // taken if it is this round's
  };
  static constexpr std::size_t first_slots = 256;  // a power of two, at most half of them taken

  std::size_t begin_of(std::uint64_t key) const {
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> 32) & (slots_.size() - 1);
  }
  void put(Slot slot) {
    auto at = begin_of(slot.key);
    while (slots_[at].round == round_) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (auto const& slot : old)
      if (slot.round == round_) put(slot);
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
  std::uint32_t round_ = 1;
};

}  // namespace huiyu::explain
