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
  struct Slot {
    std::uint64_t hash = 0, begin = 0;
    std::uint32_t size = 0, place = 0;
    bool taken = false;
  };
  void grow();

  std::vector<Slot> slots_;  // a power of two of them; a key lies in the first free one from its hash on
  std::size_t count_ = 0;
  std::string keys_;
};

}  // namespace huiyu::lower
