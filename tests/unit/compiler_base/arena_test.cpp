#include "compiler/base/arena.h"

#include <string>
#include <type_traits>
#include <unordered_set>

#include <doctest/doctest.h>

#include "compiler/base/id.h"
#include "runtime/base/check.h"

namespace {

struct ClauseTag;
struct PartTag;
using ClauseId = huiyu::Id<ClauseTag>;
using PartId = huiyu::Id<PartTag>;
using Clauses = huiyu::Arena<ClauseId, std::string>;

static_assert(!std::is_convertible_v<ClauseId, PartId>, "ids of two arenas must not mix");

TEST_CASE("an id that no arena gave names nothing") {
  Clauses clauses;
  CHECK_FALSE(ClauseId{}.has_value());
  CHECK_FALSE(clauses.contains(ClauseId{}));
  CHECK_FALSE(clauses.contains(ClauseId{0}));
}

TEST_CASE("looking up an id that no arena gave is a bug of ours and is caught") {
  struct Caught {};
  auto previous = huiyu::set_check_handler([](huiyu::CheckFailure const&) { throw Caught{}; });
  Clauses clauses;
  CHECK_THROWS_AS(clauses[ClauseId{}], Caught);
  CHECK_THROWS_AS(clauses[ClauseId{0}], Caught);
  huiyu::set_check_handler(previous);
}

TEST_CASE("an arena gives back what was put in, in order of id") {
  Clauses clauses;
  ClauseId first = clauses.add("认定");
  ClauseId second = clauses.add("奖励");
  CHECK(clauses[first] == "认定");
  CHECK(clauses[second] == "奖励");
  CHECK(first < second);
  clauses[first] += "标准";

  std::string all;
  for (std::string const& clause : clauses) all += clause + ";";
  CHECK(all == "认定标准;奖励;");
  CHECK(clauses.size() == 2);
}

TEST_CASE("two arenas are equal when they hold the same values") {
  Clauses left;
  Clauses right;
  left.add("奖励");
  CHECK(left != right);
  right.add("奖励");
  CHECK(left == right);
}

TEST_CASE("ids are keys of hash tables") {
  std::unordered_set<ClauseId> seen{ClauseId{0}, ClauseId{1}, ClauseId{0}};
  CHECK(seen.size() == 2);
}

}  // namespace
