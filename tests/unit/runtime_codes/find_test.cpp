#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/codes/codes.h"

using huiyu::codes::ancestor_at_level;
using huiyu::codes::Belongs;
using huiyu::codes::belongs;
using huiyu::codes::CodeEntry;
using huiyu::codes::CodeSystem;
using huiyu::codes::display_path;
using huiyu::codes::entries;
using huiyu::codes::find_code;
using huiyu::codes::find_name;
using huiyu::codes::find_path;
using huiyu::codes::read_code;

namespace {

constexpr CodeSystem region = CodeSystem::Region;
constexpr CodeSystem industry = CodeSystem::Industry;

template <class Ids> std::string codes_of(CodeSystem system, Ids const& ids) {
  std::string text;
  for (std::int32_t const id : ids) {
    if (!text.empty()) text += ' ';
    text += entries(system)[static_cast<std::size_t>(id)].code;
  }
  return text;
}

std::string path(CodeSystem system, std::string_view text) { return codes_of(system, find_path(system, text)); }

Belongs is_in(CodeSystem system, char const* x, char const* y) {
  return belongs(system, *read_code(system, x), *read_code(system, y));
}

}  // namespace

TEST_CASE("every code is found by what is displayed for it") {
  for (CodeSystem const system : {region, industry}) {
    for (std::int32_t id = 0; id < static_cast<std::int32_t>(entries(system).size()); ++id) {
      std::string const shown = display_path(system, id);
      CAPTURE(shown);
      REQUIRE(read_code(system, shown) == id);
    }
  }
}

TEST_CASE("every name is found, and a lone name never means a code that does not bear it") {
  for (CodeSystem const system : {region, industry}) {
    for (CodeEntry const& entry : entries(system)) {
      auto const bearers = find_name(system, entry.name);
      auto const meant = find_path(system, entry.name);
      CAPTURE(entry.name);
      REQUIRE(std::any_of(bearers.begin(), bearers.end(),
                          [&](std::int32_t id) { return &entry == &entries(system)[static_cast<std::size_t>(id)]; }));
      REQUIRE(std::includes(bearers.begin(), bearers.end(), meant.begin(), meant.end()));
      REQUIRE(meant.empty() ==
              (entry.grouping && bearers.size() == static_cast<std::size_t>(std::count_if(
                                                       bearers.begin(), bearers.end(), [&](std::int32_t id) {
                                                         return entries(system)[static_cast<std::size_t>(id)].grouping;
                                                       }))));
    }
  }
}

TEST_CASE("an address means its place, whole or with levels left out") {
  CHECK(path(region, "山东省青岛市崂山区") == "370212");
  CHECK(path(region, "青岛市崂山区") == "370212");
  CHECK(path(region, "山东省崂山区") == "370212");
  CHECK(path(region, "崂山区") == "370212");
  CHECK(path(region, "山东省.青岛市.崂山区") == "370212");
  CHECK(path(region, "山东省 青岛市　崂山区 ") == "370212");
  CHECK(path(region, "浙江省台州市") == "331000");
  CHECK(path(region, "浙江省") == "330000");
  CHECK(path(region, "浙江省台州市玉环市") == "331083");
  CHECK(path(region, "四川省绵阳市涪城区") == "510703");
  CHECK(path(region, "山东省济南市历下区") == "370102");
  CHECK(path(region, "东莞市") == "441900");
  CHECK(path(region, "台湾省") == "710000");
}

TEST_CASE("grouping codes are skipped in addresses and found when they are meant") {
  CHECK(path(region, "北京市朝阳区") == "110105");
  CHECK(path(region, "北京市.市辖区.朝阳区") == "110105");
  CHECK(path(region, "重庆市城口县") == "500229");
  CHECK(path(region, "河南省济源市") == "419001");
  CHECK(path(region, "新疆维吾尔自治区石河子市") == "659001");
  CHECK(display_path(region, *find_code(region, "110105")) == "北京市朝阳区");
  CHECK(display_path(region, *find_code(region, "419001")) == "河南省济源市");
  CHECK(path(region, "北京市市辖区") == "110100");
  CHECK(path(region, "市辖区") == "");
  CHECK(path(region, "县") == "");
  CHECK(codes_of(region, find_name(region, "市辖区")) == "110100 120100 310100 500100");
}

TEST_CASE("a name of several places gives them all until a path tells them apart") {
  CHECK(path(region, "鼓楼区") == "320106 320302 350102 410204");
  CHECK(path(region, "南京市.鼓楼区") == "320106");
  CHECK(path(region, "江苏省鼓楼区") == "320106 320302");
  CHECK_FALSE(read_code(region, "鼓楼区"));
  CHECK(path(region, "朝阳区") == "110105 220104");
}

TEST_CASE("what is no region is not found") {
  for (char const* text : {"", ".", "崂山", "青岛市崂山区苗岭路", "浙江省崂山区", "崂山区青岛市", "青岛市青岛市",
                           "37021", "3702120", "999999", "37 0212", "370212 市南区", "\xFF崂山区"}) {
    CAPTURE(text);
    CHECK(path(region, text) == "");
  }
}

