#include "runtime/base/check.h"

#include <string>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

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

TEST_CASE("by default the process says that the bug is ours and ends with exit code 70") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  pid_t const child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dup2(ends[1], STDERR_FILENO);
    huiyu::check_failed("strata are in order", "/somewhere/compiler/lower/strata.cpp", 42);
  }
  close(ends[1]);
  std::string told;
  char buffer[256];
  for (ssize_t got = 0; (got = read(ends[0], buffer, sizeof buffer)) > 0;)
    told.append(buffer, static_cast<std::size_t>(got));
  close(ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 70);
  CHECK(told.starts_with("huiyu: internal error: strata are in order (compiler/lower/strata.cpp:42)\n"));
  CHECK(told.find("this is a bug in Huiyu, not in your rules or your data") != std::string::npos);
}
