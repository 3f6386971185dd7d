// The reports on policies as programs read them: each numbered line of the clauses S18, S19, S25, S26 and S27 is one
// case. Facts are compared, never wording.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("huiyu-report-" + std::to_string(getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  std::string write(std::string const& name, std::string const& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }

 private:
  fs::path path_;
};

struct Report {
  int exit_code = 0;
  std::vector<Json> rows;
  std::string text;

  // The only row in which the member has the value.
  Json const& row(std::string const& member, Json const& value) const {
    auto const fits = [&](Json const& each) { return each.contains(member) && each[member] == value; };
    auto const at = std::ranges::find_if(rows, fits);
    REQUIRE_MESSAGE(at != rows.end(), text);
    CHECK(std::ranges::count_if(rows, fits) == 1);
    return *at;
  }
  Json const& summary() const { return rows.back(); }
  std::vector<Json> diagnostics(std::string const& code) const {
    std::vector<Json> found;
    for (auto const& each : rows)
      if (each.contains("code") && each["code"] == code) found.push_back(each);
    return found;
  }
};

Report read(CommandResult const& result) {
  Report report{result.exit_code, {}, result.out + result.error};
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) report.rows.push_back(Json::parse(line));
  REQUIRE_MESSAGE(!report.rows.empty(), result.error);
  return report;
}

Report run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "report");
  arguments.insert(arguments.end(), {"--format", "json"});
  return read(run_command(arguments));
}

std::string replaced(std::string text, std::string const& from, std::string const& to) {
  auto const at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// ---- S18: paid at once, or within a promised time ----

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
  auto const forth = run_command({"report", "readiness", one, two, "--format", "json"});
  auto const back = run_command({"report", "readiness", two, one, "--format", "json"});
  CHECK(forth.out == back.out);
  CHECK(!forth.out.empty());
}

// ---- S19: required elements ----

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

// ---- S25: clauses under boards ----

std::string const heading25 =
    "# 民营经济条文\n\n```hui\n名录 「看板」：金融、人才、法治\n结构 企业 键 编码\n  编码 ： 文本\n  营业收入 ： "
    "金额\n```\n";

std::string clause25(std::string const& id, std::string const& board, std::string const& amount = "100万元") {
  return "```hui\n政策 条文" + id.substr(0, 1) + "之" + id.substr(2) + " 编号 " + id +
         (board.empty() ? "" : " 看板 " + board) + " 辖区 全国 有效 长期\n  条件 营业收入 " + amount +
         "以上\n  奖励 1万元\n```\n";
}

std::string const article1 =
                      "\n## 第一条 支持融资引才\n\n" + clause25("1-1", "金融") + clause25("1-2", "人才", "200万元"),
                  article2 = "\n## 第二条 优化环境\n\n" + clause25("2-1", "金融", "300万元") +
                             clause25("2-2", "法治", "400万元") + clause25("2-3", "金融", "500万元");

Report boards(std::string const& document) {
  Folder const folder;
  return run({"boards", folder.write("条文.hui.md", document)});
}

// What a board counts; clauses name their board, too.
std::size_t on_board(Report const& report, std::string const& board) {
  for (auto const& row : report.rows)
    if (row.contains("board") && row.contains("clauses") && row["board"] == board)
      return row["clauses"].get<std::size_t>();
  FAIL(report.text);
  return 0;
}

TEST_CASE("25.1 articles, clauses and boards are counted, and the boards add up") {
  auto const report = boards(heading25 + article1 + article2);
  CHECK(report.exit_code == 0);
  CHECK(report.summary()["articles"] == 2);
  CHECK(report.summary()["clauses"] == 5);
  CHECK(on_board(report, "金融") == 3);
  CHECK(on_board(report, "人才") == 1);
  CHECK(on_board(report, "法治") == 1);
  CHECK(report.summary()["placed"] == 5);
}

TEST_CASE("25.2 a clause without a board is named") {
  auto const report = boards(heading25 + article1 + replaced(article2, " 看板 法治", ""));
  CHECK(report.summary()["unplaced"] == Json{"2-2"});
  CHECK(report.summary()["placed"] == 4);
}

TEST_CASE("25.3 to 25.5 an id twice, an unknown board, two boards are errors") {
  auto const twice = boards(heading25 + article1 + replaced(article2, "编号 2-3", "编号 2-1"));
  REQUIRE(twice.diagnostics("N0207").size() == 1);
  CHECK(!twice.diagnostics("N0207")[0]["labels"].empty());
  auto const unknown = boards(heading25 + article1 + replaced(article2, "法治", "法制"));
  REQUIRE(unknown.diagnostics("N0116").size() == 1);
  CHECK(unknown.diagnostics("N0116")[0]["help"].dump().find("法治") != std::string::npos);
  auto const both = boards(heading25 + replaced(article1, "看板 人才", "看板 人才、金融") + article2);
  REQUIRE(both.diagnostics("R0121").size() == 1);
  CHECK(!both.diagnostics("R0121")[0]["labels"].empty());
  auto const again = boards(heading25 + replaced(article1, "看板 人才", "看板 人才 看板 金融") + article2);
  REQUIRE(again.diagnostics("N0206").size() == 1);
  CHECK(!again.diagnostics("N0206")[0]["labels"].empty());
  for (auto const& report : {twice, unknown, both, again}) CHECK(report.exit_code == 3);
}

