// Three registers make credit codes by the same SQL. Each example is whole by itself, so each has the text, and here it
// is held to be one.

#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

namespace huiyu::test {
namespace {

// From the comment above the macros to the blank line below them.
std::string credit_codes(std::string const& example) {
  std::ifstream file("examples/" + example + "/register.sql", std::ios::binary);
  std::string const text(std::istreambuf_iterator<char>(file), {});
  auto const begin = text.find("-- 信用代码所用的 31 个字符");
  REQUIRE_MESSAGE(begin != std::string::npos, example);
  auto const end = text.find("\n\n", begin);
  REQUIRE_MESSAGE(end != std::string::npos, example);
  return text.substr(begin, end - begin);
}

}  // namespace

TEST_CASE("the registers of the examples make credit codes by one text") {
  auto const county = credit_codes("county");
  CHECK(county.find("MACRO organisation_check") != std::string::npos);
  CHECK(county.find("MACRO credit_check") != std::string::npos);
  for (std::string const example : {"city", "talent"}) CHECK_MESSAGE(credit_codes(example) == county, example);
}

}  // namespace huiyu::test
