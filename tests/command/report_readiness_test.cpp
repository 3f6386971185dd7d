// What is paid at once, within a promised time, or without application: the lines of S18 and S27. Facts are compared,
// never wording.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/command/report.h"

namespace huiyu::test {
namespace {

std::string const s18 =
    "名录 数据来源：税务 权威；社保 权威；统计 权威；自行申报 申报；专家评审 裁量\n"
    "结构 企业 键 编码\n"
    "  编码 ： 文本\n"
    "  营业收入 ： 金额 来源 税务\n"
    "  参保人数 ： 人数 来源 社保\n"
    "  首次上规年度 ： 年度 来源 统计\n"
    "  人才薪酬 ： 金额 来源 自行申报\n"
    "  装修面积 ： 面积\n"
    "  专家认定 ： 真假 来源 专家评审\n"
    "定义 薪酬达标 ： 真假 = 人才薪酬 30万元以上\n"
    "定义 够格 ： 真假 = 薪酬达标\n";

std::string policy18(std::string const& condition, std::string const& head = "", std::string const& award = "10万元") {
  return s18 + "政策 即时奖励 编号 18" + head + " 辖区 全国 有效 长期\n  条件 营业收入 2000万元以上" + condition +
         "\n  奖励 " + award + "\n";
}

Report readiness(std::string const& rules) {
  Folder const folder;
  return run({"readiness", folder.write("规则.hui", rules)});
}

std::vector<std::string> reasons(Json const& row) {
  std::vector<std::string> names;
  for (auto const& reason : row["reasons"]) names.push_back(reason["name"]);
  return names;
}

TEST_CASE("18.1 what only rests on facts of offices is paid at once, each with its source") {
  auto const row = readiness(policy18("")).row("policy", "18");
  CHECK(row["kind"] == "instant");
  REQUIRE(row["leaves"].size() == 1);
  CHECK(row["leaves"][0]["name"] == "营业收入");
  CHECK(row["leaves"][0]["source"] == "税务");
}

TEST_CASE("18.2 a fact that the firm states is named at its use and at its declaration") {
  auto const row = readiness(policy18(" 且 人才薪酬 30万元以上")).row("policy", "18");
  CHECK(row["kind"] == "within_time");
  REQUIRE(row["reasons"].size() == 1);
  auto const& reason = row["reasons"][0];
  CHECK(reason["reason"] == "declared_by_firm");
  CHECK(reason["name"] == "人才薪酬");
  CHECK(reason["source"] == "自行申报");
  CHECK(reason["use"]["line"] == 13);
  CHECK(reason["use"]["column"] == 22);
  CHECK(reason["declared"]["line"] == 7);
  CHECK(reason["declared"]["column"] == 3);
  CHECK(reason["use"]["file"].get<std::string>().ends_with("规则.hui"));
}

TEST_CASE("18.3 a fact without a source is not held by an office") {
  auto const row = readiness(policy18(" 且 装修面积 100平方米以上")).row("policy", "18");
  CHECK(row["kind"] == "within_time");
  REQUIRE(row["reasons"].size() == 1);
  CHECK(row["reasons"][0]["reason"] == "no_source");
  CHECK(row["reasons"][0]["name"] == "装修面积");
}

TEST_CASE("18.4 a free judgement is named") {
  auto const row = readiness(policy18(" 且 专家认定")).row("policy", "18");
  CHECK(row["kind"] == "within_time");
  REQUIRE(row["reasons"].size() == 1);
  CHECK(row["reasons"][0]["reason"] == "judgement");
  CHECK(row["reasons"][0]["name"] == "专家认定");
  CHECK(row["reasons"][0]["use"]["line"] == 13);
}

TEST_CASE("18.5 a policy that is paid by rank within a budget competes, one by the date of filing does not") {
  auto const budget = [](std::string const& how) {
    return replaced(s18, "  装修面积", "  评分 ： 分数 来源 统计\n  申报日期 ： 日期 来源 统计\n  装修面积") +
           policy18("").substr(s18.size()) + "预算 专项 100万元 用于 即时奖励 超出 " + how + "\n";
  };
  auto const row = readiness(budget("按 评分 从高到低")).row("policy", "18");
  CHECK(row["kind"] == "within_time");
  REQUIRE(row["reasons"].size() == 1);
  CHECK(row["reasons"][0]["reason"] == "competition");
  CHECK(row["reasons"][0]["name"] == "专项");
  CHECK(row["reasons"][0]["use"]["line"] == 17);
  CHECK(readiness(budget("按申报先后")).row("policy", "18")["kind"] == "instant");
  CHECK(readiness(budget("按比例")).row("policy", "18")["kind"] == "instant");
  auto const promised = readiness(replaced(budget("按 评分 从高到低"), " 辖区 全国", " 兑现 秒批 辖区 全国"));
  CHECK(promised.exit_code == 3);
  REQUIRE(promised.diagnostics("R0130").size() == 1);
  CHECK(promised.diagnostics("R0130")[0]["labels"][0]["line"] == 14);
}

TEST_CASE("18.5 a 遴选 is a competition too") {
  auto const row = readiness(policy18("") + "  遴选 按 营业收入 从高到低 取 不少于 3家\n").row("policy", "18");
  CHECK(row["kind"] == "within_time");
  CHECK(reasons(row) == std::vector<std::string>{"遴选"});
}

TEST_CASE("18.6 a bound alone is no sum: it is named in the report and refused with what to write") {
  auto const bare = readiness(policy18("", "", "不超过50万元"));
  CHECK(bare.exit_code == 3);
  REQUIRE(bare.diagnostics("P0217").size() == 1);
  CHECK(bare.diagnostics("P0217")[0]["help"].dump().find("奖励 核定金额，最高 50万元") != std::string::npos);
  auto const named = bare.row("policy", "18");
  CHECK(named["kind"] == "within_time");
  REQUIRE(named["reasons"].size() == 1);
  CHECK(named["reasons"][0]["reason"] == "open_sum");
  CHECK(named["reasons"][0]["name"] == "不超过50万元");
  CHECK(named["reasons"][0]["use"]["line"] == 14);
  CHECK(named["reasons"][0]["use"]["column"] == 6);
  // Of a field with no source nothing determines the sum; of one that an office settles it is a judgement.
  auto const settled = [](std::string const& source) {
    return readiness(replaced(policy18("", "", "核定金额，最高 50万元"), "  装修面积",
                              "  核定金额 ： 金额" + source + "\n  装修面积"))
        .row("policy", "18");
  };
  auto const open = settled("");
  CHECK(open["kind"] == "within_time");
  REQUIRE(open["reasons"].size() == 1);
  CHECK(open["reasons"][0]["name"] == "核定金额");
  CHECK(open["reasons"][0]["reason"] == "no_source");
  CHECK(open["reasons"][0]["use"]["line"] == 15);
  auto const judged = settled(" 来源 专家评审");
  CHECK(judged["kind"] == "within_time");
  CHECK(judged["reasons"][0]["reason"] == "judgement");
}

TEST_CASE("a list lends its source to what its rows state, also through their definitions and lists in them") {
  std::string const rules =
      "名录 数据来源：税务 权威；自行申报 申报\n"
      "结构 企业 键 编码\n"
      "  编码 ： 文本\n"
      "  项目 ： 列表 项目 来源 税务\n"
      "结构 项目\n"
      "  设备 ： 列表 设备\n"
      "结构 设备\n"
      "  金额 ： 金额\n"
      "  折旧 ： 金额 来源 自行申报\n"
      "定义 设备.残值 ： 金额 = 金额 × 50%\n"
      "定义 设备.净值 ： 金额 = 金额 − 折旧\n"
      "定义 项目.投入 ： 金额 = 合计（设备.残值）\n"
      "政策 投入奖 编号 1 辖区 全国 有效 长期\n"
      "  奖励 合计（项目.投入）\n"
      "政策 净值奖 编号 2 辖区 全国 有效 长期\n"
      "  条件 存在（项目：存在（设备：净值 1元以上））\n"
      "  奖励 1万元\n";
  auto const report = readiness(rules);
  CHECK(report.row("policy", "1")["kind"] == "instant");
  auto const net = report.row("policy", "2");
  CHECK(net["kind"] == "within_time");
  CHECK(reasons(net) == std::vector<std::string>{"折旧"});
}

TEST_CASE("18.7 the path through definitions is named") {
  auto const row = readiness(policy18(" 且 够格")).row("policy", "18");
  CHECK(row["kind"] == "within_time");
  REQUIRE(row["reasons"].size() == 1);
  CHECK(row["reasons"][0]["name"] == "人才薪酬");
  CHECK(row["reasons"][0]["path"] == Json{"够格", "薪酬达标"});
}

TEST_CASE("18.8 both reasons stand in one report, in the order of the text") {
  auto const row = readiness(policy18(" 且 人才薪酬 30万元以上 且 专家认定")).row("policy", "18");
  CHECK(reasons(row) == std::vector<std::string>{"人才薪酬", "专家认定"});
  auto const turned = readiness(policy18(" 且 专家认定 且 人才薪酬 30万元以上")).row("policy", "18");
  CHECK(reasons(turned) == std::vector<std::string>{"专家认定", "人才薪酬"});
}

TEST_CASE("18.9 an alert that does not stop payment is no reason") {
  auto const row = readiness(policy18("") + "  预警 薪酬虚高 黄色 当 人才薪酬 超过 100万元\n").row("policy", "18");
  CHECK(row["kind"] == "instant");
  CHECK(row["reasons"].empty());
}

TEST_CASE("18.10 the leaves of the sum count") {
  auto const row = readiness(policy18("", "", "人才薪酬 × 10%")).row("policy", "18");
  CHECK(row["kind"] == "within_time");
  CHECK(reasons(row) == std::vector<std::string>{"人才薪酬"});
}

TEST_CASE("18.11 a promise that the facts contradict is an error with both places") {
  auto const report = readiness(policy18(" 且 人才薪酬 30万元以上", " 兑现 秒批"));
  CHECK(report.exit_code == 3);
  auto const errors = report.diagnostics("R0601");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0]["line"] == 13);
  auto const labelled = [&](int line) {
    return std::ranges::any_of(errors[0]["labels"], [&](Json const& label) { return label["line"] == line; });
  };
  CHECK(labelled(12));  // 兑现
  CHECK(labelled(7));   // the declaration
}