TEST_CASE("codes are read as the standard writes them, and with their names") {
  CHECK(path(region, "370212") == "370212");
  CHECK(path(region, "３７０２１２") == "370212");
  CHECK(path(region, "370212 崂山区") == "370212");
  CHECK(path(region, "370212青岛市崂山区") == "370212");
  CHECK(path(industry, "C3411") == "C3411");
  CHECK(path(industry, "3411") == "C3411");
  CHECK(path(industry, "c3411") == "C3411");
  CHECK(path(industry, "34") == "C34");
  CHECK(path(industry, "3411锅炉及辅助设备制造") == "C3411");
  CHECK(display_path(industry, *find_code(industry, "C3411")) == "C3411 锅炉及辅助设备制造");
  CHECK(path(industry, "C3411 金属切削机床制造") == "");
  for (char const* text : {"A3411", "C3410", "C34110", "00", "99", "C", "0", "9", "1", "34 11"}) {
    CAPTURE(text);
    CHECK(path(industry, text) == (std::string_view(text) == "C" ? "C" : ""));
  }
}

TEST_CASE("every industry is found by its number without the letter") {
  for (CodeEntry const& entry : entries(industry)) {
    if (entry.level == 0) continue;
    CAPTURE(entry.code);
    REQUIRE(find_code(industry, entry.code.substr(1)) == find_code(industry, entry.code));
  }
}

TEST_CASE("a name of several industries that are one set means the highest of them") {
  CHECK(codes_of(industry, find_name(industry, "房地产业")) == "K K70");
  CHECK(path(industry, "房地产业") == "K");
  CHECK(path(industry, "房地产业.房地产业") == "K70");
  CHECK(path(industry, "房地产开发经营") == "K701");
  CHECK(path(industry, "燃气生产和供应业") == "D45 D451");
  CHECK(path(industry, "燃气生产和供应业.燃气生产和供应业") == "D451");
  CHECK(path(industry, "制造业.锅炉及辅助设备制造") == "C3411");
}

TEST_CASE("brackets of either width name the same industry") {
  CHECK(path(industry, "三维（3D）打印技术推广服务") == "M7517");
  CHECK(path(industry, "三维(3D)打印技术推广服务") == "M7517");
  CHECK(path(industry, "羽毛(绒)加工及制品制造.羽毛（绒）加工") == "C1941");
}

TEST_CASE("belonging is containment, and unknown where the fact is too coarse") {
  CHECK(is_in(industry, "C3411", "C34") == Belongs::Yes);
  CHECK(is_in(industry, "C3411", "C") == Belongs::Yes);
  CHECK(is_in(industry, "C3411", "C3411") == Belongs::Yes);
  CHECK(is_in(industry, "C34", "C3411") == Belongs::Unknown);
  CHECK(is_in(industry, "C3411", "C35") == Belongs::No);
  CHECK(is_in(industry, "K7010", "K70") == Belongs::Yes);
  CHECK(is_in(industry, "K70", "K") == Belongs::Yes);
  CHECK(is_in(industry, "K7030", "K7010") == Belongs::No);
  CHECK(is_in(industry, "G5910", "G591") == Belongs::Yes);
  CHECK(is_in(industry, "G5920", "G591") == Belongs::No);
  CHECK(is_in(region, "山东省青岛市崂山区", "山东省青岛市") == Belongs::Yes);
  CHECK(is_in(region, "山东省济南市历下区", "山东省青岛市") == Belongs::No);
  CHECK(is_in(region, "山东省", "山东省青岛市") == Belongs::Unknown);
  CHECK(is_in(region, "北京市朝阳区", "北京市") == Belongs::Yes);
}

TEST_CASE("of several candidates all must agree") {
  auto const drum_towers = find_path(region, "江苏省鼓楼区");
  CHECK(belongs(region, drum_towers, *read_code(region, "江苏省")) == Belongs::Yes);
  CHECK(belongs(region, drum_towers, *read_code(region, "南京市")) == Belongs::Unknown);
  CHECK(belongs(region, drum_towers, *read_code(region, "浙江省")) == Belongs::No);
  CHECK(belongs(region, std::vector<std::int32_t>{}, *read_code(region, "浙江省")) == Belongs::Unknown);
}

TEST_CASE("a code leads to the one above it at a level") {
  auto const above = [](CodeSystem system, char const* code, std::uint8_t level) {
    auto const id = ancestor_at_level(system, *find_code(system, code), level);
    return id ? std::string(entries(system)[static_cast<std::size_t>(*id)].code) : "none";
  };
  CHECK(above(region, "370212", 0) == "370000");
  CHECK(above(region, "370212", 1) == "370200");
  CHECK(above(region, "370212", 2) == "370212");
  CHECK(above(region, "370200", 2) == "none");
  CHECK(above(region, "110105", 1) == "110100");
  CHECK(above(industry, "C3411", 1) == "C34");
}
