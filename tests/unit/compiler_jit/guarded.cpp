#include "tests/unit/compiler_jit/guarded.h"

#include <doctest/doctest.h>
#include <sys/mman.h>
#include <unistd.h>

namespace huiyu::jit {

std::byte* GuardedMemory::take(std::size_t bytes) {
  constexpr std::size_t region_bytes = 128 * 1024;
  static std::vector<std::byte*> ends;
  REQUIRE(bytes <= region_bytes);
  if (taken_ == ends.size()) {
    auto const page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    auto* region = mmap(nullptr, region_bytes + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(region != MAP_FAILED);
    auto* end = static_cast<std::byte*>(region) + region_bytes;
    REQUIRE(mprotect(end, page, PROT_NONE) == 0);
    ends.push_back(end);
  }
  return ends[taken_++] - bytes;
}

}  // namespace huiyu::jit
