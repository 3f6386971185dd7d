// What reports owe to cases of the clauses, on the clauses' own rules: R.1, R.2, R.4, R.6 and R.8.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/command/report.h"

namespace huiyu::test {
namespace {

std::string rules_of(std::string const& clause) { return "tests/conformance/clauses/" + clause + "/rules.hui"; }

Json explained(std::string const& rules, Json const& record, std::string const& as_of, Json const& tables = {}) {
  Folder const folder;
  std::vector<std::string> arguments{"explain", rules, "--records", folder.write("记录.json", Json{record}.dump()),
                                     "--as-of", as_of, "--format",  "json"};
  if (!tables.empty()) arguments.insert(arguments.end(), {"--inputs", folder.write("表.json", tables.dump())});
  auto const done = run_command(arguments);
  REQUIRE_MESSAGE(done.exit_code == 0, done.error);
  return Json::parse(done.out);
}

Json const pay{{"行业平均薪酬", {{"C34", "10万元"}}}};

Json talent(std::string const& paid, std::string const& day) {
  return {{"记录", "甲"},    {"企业认定", "是"},     {"行业代码", "C34"}, {"人才薪酬", paid},
          {"数据日期", day}, {"核定补贴", "50万元"}, {"失信名单", "否"}};
}

// Every node of an explanation.
void visit(Json const& json, std::vector<Json>& nodes) {
  if (json.is_object() && json.contains("op")) nodes.push_back(json);
  if (json.is_structured())
    for (auto const& inner : json) visit(inner, nodes);
}

}  // namespace

TEST_CASE("R.1 an eligible outcome of S15 rests on declared facts, and they are named") {
  auto const said = explained(rules_of("S15"), talent("20万元", "2024-01-01"), "2024-06-30", pay);
  CHECK(said["outcome"] == "eligible");
  REQUIRE(said.contains("rests_on_declared"));
  std::vector<std::string> names;
  for (auto const& fact : said["rests_on_declared"]) {
    names.push_back(fact["name"]);
    CHECK(fact["source"] == "自行申报");
  }
  CHECK(names == std::vector<std::string>{"人才薪酬", "企业认定"});
  // On the list of defaulters, whatever the firm states: that outcome rests on no declared fact.
  auto listed = talent("20万元", "2024-01-01");
  listed["失信名单"] = "是";
  auto const refused = explained(rules_of("S15"), listed, "2024-06-30", pay);
  CHECK(refused["outcome"] == "ineligible");
  CHECK_FALSE(refused.contains("rests_on_declared"));
}

TEST_CASE("R.1 a policy that demands verified facts refuses declared ones") {
  std::ifstream file(rules_of("S15"));
  std::string const rules(std::istreambuf_iterator<char>(file), {});
  Folder const folder;
  auto const checked =
      run_command({"check", "--json",
                   folder.write("规则.hui", replaced(rules, "  条件 企业认定\n", "  条件 企业认定\n  要求 已核实\n"))});
  CHECK(checked.exit_code == 3);
  std::vector<std::string> named;
  std::istringstream lines(checked.out);
  for (std::string line; std::getline(lines, line);) {
    auto const found = Json::parse(line);
    if (found["code"] == "R0602") named.push_back(found["message"]);
  }
  auto const names = [&](std::string const& fact) {
    return std::ranges::any_of(named,
                               [&](std::string const& text) { return text.find("`" + fact + "`") != text.npos; });
  };
  CHECK(names("企业认定"));
  CHECK(names("人才薪酬"));
}

TEST_CASE("R.2 too few candidates of S24: chosen 3, wanted 5, shortage 2") {
  Folder const folder;
  auto const records = folder.write(
      "企业.json",
      R"([{"名称":"甲","主营业务收入":"1500万元","评分":"90"},{"名称":"乙","主营业务收入":"1100万元","评分":"80"},)"
      R"({"名称":"丙","主营业务收入":"1900万元","评分":"10"},{"名称":"丁","主营业务收入":"500万元","评分":"100"}])");
  auto const report = run({"summary", rules_of("S24"), "--records", records, "--as-of", "2024-06-30", "--inputs",
                           folder.write("表.json", R"({"年度目标":"3家"})")});
  auto const row = report.row("selection", "小升规培育");
  CHECK(row["chosen"] == 3);
  CHECK(row["wanted"] == 5);
  CHECK(row["shortage"] == 2);
  CHECK(report.row("policy", "S24")["eligible"] == 3);
}

TEST_CASE("R.4 an odd 分 goes by largest remainder, and to whom is said") {
  auto const loss = [](std::string const& sum) {
    return explained(rules_of("S4"), {{"记录", "甲"}, {"贷款损失", sum}}, "2024-06-30");
  };
  CHECK(loss("0.01元")["odd_fen_to"] == Json{"保险"});
  CHECK(loss("0.04元")["odd_fen_to"] == Json{"担保", "银行"});
  CHECK_FALSE(loss("0.05元").contains("odd_fen_to"));
  auto const coupon = explained(
      rules_of("S9"), {{"记录", "甲"}, {"抵扣对象", "贷款利息"}, {"券面额", "1000.01元"}, {"应付利息", "3000元"}},
      "2024-06-30");
  CHECK(coupon["odd_fen_to"] == Json{"财政"});
  CHECK(coupon["shares"]["财政"] == "500.01");
  auto const fund = explained(rules_of("S10"),
                              {{"记录", "甲"},
                               {"担保金额", "500万元"},
                               {"担保费", "3.75万元"},
                               {"担保期限", "12个月"},
                               {"其他收费", "0元"},
                               {"代偿损失", "0.01元"}},
                              "2024-06-30");
  CHECK(fund["odd_fen_to"] == Json{"信保基金"});
}

TEST_CASE("R.6 what is unknown and what only the sum lacks are named and counted apart from what is paid") {
  Folder const folder;
  auto const rules = folder.write("规则.hui",
                                  "结构 企业 键 名称\n"
                                  "  名称 ： 文本\n"
                                  "  人数 ： 人数\n"
                                  "  保费 ： 金额\n"
                                  "政策 稳岗 编号 1 依据 一 辖区 全国 有效 长期\n"
                                  "  条件 人数 20人以上\n"
                                  "  返还 保费 × 50%\n");
  auto const records = folder.write(
      "企业.json",
      R"([{"名称":"甲","人数":20,"保费":"100元"},{"名称":"乙","人数":20},{"名称":"丙","保费":"9元"},{"名称":"丁"}])");
  auto const row = run({"summary", rules, "--records", records, "--as-of", "2024-06-30"}).row("policy", "1");
  CHECK(row["eligible"] == 2);
  CHECK(row["pending"] == 1);
  CHECK(row["paid"] == "50.00");
  CHECK(row["unknown"] == 2);
  CHECK(row["needs"] == Json{{"人数", 2}});
  CHECK(row["pending_needs"] == Json{{"保费", 1}});
}

TEST_CASE("R.6 an error names the expression and its place") {
  Folder const folder;
  auto const rules = folder.write("规则.hui",
                                  "结构 企业 键 名称\n"
                                  "  名称 ： 文本\n"
                                  "  人数 ： 人数\n"
                                  "  保费 ： 金额\n"
                                  "政策 人均 编号 1 依据 一 辖区 全国 有效 长期\n"
                                  "  奖励 保费 ÷ 人数 × 1人\n"
                                  "政策 差额 编号 2 依据 一 辖区 全国 有效 长期\n"
                                  "  奖励 保费 − 1000元\n");
  auto const records = folder.write("企业.json", R"([{"名称":"甲","人数":0,"保费":"100元"}])");
  auto const fault_of = [&](std::string const& policy) {
    auto const done = run_command(
        {"explain", rules, "--records", records, "--as-of", "2024-06-30", "--policy", policy, "--format", "json"});
    auto const said = Json::parse(done.out);
    CHECK(said["outcome"] == "error");
    std::vector<Json> nodes;
    visit(said, nodes);
    // What stands above it is an error for its sake.
    auto const faulty = [](Json const& node) { return node.contains("fault"); };
    for (auto const& node : nodes)
      if (faulty(node) && (!node.contains("children") || std::ranges::none_of(node["children"], faulty))) return node;
    FAIL("no fault is named");
    return Json();
  };
  auto const divided = fault_of("1");
  CHECK(divided["fault"] == "division_by_zero");
  CHECK(divided["words"] == "保费 ÷ 人数");
  CHECK(divided["place"].get<std::string>().ends_with("规则.hui:6:6"));
  auto const below = fault_of("2");
  CHECK(below["fault"] == "below_zero");
  CHECK(below["words"] == "保费 − 1000元");
  CHECK(below["place"].get<std::string>().ends_with("规则.hui:8:6"));
  auto const text = run_command({"explain", rules, "--records", records, "--as-of", "2024-06-30", "--lang", "zh"}).out;
  CHECK(text.find("算不出来：保费 ÷ 人数：除数为零") != std::string::npos);
  CHECK(text.find("算不出来：保费 − 1000元：金额为负") != std::string::npos);
}

TEST_CASE("R.8 a date of 29 February: a warning where the outcome hangs on the end of the month") {
  // 2024-02-29 + 12个月 is 2025-02-28, before 2025-03-01; were it 2025-03-01, nothing would shine.
  auto const said = explained(rules_of("S15"), talent("20万元", "2024-02-29"), "2025-03-01", pay);
  CHECK(said["alerts"][0]["colour"] == "蓝色");
  REQUIRE(said["month_ends"].size() == 1);
  CHECK(said["month_ends"][0]["words"] == "数据日期 + 12个月");
  CHECK(said["month_ends"][0]["day"] == 29);
  CHECK(said["month_ends"][0]["reached"] == "2025-02-28");
  // The day before and the day after, both rules say the same; and so they do of the 28th.
  for (std::string const day : {"2025-02-28", "2025-03-02"})
    CHECK_FALSE(explained(rules_of("S15"), talent("20万元", "2024-02-29"), day, pay).contains("month_ends"));
  CHECK_FALSE(explained(rules_of("S15"), talent("20万元", "2024-02-28"), "2025-03-01", pay).contains("month_ends"));
}

}  // namespace huiyu::test