TEST_CASE("25.6 an article that no clause implements is named") {
  auto const report = boards(heading25 + article1 + article2 + "\n## 第三条 加强宣传\n\n各部门加强宣传。\n");
  CHECK(report.summary()["articles"] == 3);
  CHECK(report.summary()["articles_without_clause"] == Json{"第三条"});
}

TEST_CASE("25.7 ids stay when a clause is put between") {
  auto const ids = [](Report const& report) {
    std::vector<std::string> all;
    for (auto const& row : report.rows)
      if (row.contains("clause")) all.push_back(row["clause"]);
    return all;
  };
  auto const before = ids(boards(heading25 + article1 + article2));
  auto after = ids(boards(heading25 +
                          replaced(article1, clause25("1-2", "人才", "200万元"),
                                   clause25("1-9", "法治", "900万元") + clause25("1-2", "人才", "200万元")) +
                          article2));
  std::erase(after, "1-9");
  CHECK(before == after);
}

TEST_CASE("25.8 the explanation of a clause speaks of its id, its article and its board") {
  Folder const folder;
  auto cited = replaced(heading25 + article1 + article2, "编号 1-1", "编号 1-1 依据 第一条");
  cited = replaced(cited, "编号 2-1", "编号 2-1 依据 第二条");
  auto const rules = folder.write("条文.hui.md", cited);
  auto const firm = folder.write("企业.json", R"({"编码":"a","营业收入":"150万元"})");
  struct Expected {
    char const *id, *outcome, *article;
  };
  for (auto const& wanted : {Expected{"1-1", "eligible", "第一条"}, Expected{"2-1", "ineligible", "第二条"}}) {
    auto const said = Json::parse(run_command({"explain", rules, "--records", firm, "--as-of", "2024-06-30", "--policy",
                                               wanted.id, "--format", "json"})
                                      .out);
    CHECK(said["policy"] == wanted.id);
    CHECK(said["outcome"] == wanted.outcome);
    CHECK(said["citation"] == wanted.article);
    CHECK(said["board"] == "金融");
  }
}

TEST_CASE("25.9 32 articles, 195 clauses, 8 boards") {
  std::string list, document;
  for (int i = 1; i <= 8; ++i) list += (i == 1 ? "板" : "、板") + std::string(1, static_cast<char>('a' + i));
  document = replaced(heading25, "金融、人才、法治", list);
  int clause = 0;
  for (int article = 1; article <= 32; ++article) {
    document += "\n## 第" + std::to_string(article) + "条\n\n";
    for (int i = 0; i < (article <= 3 ? 7 : 6); ++i, ++clause)
      document += "```hui\n政策 条文" + std::to_string(clause) + "号 编号 " + std::to_string(article) + "-" +
                  std::to_string(i + 1) + " 看板 板" + std::string(1, static_cast<char>('b' + clause % 8)) +
                  " 辖区 全国 有效 长期\n  条件 营业收入 " + std::to_string(clause + 1) +
                  "万元以上\n  奖励 1万元\n```\n";
  }
  auto const report = boards(document);
  CHECK(report.summary()["articles"] == 32);
  CHECK(report.summary()["clauses"] == 195);
  std::size_t sum = 0, count = 0;
  for (auto const& row : report.rows)
    if (row.contains("board") && row.contains("clauses")) sum += row["clauses"].get<std::size_t>(), ++count;
  CHECK(count == 8);
  CHECK(sum == 195);
  CHECK(report.summary()["unplaced"].empty());
  CHECK(report.summary()["clauses_without_article"].empty());
}

// ---- S26: policies that reach few ----

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
    check_row(report.row("policy", "C"), 2, 0, 0, "0%", true);
    check_row(report.row("policy", "D"), 5, 1, 0, "20%", false);
    CHECK(report.summary()["policies"] == 4);
    CHECK(report.summary()["few"] == Json{"C"});
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

TEST_CASE("26.9 to 26.11 one condition is one however it is written; what stops most is named") {
  auto const report = reach(policies26 + policy26d, firms);
  CHECK(report.summary()["atoms"] == 9);
  CHECK(report.summary()["uses"] == 14);
  auto const stops = report.row("policy", "C")["stops_most"];
  CHECK(stops["condition"] == "营业收入 2亿元以上");
  CHECK(stops["count"] == 2);
  CHECK(stops["line"] == 17);
  auto const other = reach(policies26 + replaced(policy26d, "50人以上", "49人以上"), firms);
  CHECK(other.summary()["atoms"] == 9);
  check_row(other.row("policy", "D"), 5, 1, 0, "20%", false);
}

}  // namespace
}  // namespace huiyu::test
