// Which names a mistyped one may have meant.

#include "compiler/base/nearest.h"

#include <doctest/doctest.h>

#include "compiler/base/other_units.h"

namespace huiyu {
namespace {

std::vector<std::string> const names{"营业收入", "营业收入率", "员工人数", "金额", "面积"};

TEST_CASE("one wrong character in three is near, the nearest comes first") {
  CHECK(nearest("营业收人", names) == "营业收入");
  CHECK(nearest("员工数人", names) == "员工人数");  // neighbours swapped
  CHECK_FALSE(nearest("金额", names).has_value());  // the name itself is no other
  CHECK_FALSE(nearest("资产", names).has_value());
  CHECK(all_near("营业收入车", names, 3) == std::vector<std::string>{"营业收入", "营业收入率"});
  CHECK(all_near("营业收入车", names, 1).size() == 1);
}

TEST_CASE("the longest unit that the language does not have") {
  CHECK(other_unit_at("吨标准煤以上")->word == "吨标准煤");
  CHECK(other_unit_at("澳元")->currency);
  CHECK_FALSE(other_unit_at("亩").has_value());
}

}  // namespace
}  // namespace huiyu
