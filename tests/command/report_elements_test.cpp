// The required elements of a policy record: the lines of S19. Facts are compared, never wording.

#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/command/report.h"

namespace huiyu::test {
namespace {

std::vector<std::string> const required{"标题",     "文号",       "发文机关", "层级", "辖区", "行业",    "划型",
                                        "扶持方式", "金额或标准", "上限",     "期限", "材料", "联系方式"},
    optional{"依据",     "发布日期", "有效期止", "兑现方式", "申报起", "申报止",   "受理部门", "咨询方式", "资金来源",
             "年度预算", "兑付时限", "免申标志", "政策分类", "关键词", "原文链接", "解读",     "附件"};

std::string element_rules() {
  std::string list;
  for (auto const& name : required) list += (list.empty() ? "「" : "；「") + name + "」 必填";
  for (auto const& name : optional) list += "；「" + name + "」";
  return "名录 层级：省、市、县\n名录 政策要素：" + list + "\n";
}

Json record(bool all) {
  Json made = Json::object();
  for (auto const& name : required) made[name] = "某" + name;
  made["层级"] = "县";
  made["辖区"] = "临平区";
  if (all)
    for (auto const& name : optional) made[name] = "某" + name;
  return made;
}

Report elements(std::string const& records) {
  Folder const folder;
  return run({"elements", folder.write("要素.hui", element_rules()), "--records", folder.write("政策.json", records)});
}

TEST_CASE("19.1, 19.2 and 19.9 all thirty, the thirteen required, one optional less: no error") {
  auto const all = elements(record(true).dump());
  CHECK(all.exit_code == 0);
  CHECK(all.summary()["good"] == 1);
  CHECK(elements(record(false).dump()).exit_code == 0);
  auto less = record(true);
  less.erase("解读");
  CHECK(elements(less.dump()).exit_code == 0);
}

TEST_CASE(
    "19.3 and 19.4 what is missing is named with the record and its place, all of it, in the order of the schema") {
  auto without = record(true);
  without.erase("文号");
  auto const one = elements("\n  " + without.dump());
  CHECK(one.exit_code == 4);
  REQUIRE(one.diagnostics("D0120").size() == 1);
  auto const error = one.diagnostics("D0120")[0];
  CHECK(error["message"].get<std::string>().find("`某标题`") != std::string::npos);
  CHECK(error["message"].get<std::string>().find("`文号`") != std::string::npos);
  CHECK(error["line"] == 2);
  CHECK(error["column"] == 3);
  without.erase("上限");
  without.erase("联系方式");
  auto const several = elements(without.dump()).diagnostics("D0120");
  REQUIRE(several.size() == 3);
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(several[i]["message"].get<std::string>().find(std::vector{"`文号`", "`上限`", "`联系方式`"}[i]) !=
          std::string::npos);
}

TEST_CASE("19.5 a record without a title is told by its number and place") {
  auto without = record(true);
  without.erase("标题");
  auto const errors = elements("[" + record(true).dump() + ",\n" + without.dump() + "]").diagnostics("D0120");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0]["message"].get<std::string>().find("第 2 条") != std::string::npos);
  CHECK(errors[0]["line"] == 2);
}

TEST_CASE("19.6 to 19.8 不限, 无 and 无上限 are values; blanks and null are none") {
  auto stated = record(false);
  stated["行业"] = "不限", stated["材料"] = "无", stated["上限"] = "无上限";
  CHECK(elements(stated.dump()).exit_code == 0);
  for (auto const* blank : {"", "  ", "　"}) {
    auto empty = record(false);
    empty["行业"] = blank;
    auto const errors = elements(empty.dump()).diagnostics("D0120");
    REQUIRE(errors.size() == 1);
    CHECK(errors[0]["message"].get<std::string>().find("`行业`") != std::string::npos);
  }
  auto null = record(false);
  null["联系方式"] = nullptr;
  auto const errors = elements(null.dump()).diagnostics("D0120");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0]["message"].get<std::string>().find("`联系方式`") != std::string::npos);
}

TEST_CASE("19.10 to 19.12 elements that disagree, a value that is none, a name that looks alike") {
  auto city = record(false);
  city["层级"] = "市";
  auto const disagree = elements(city.dump()).diagnostics("D0123");
  REQUIRE(disagree.size() == 1);
  CHECK(disagree[0]["message"].get<std::string>().find("`层级`") != std::string::npos);
  CHECK(disagree[0]["message"].get<std::string>().find("`辖区`") != std::string::npos);
  auto town = record(false);
  town["层级"] = "镇";
  auto const value = elements(town.dump()).diagnostics("D0122");
  REQUIRE(value.size() == 1);
  CHECK(value[0]["message"].get<std::string>().find("省、市、县") != std::string::npos);
  auto alike = record(false);
  alike.erase("金额或标准");
  alike["金頟或标准"] = "10万元";
  auto const report = elements(alike.dump());
  REQUIRE(report.diagnostics("D0120").size() == 1);
  CHECK(report.diagnostics("D0120")[0]["message"].get<std::string>().find("`金额或标准`") != std::string::npos);
  REQUIRE(report.diagnostics("D0121").size() == 1);
  CHECK(report.diagnostics("D0121")[0]["help"].dump().find("金额或标准") != std::string::npos);
}

TEST_CASE("19.13 of a thousand records the three that lack something are told, and the others are counted") {
  Json all = Json::array();
  for (int i = 1; i <= 1000; ++i) {
    auto one = record(true);
    one["标题"] = "政策" + std::to_string(i);
    if (i == 17) one.erase("文号");
    if (i == 500) one.erase("期限");
    if (i == 1000) one.erase("材料");
    all.push_back(std::move(one));
  }
  auto const report = elements(all.dump());
  CHECK(report.exit_code == 4);
  auto const errors = report.diagnostics("D0120");
  REQUIRE(errors.size() == 3);
  CHECK(errors[0]["message"].get<std::string>().find("`政策17`") != std::string::npos);
  CHECK(errors[1]["message"].get<std::string>().find("`期限`") != std::string::npos);
  CHECK(errors[2]["message"].get<std::string>().find("`政策1000`") != std::string::npos);
  CHECK(report.summary()["records"] == 1000);
  CHECK(report.summary()["good"] == 997);
}

TEST_CASE("19.14 Zhejiang is one province, 11 cities and 90 counties, and each place lies in one level") {
  std::ifstream table("stdlib-policies/regions/gbt2260.csv");
  Json all = Json::array();
  for (std::string line; std::getline(table, line);) {
    if (!line.starts_with("33")) continue;
    auto one = record(true);
    auto const code = line.substr(0, 6);
    one["辖区"] = code;
    one["层级"] = code.ends_with("0000") ? "省" : code.ends_with("00") ? "市" : "县";
    all.push_back(std::move(one));
  }
  auto const report = elements(all.dump());
  CHECK(report.exit_code == 0);
  auto const& levels = report.summary()["levels"];
  CHECK(levels == Json{{"省级", 1}, {"地级", 11}, {"县级", 90}});
  CHECK(report.summary()["records"] == 1 + 11 + 90);
  CHECK(report.summary()["good"] == 1 + 11 + 90);
}

}  // namespace
}  // namespace huiyu::test
