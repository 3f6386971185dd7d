#include "runtime/codes/history.h"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

using huiyu::codes::belongs;
using huiyu::codes::Belongs;
using huiyu::codes::ChangeKind;
using huiyu::codes::CodeSystem;
using huiyu::codes::entries;
using huiyu::codes::find_code;
using huiyu::codes::resolve;

namespace {

constexpr CodeSystem region = CodeSystem::Region;

std::string today(std::string_view code, std::int32_t year) {
  std::string text;
  for (std::int32_t const id : resolve(region, code, year)) {
    if (!text.empty()) text += ' ';
    text += entries(region)[static_cast<std::size_t>(id)].code;
  }
  return text;
}

}  // namespace

TEST_CASE("杭州 2021: districts that were merged and divided") {
  CHECK(today("330103", 2020) == "330105");         // 下城区 became part of 拱墅区
  CHECK(today("330104", 2020) == "330102 330114");  // 江干区 was divided
  CHECK(today("330104", 2021) == "330102 330114");
  CHECK(today("330105", 2020) == "330105");
  CHECK(today("330110", 2020) == "330110");  // 余杭区 gave a part away and stayed
  CHECK(today("330113", 2021) == "330113");

  auto const area = resolve(region, "330104", 2020);
  CHECK(belongs(region, area, *find_code(region, "330100")) == Belongs::Yes);
  CHECK(belongs(region, area, *find_code(region, "330102")) == Belongs::Unknown);
  CHECK(belongs(region, area, *find_code(region, "330105")) == Belongs::No);
}

TEST_CASE("a code that lags behind means what it last meant") {
  CHECK(today("330103", 2024) == "330105");
  CHECK(today("370282", 2024) == "370215");  // 即墨市, 即墨区 since 2017
}

TEST_CASE("changes are followed one after another") {
  CHECK(today("510225", 1990) == "500116");  // 江津县, 510282 in 1992, 500381 in 1997, 江津区 since 2006
  CHECK(today("510225", 2024) == "500116");
}

TEST_CASE("a code that was given to another place is read by its year") {
  CHECK(today("430204", 1996) == "430203");         // 南区
  CHECK(today("430204", 1997) == "430203 430204");  // the year of the change: either
  CHECK(today("430204", 1998) == "430204");         // 石峰区
  CHECK(today("511423", 2024) == "511423");         // 洪雅县
  CHECK(today("511423", 1995) == "500156");         // 武隆县, 武隆区 since 2016
}

TEST_CASE("a prefecture without a successor went where its counties went") {
  auto const fuling = resolve(region, "511400", 1996);
  CHECK(fuling.size() > 1);
  CHECK(belongs(region, fuling, *find_code(region, "500000")) == Belongs::Yes);
  CHECK(today("511400", 2024) == "511400");  // 眉山市
  CHECK(belongs(region, resolve(region, "132100", 1990), *find_code(region, "130400")) == Belongs::Yes);
}

TEST_CASE("what is no code resolves to nothing") {
  for (char const* code : {"", "33", "3301", "999999", "33010", "3301041", "杭州市"}) {
    CAPTURE(code);
    CHECK(today(code, 2020) == "");
  }
}

TEST_CASE("every code ever recorded leads to present ones, in every year") {
  for (auto const& change : huiyu::codes::changes(region)) {
    for (std::int32_t year = 1980; year <= 2025; ++year) {
      auto const ids = resolve(region, change.old_code, year);
      CAPTURE(change.old_code);
      CAPTURE(year);
      REQUIRE_FALSE(ids.empty());
      REQUIRE(std::is_sorted(ids.begin(), ids.end()));
    }
  }
}

TEST_CASE("a present code means itself from the edition's date on") {
  for (auto const& entry : entries(region)) {
    auto const ids = resolve(region, entry.code, 2024);
    REQUIRE(ids.size() == 1);
    REQUIRE(&entries(region)[static_cast<std::size_t>(ids.front())] == &entry);
  }
}

TEST_CASE("former names are on record") {
  auto const all = huiyu::codes::changes(region);
  CHECK(std::any_of(all.begin(), all.end(), [](auto const& change) {
    return change.kind == ChangeKind::Renamed && change.old_code == "510202" && change.name == "市中区";
  }));
}

TEST_CASE("industries have no recorded changes and mean themselves") {
  CHECK(resolve(CodeSystem::Industry, "C3411", 2010) ==
        std::vector<std::int32_t>{*find_code(CodeSystem::Industry, "C3411")});
}
