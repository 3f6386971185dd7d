#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace huiyu::jit {

// Copies of arrays, each of which ends where the memory of the process does: one step past the end is a fault.
// The memory comes from a pool that lives on; a process has one GuardedMemory at a time.
class GuardedMemory {
 public:
  GuardedMemory() = default;
  GuardedMemory(GuardedMemory const&) = delete;
  GuardedMemory& operator=(GuardedMemory const&) = delete;

  template <class T> T* copy(std::vector<T> const& array) {
    auto* place = take(array.size() * sizeof(T));
    if (!array.empty()) std::memcpy(place, array.data(), array.size() * sizeof(T));
    return reinterpret_cast<T*>(place);
  }

 private:
  std::byte* take(std::size_t bytes);
  std::size_t taken_ = 0;
};

}  // namespace huiyu::jit
