#include "runtime/base/check.h"

#include <string>

#include <doctest/doctest.h>

namespace {

struct Caught {
  std::string text, file;
  int line;
};

[[noreturn]] void throw_it(huiyu::CheckFailure const& failure) {
  throw Caught{std::string(failure.text), std::string(failure.file), failure.line};
}

}  // namespace

TEST_CASE("a failed check reports what broke and where, from the project root") {
  auto* const before = huiyu::set_check_handler(throw_it);
  bool caught = false;
  try {
    HUIYU_CHECK(1 + 1 == 3, "sums add up");
  } catch (Caught const& failure) {
    caught = true;
    CHECK(failure.text == "sums add up");
    CHECK(failure.file == "tests/unit/runtime_base/check_test.cpp");
    CHECK(failure.line == __LINE__ - 5);
  }
  CHECK(caught);
  CHECK((huiyu::set_check_handler(before) == throw_it));
}

TEST_CASE("a check that holds evaluates its condition once and says nothing") {
  auto* const before = huiyu::set_check_handler(throw_it);
  int evaluated = 0;
  HUIYU_CHECK(++evaluated == 1, "evaluated once");
  CHECK(evaluated == 1);
  huiyu::set_check_handler(before);
}