TEST_CASE("18.12 and 18.13 a time has to be promised") {
  auto const without = readiness(policy18(" 且 人才薪酬 30万元以上"));
  CHECK(without.exit_code == 1);
  CHECK(without.row("policy", "18")["error"] == "time_limit_missing");
  CHECK(without.row("policy", "18")["name"] == "即时奖励");
  auto const promised = readiness(policy18(" 且 人才薪酬 30万元以上", " 兑现 限时直达 60天"));
  CHECK(promised.exit_code == 0);
  auto const row = promised.row("policy", "18");
  CHECK(row["kind"] == "within_time");
  CHECK(row["limit"] == "60天");
  CHECK(reasons(row) == std::vector<std::string>{"人才薪酬"});
  CHECK_FALSE(row.contains("error"));
}

TEST_CASE("18.14 the answer is derived, not remembered") {
  auto const row = readiness(replaced(policy18(""), "营业收入 ： 金额 来源 税务", "营业收入 ： 金额 来源 自行申报"))
                       .row("policy", "18");
  CHECK(row["kind"] == "within_time");
  CHECK(reasons(row) == std::vector<std::string>{"营业收入"});
}

// ---- S27: paid without application ----

std::string const s27 =
    "名录 数据来源：税务 权威；经信 权威；市监 权威；自行申报 申报；专家评审 裁量\n"
    "名录 材料：审计报告\n"
    "结构 企业 键 编码\n"
    "  编码 ： 文本\n"
    "  资质 ： 真假 来源 经信\n"
    "  获奖 ： 真假 来源 市监\n"
    "  人才薪酬 ： 金额 来源 自行申报\n"
    "  营业收入 ： 金额 来源 税务\n"
    "  评审通过 ： 真假 来源 专家评审\n"
    "定义 高收入 ： 真假 = 营业收入 1亿元以上\n"
    "定义 大户 ： 真假 = 高收入\n";

