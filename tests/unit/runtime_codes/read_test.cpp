// Codes as they stand in data.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/codes/codes.h"
#include "runtime/codes/history.h"

using huiyu::codes::Belongs;
using huiyu::codes::belongs;
using huiyu::codes::CodeSystem;
using huiyu::codes::common_code;
using huiyu::codes::entries;
using huiyu::codes::find_code;
using huiyu::codes::find_path;
using huiyu::codes::read_code;

namespace {

constexpr CodeSystem region = CodeSystem::Region;
constexpr CodeSystem industry = CodeSystem::Industry;

std::string read(CodeSystem system, std::string_view text, std::optional<std::int32_t> year = std::nullopt) {
  auto const id = read_code(system, text, year);
  return id ? std::string(entries(system)[static_cast<std::size_t>(*id)].code) : "none";
}

}  // namespace

TEST_CASE("a fact is read from a code, a name or a path") {
  CHECK(read(region, "370212") == "370212");
  CHECK(read(region, " 370212 ") == "370212");
  CHECK(read(region, "崂山区") == "370212");
  CHECK(read(region, "山东省青岛市崂山区") == "370212");
  CHECK(read(region, "鼓楼区") == "none");
  CHECK(read(industry, "C3411") == "C3411");
  CHECK(read(industry, "3411") == "C3411");
  CHECK(read(industry, "C3411 锅炉及辅助设备制造") == "C3411");
  CHECK(read(industry, "锅炉及辅助设备制造") == "C3411");
}

TEST_CASE("a withdrawn region is read as the smallest one that contains what it became") {
  CHECK(read(region, "330103") == "330105");
  CHECK(read(region, "330104") == "330100");  // 江干区: parts are in two districts of 杭州市
  CHECK(read(region, "330104", 2019) == "330100");
  CHECK(read(region, "511423") == "511423");
  CHECK(read(region, "511423", 1990) == "500156");
  CHECK(read(region, "510202") == "500103");  // 重庆 left 四川
  CHECK(read(region, "崂山区", 1990) == "370212");
}

TEST_CASE("a code finer than the table is read as the listed one above it") {
  CHECK(read(region, "370212001001") == "370212");
  CHECK(read(region, "370212001") == "370212");
  CHECK(read(region, "330104001") == "330100");
  CHECK(read(region, "320571") == "320500");  // 苏州工业园区
  CHECK(read(industry, "G5911") == "G591");
  CHECK(read(industry, "5921") == "G592");
  CHECK(find_path(industry, "G5911").empty());  // a rule may not name it
  CHECK(belongs(industry, *read_code(industry, "G5911"), *find_code(industry, "G59")) == Belongs::Yes);
  CHECK(belongs(industry, *read_code(industry, "G5911"), *find_code(industry, "G5910")) == Belongs::Unknown);
}

TEST_CASE("what proves no place and no industry is not read") {
  for (char const* text : {"", "3702", "379999", "37021", "3702120", "370212001001001", "999901", "5102020", "无"}) {
    CAPTURE(text);
    CHECK(read(region, text) == "none");
  }
  for (char const* text : {"", "9", "99", "9911", "C9911", "A3411", "G59111", "X", "C34A1", "无", "370212"}) {
    CAPTURE(text);
    CHECK(read(industry, text) == "none");
  }
}

TEST_CASE("every withdrawn code is read as a place that contains all it became") {
  for (auto const& change : huiyu::codes::changes(region)) {
    for (std::int32_t year = 1980; year <= 2024; year += 4) {
      auto const whole = read_code(region, change.old_code, year);
      CAPTURE(change.old_code);
      CAPTURE(year);
      // A prefecture may have been divided between provinces; then no listed code contains it.
      if (!whole) continue;
      auto const parts = huiyu::codes::resolve(region, change.old_code, year);
      REQUIRE(belongs(region, parts, *whole) == Belongs::Yes);
      for (std::int32_t below = *whole + 1; below <= entries(region)[static_cast<std::size_t>(*whole)].last; ++below)
        REQUIRE(belongs(region, parts, below) != Belongs::Yes);
    }
  }
}

TEST_CASE("the common code is the smallest that contains all") {
  auto const id = [](char const* code) { return *find_code(region, code); };
  auto const of = [&](std::vector<std::int32_t> const& ids) {
    auto const common = common_code(region, ids);
    return common ? std::string(entries(region)[static_cast<std::size_t>(*common)].code) : "none";
  };
  CHECK(of({id("370212")}) == "370212");
  CHECK(of({id("370212"), id("370202")}) == "370200");
  CHECK(of({id("370200"), id("370212")}) == "370200");
  CHECK(of({id("370212"), id("370102")}) == "370000");
  CHECK(of({id("370212"), id("330102")}) == "none");
  CHECK(of({}) == "none");
}
