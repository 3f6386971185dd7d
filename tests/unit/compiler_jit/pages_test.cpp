// While code is linked and after it, no page of the process is writable and executable at once.

#include <atomic>
#include <fstream>
#include <string>
#include <thread>

#include <doctest/doctest.h>

#include "compiler/jit/native.h"
#include "tests/unit/compiler_jit/random_shapes.h"

namespace huiyu::jit {
namespace {

struct Pages {
  bool writable_code = false;
  int code = 0;  // mappings that may be executed
};

Pages look() {
  Pages pages;
  std::ifstream maps("/proc/self/maps");
  std::string range, rights, rest;
  while (maps >> range >> rights && std::getline(maps, rest)) {
    bool const executable = rights.find('x') != std::string::npos;
    pages.code += executable ? 1 : 0;
    pages.writable_code = pages.writable_code || (executable && rights.find('w') != std::string::npos);
  }
  return pages;
}

TEST_CASE("no page is writable and executable") {
  auto const before = look();
  REQUIRE(before.code > 0);
  CHECK(!before.writable_code);
  std::atomic<bool> done = false, seen = false;
  std::thread watcher([&] {
    while (!done) seen = seen || look().writable_code;
  });
  auto const native = NativeCode::compile(random_shapes(5, 120), {});
  done = true;
  watcher.join();
  REQUIRE(native.has_value());
  CHECK(!seen);
  auto const after = look();
  CHECK(after.code > before.code);
  CHECK(!after.writable_code);
}

}  // namespace
}  // namespace huiyu::jit