std::string policy27(std::string const& id, std::string const& payout, std::string const& condition,
                     std::string const& valid = "长期", std::string const& more = "") {
  return "政策 奖励" + id + " 编号 " + id + " 兑现 " + payout + " 辖区 全国 有效 " + valid + "\n  条件 " + condition +
         "\n" + more + "  奖励 10万元\n";
}

std::string const p1 = policy27("P1", "免申即享", "资质"), p2 = policy27("P2", "免申即享", "获奖"),
                  p3 = policy27("P3", "免申即享", "人才薪酬 30万元以上"),
                  p4 = policy27("P4", "申报", "营业收入 1亿元以上"), p5 = policy27("P5", "申报", "评审通过"),
                  p6 = policy27("P6", "免申即享", "大户"),
                  p7 = policy27("P7", "免申即享", "资质", "2022-01-01 至 2023-12-31"),
                  p8 = policy27("P8", "免申即享", "资质", "长期", "  要求 审计报告\n");

Report readiness27(std::string const& policies) {
  Folder const folder;
  return run({"readiness", folder.write("规则.hui", s27 + policies), "--as-of", "2024-06-30"});
}

TEST_CASE("27.1, 27.2 and 27.6 what rests on offices alone is in the list, also through definitions") {
  auto const report = readiness27(p1 + p2 + p6);
  CHECK(report.exit_code == 0);
  CHECK(report.summary()["list"] == Json{"P1", "P2", "P6"});
}

TEST_CASE("27.3 a leaf of the firm's is an error, and the policy is not in the list") {
  auto const report = readiness27(p3);
  CHECK(report.exit_code == 3);
  REQUIRE(report.diagnostics("R0601").size() == 1);
  CHECK(report.diagnostics("R0601")[0]["labels"].size() == 2);
  CHECK(report.summary()["list"].empty());
}

