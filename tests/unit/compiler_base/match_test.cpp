#include "compiler/base/match.h"

#include <string>
#include <variant>

#include <doctest/doctest.h>

namespace {

struct Amount {
  int yuan;
};
struct Tier {
  std::string name;
};
using Value = std::variant<Amount, Tier>;

std::string print(Value const& value) {
  return huiyu::match(
      value, [](Amount const& amount) { return std::to_string(amount.yuan); },
      [](Tier const& tier) { return tier.name; });
}

TEST_CASE("match calls the case of the alternative held") {
  CHECK(print(Amount{200}) == "200");
  CHECK(print(Tier{"规上"}) == "规上");
}

TEST_CASE("match can change what the variant holds") {
  Value value = Amount{1};
  huiyu::match(value, [](Amount& amount) { amount.yuan += 4; }, [](Tier&) {});
  CHECK(print(value) == "5");
}

}  // namespace
