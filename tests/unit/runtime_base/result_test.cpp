#include "runtime/base/result.h"

#include <memory>
#include <string>

#include <doctest/doctest.h>

using huiyu::Error;
using huiyu::ErrorKind;
using huiyu::Result;

namespace {

Result<std::string> read_name(bool there) {
  if (!there) return Error{ErrorKind::Data, "column `name` is not there"};
  return "杭州";
}

Result<void> save(bool writable) {
  if (!writable) return Error{ErrorKind::Environment, "cannot write `out.json`"};
  return {};
}

}  // namespace

TEST_CASE("a result is a value or the reason why there is none") {
  auto const good = read_name(true);
  REQUIRE(good);
  CHECK(*good == "杭州");
  CHECK(good->size() == 6);

  auto const bad = read_name(false);
  REQUIRE(!bad.has_value());
  CHECK(bad.error().kind == ErrorKind::Data);
  CHECK(bad.error().message == "column `name` is not there");
}

TEST_CASE("success without a value") {
  CHECK(save(true));
  auto const bad = save(false);
  REQUIRE(!bad);
  CHECK(bad.error().kind == ErrorKind::Environment);
}

TEST_CASE("values that only move are moved out") {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
  std::unique_ptr<int> const taken = *std::move(result);
  CHECK(*taken == 7);
}

TEST_CASE("reading the wrong side is caught as a bug of ours") {
  struct Caught {};
  auto* const before = huiyu::set_check_handler([](huiyu::CheckFailure const&) { throw Caught{}; });
  CHECK_THROWS_AS(*read_name(false), Caught);
  CHECK_THROWS_AS(read_name(true).error(), Caught);
  CHECK_THROWS_AS(save(true).error(), Caught);
  huiyu::set_check_handler(before);
}
