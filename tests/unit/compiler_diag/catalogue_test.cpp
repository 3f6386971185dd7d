#include "compiler/diag/catalogue.h"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

namespace huiyu::diag {
namespace {

TEST_CASE("every code is a group letter and four digits, and is used once") {
  std::set<std::string_view> codes;
  std::set<std::string_view> names;
  for (KindInfo const* kind : all_kinds()) {
    CAPTURE(std::string(kind->code));
    CHECK(kind->code.size() == 5);
    CHECK(std::string_view("PNTRDWL").find(kind->code[0]) != std::string_view::npos);
    CHECK(std::all_of(kind->code.begin() + 1, kind->code.end(), [](char c) { return c >= '0' && c <= '9'; }));
    CHECK(codes.insert(kind->code).second);
    CHECK(names.insert(kind->name).second);
  }
}

TEST_CASE("messages are a line that ends without a full stop, in both languages") {
  for (KindInfo const* kind : all_kinds()) {
    CAPTURE(std::string(kind->code));
    for (std::string_view const text : {kind->format.zh, kind->format.en}) {
      CHECK_FALSE(text.empty());
      CHECK_FALSE(text.ends_with("。"));
      CHECK_FALSE(text.ends_with("."));
      CHECK(text.find('\n') == std::string_view::npos);
    }
  }
}

TEST_CASE("the gaps of a format must match its arguments") {
  CHECK(fits("没有", 0));
  CHECK(fits("{} 与 {}", 2));
  CHECK(fits("{1} 先于 {0}", 2));
  CHECK_FALSE(fits("{}", 0));
  CHECK_FALSE(fits("{}", 2));
  CHECK_FALSE(fits("{1}", 1));
  CHECK_FALSE(fits("{", 1));
}

}  // namespace
}  // namespace huiyu::diag