TEST_CASE("27.4 and 27.5 advice where it could be paid without application, no complaint where it is judged") {
  auto const report = readiness27(p4 + p5);
  CHECK(report.exit_code == 0);
  CHECK(report.row("policy", "P4")["advice"] == "could_be_paid_without_application");
  CHECK(report.summary()["list"].empty());
  auto const judged = report.row("policy", "P5");
  CHECK_FALSE(judged.contains("advice"));
  CHECK_FALSE(judged.contains("error"));
}

TEST_CASE("27.7 what has ended by the reference date is named as lapsed") {
  auto const report = readiness27(p7);
  CHECK(report.row("policy", "P7")["kind"] == "instant");
  CHECK(report.summary()["list"].empty());
  CHECK(report.summary()["lapsed"] == Json{"P7"});
}

TEST_CASE("27.8 a document that the firm has to hand in is an error that names it") {
  auto const report = readiness27(p8);
  CHECK(report.exit_code == 3);
  REQUIRE(report.diagnostics("R0604").size() == 1);
  CHECK(report.diagnostics("R0604")[0]["message"].get<std::string>().find("审计报告") != std::string::npos);
  CHECK(report.summary()["list"].empty());
}

TEST_CASE("27.9 and 27.10 three of eight, in the order of their numbers; then two, with an error") {
  auto const all = p8 + p6 + p5 + p4 + p2 + p1 + p7 + p3;
  auto const report = readiness27(all);
  CHECK(report.summary()["policies"] == 8);
  CHECK(report.summary()["without_application"] == 3);
  CHECK(report.summary()["list"] == Json{"P1", "P2", "P6"});
  Folder const folder;
  auto const other = replaced(s27, "资质 ： 真假 来源 经信", "资质 ： 真假 来源 自行申报");
  auto const changed = run({"readiness", folder.write("规则.hui", other + all), "--as-of", "2024-06-30"});
  CHECK(changed.summary()["without_application"] == 2);
  CHECK(changed.summary()["list"] == Json{"P2", "P6"});
  CHECK(std::ranges::any_of(changed.diagnostics("R0601"), [](Json const& error) {
    return error["message"].get<std::string>().find("奖励P1") != std::string::npos;
  }));
}

TEST_CASE("27.11 19 of 334, and the sums paid add up") {
  Folder const folder;
  std::string rules = s27, results = "key,policy,amount\n";
  std::vector<std::string> wanted;
  for (int i = 1; i <= 334; ++i) {
    auto const id = "Z" + std::to_string(i);
    bool const ready = i % 17 == 0 && wanted.size() < 19;
    if (ready) wanted.push_back(id);
    rules += policy27(id, ready ? "免申即享" : "申报", i % 3 == 0 || ready ? "资质" : "评审通过");
    if (ready) results += "a," + id + "," + std::to_string(i) + ".01\nb," + id + ",0.50\n";
  }
  auto const report = run({"readiness", folder.write("规则.hui", rules), "--as-of", "2024-06-30", "--results",
                           folder.write("results.csv", results)});
  CHECK(report.summary()["policies"] == 334);
  CHECK(report.summary()["list"] == Json(wanted));
  CHECK(report.row("policy", "Z17")["paid"] == "17.51");
  CHECK(report.summary()["paid"] == "3239.69");  // 17 × (1 + … + 19) + 19 × 0.51
}

TEST_CASE("two reports of the same policies are the same bytes, in whatever order the files come") {
  Folder const folder;
  auto const one = folder.write("一.hui", s27 + p1 + p2), two = folder.write("二.hui", p4 + p5);
  auto const firms =
      folder.write("企业.json", R"([{"编码":"a","资质":"是","获奖":"否","营业收入":"1亿元","评审通过":"是"},)"
                                R"({"编码":"b","资质":"是","营业收入":"1元","评审通过":"否"}])");
  std::vector<std::string> const with_records{"--data", firms, "--as-of", "2024-06-30"};
  for (auto const& [kind, more] : {std::pair<std::string, std::vector<std::string>>{"readiness", {}},
                                   {"boards", {}},
                                   {"reach", with_records},
                                   {"summary", with_records}}) {
    CAPTURE(kind);
    auto const made = [&, options = more](std::vector<std::string> const& files) {
      std::vector<std::string> arguments{"report", kind};
      arguments.insert(arguments.end(), files.begin(), files.end());
      arguments.insert(arguments.end(), options.begin(), options.end());
      arguments.insert(arguments.end(), {"--format", "json"});
      return run_command(arguments).out;
    };
    auto const forth = made({one, two});
    CHECK(forth == made({two, one}));
    CHECK(!forth.empty());
  }
}

}  // namespace
}  // namespace huiyu::test
