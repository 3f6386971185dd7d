// Policies that reach few of those they were meant for: the lines of S26. Facts are compared, never wording.

#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/command/report.h"

namespace huiyu::test {
namespace {

std::string const s26 =
    "结构 企业 键 编码\n  编码 ： 文本\n  注册地 ： 地区\n  行业 ： 行业代码\n  营业收入 ： 金额\n  员工人数 ： 人数\n";

std::string policy26(std::string const& id, std::string const& target, std::string const& condition) {
  return "政策 覆盖" + id + " 编号 " + id + " 辖区 嘉兴市.南湖区（注册地） 有效 长期\n  对象 企业 其中 行业 属于 " +
         target + "\n  条件 " + condition + "\n  奖励 1万元\n";
}

std::string const policies26 = policy26("A", "C", "营业收入 2000万元以上") +
                               policy26("B", "I65", "营业收入 500万元以上 且 员工人数 20人以上") +
                               policy26("C", "F", "营业收入 2亿元以上"),
                  policy26d = policy26("D", "C", "营业收入 不低于 20000000元 且 员工人数 50人以上");

std::string const first_firm = "f1,330402,C34,3000万元,50人\n";
std::string const firms =
    "编码,注册地,行业,营业收入,员工人数\n" + first_firm +
    "f2,330402,C34,1999.99万元,50人\nf3,330402,C17,2000万元,10人\nf4,330402,F51,5000万元,8人\n"
    "f5,330402,F52,100万元,3人\nf6,330402,I65,800万元,30人\nf7,330402,I65,,30人\nf8,330411,C34,9000万元,300人\n"
    "f9,330402,C34,100万元,5人\nf10,330402,C17,50万元,2人\n";

Report reach(std::string const& policies, std::string const& data, std::vector<std::string> const& more = {}) {
  Folder const folder;
  std::vector<std::string> arguments{"reach",   folder.write("规则.hui", s26 + policies),
                                     "--data",  folder.write("企业.csv", data),
                                     "--as-of", "2024-06-30"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(arguments);
}

void check_row(Json const& row, int meant, int eligible, int unknown, std::string const& share, bool few) {
  CHECK(row["meant_for"] == meant);
  CHECK(row["eligible"] == eligible);
  CHECK(row["unknown"] == unknown);
  CHECK(row["elsewhere"] == 1);  // f8
  CHECK(row["share"] == share);
  CHECK(row["few"] == few);
}

TEST_CASE("26.1 to 26.5 whom a policy is meant for and whom it reaches") {
  for (auto const* engine : {"interpret", "oracle"}) {
    auto const report = reach(policies26 + policy26d, firms, {"--keys", "--engine", engine});
    check_row(report.row("policy", "A"), 5, 2, 0, "40%", false);
    CHECK(report.row("policy", "A")["keys"]["eligible"] == Json{"f1", "f3"});
    CHECK(report.row("policy", "A")["keys"]["ineligible"] == Json{"f2", "f9", "f10"});
    check_row(report.row("policy", "B"), 2, 1, 1, "50%", false);
    CHECK(report.row("policy", "B")["needs"] == Json{{"营业收入", 1}});
    CHECK(report.row("policy", "B")["keys"]["eligible"] == Json{"f6"});
    CHECK(report.row("policy", "B")["keys"]["unknown"] == Json{"f7"});
    check_row(report.row("policy", "C"), 2, 0, 0, "0%", true);
    CHECK(report.row("policy", "C")["keys"]["ineligible"] == Json{"f4", "f5"});
    check_row(report.row("policy", "D"), 5, 1, 0, "20%", false);
    CHECK(report.row("policy", "D")["keys"]["eligible"] == Json{"f1"});
    CHECK(report.summary()["policies"] == 4);
    CHECK(report.summary()["few"] == Json{"C"});
  }
}

TEST_CASE("several files whose policies are not in the order of their ids: each has its own figures on every engine") {
  for (auto const* engine : {"interpret", "oracle"}) {
    Folder const folder;
    folder.write("规则/甲.hui", s26 + policy26("海1", "C", "营业收入 2000万元以上") +
                                    policy26("市1", "I65", "营业收入 500万元以上 且 员工人数 20人以上"));
    folder.write("规则/乙.hui", policy26("南1", "F", "营业收入 2亿元以上") + policy26("省1", "C", "员工人数 50人以上"));
    auto const report = run({"reach", folder.at("规则"), "--data", folder.write("企业.csv", firms), "--as-of",
                             "2024-06-30", "--engine", engine});
    CAPTURE(engine);
    check_row(report.row("policy", "海1"), 5, 2, 0, "40%", false);
    check_row(report.row("policy", "市1"), 2, 1, 1, "50%", false);
    check_row(report.row("policy", "南1"), 2, 0, 0, "0%", true);
    check_row(report.row("policy", "省1"), 5, 2, 0, "40%", false);
    CHECK(report.row("policy", "海1")["stops_most"]["count"] == 3);
  }
}

TEST_CASE("26.6 and 26.7 one firm less; another threshold") {
  auto const less = reach(policies26 + policy26d, replaced(firms, first_firm, ""));
  CHECK(less.row("policy", "D")["meant_for"] == 4);
  CHECK(less.row("policy", "D")["eligible"] == 0);
  CHECK(less.row("policy", "D")["few"] == true);
  CHECK(less.row("policy", "A")["share"] == "25%");
  CHECK(less.row("policy", "A")["few"] == false);
  CHECK(reach(policies26 + policy26d, firms, {"--threshold", "41%"}).summary()["few"] == Json{"A", "C", "D"});
}

TEST_CASE("26.8 a policy that is meant for nobody in the data is told apart") {
  auto const report = reach(policies26 + policy26("E", "A", "营业收入 1万元以上"), firms);
  CHECK(report.row("policy", "E")["meant_for"] == 0);
  CHECK_FALSE(report.row("policy", "E").contains("share"));
  CHECK(report.summary()["meant_for_nobody"] == Json{"E"});
  CHECK(report.summary()["few"] == Json{"C"});
}

// The tests that a set of policies makes, as `huiyu genes` names them.
std::set<std::string> atoms_of(std::string const& policies) {
  Folder const folder;
  auto const listed = read(run_command({"genes", folder.write("规则.hui", s26 + policies), "--format", "json"}));
  std::set<std::string> names;
  for (auto const& row : listed.rows)
    if (row.contains("gene")) names.insert(row["zh"]);
  return names;
}

TEST_CASE("26.9 to 26.11 one condition is one however it is written; what stops most is named") {
  auto const report = reach(policies26 + policy26d, firms);
  CHECK(report.summary()["atoms"] == 9);
  CHECK(report.summary()["uses"] == 14);
  auto const stops = report.row("policy", "C")["stops_most"];
  CHECK(stops["condition"] == "营业收入 2亿元以上");
  CHECK(stops["count"] == 2);
  CHECK(stops["line"] == 17);
  auto const atoms = atoms_of(policies26 + policy26d);
  CHECK(atoms == std::set<std::string>{"注册地 属于 浙江省嘉兴市南湖区", "行业 属于 C", "行业 属于 I65", "行业 属于 F",
                                       "营业收入 ≥ 2000万元", "营业收入 ≥ 500万元", "营业收入 ≥ 2亿元",
                                       "员工人数 ≥ 20人", "员工人数 ≥ 50人"});
  auto const other = reach(policies26 + replaced(policy26d, "50人以上", "49人以上"), firms);
  auto replaced_one = atoms;
  replaced_one.erase("员工人数 ≥ 50人"), replaced_one.insert("员工人数 ≥ 49人");
  CHECK(atoms_of(policies26 + replaced(policy26d, "50人以上", "49人以上")) == replaced_one);
  CHECK(other.summary()["atoms"] == 9);
  check_row(other.row("policy", "D"), 5, 1, 0, "20%", false);
}

}  // namespace
}  // namespace huiyu::test
