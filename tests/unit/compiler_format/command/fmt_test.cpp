#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/conformance/run_command.h"
#include "tests/unit/compiler_format/command/temporary.h"

namespace huiyu::format::test {
namespace {

namespace fs = std::filesystem;
using huiyu::test::run_command;

std::string const facts = "结构 企业 键 编码\n  编码     ： 文本\n  员工人数 ： 人数\n";
std::string const untidy = "政策 甲 编号 1 辖区 全国 有效 长期\n条件 员工人数20人以上\n";
std::string const tidy = "政策 甲   编号 1   辖区 全国   有效 长期\n  条件 员工人数 20人以上\n";

TEST_CASE("fmt rewrites what is untidy, keeps the mode, and knows the names of the files beside") {
  TemporaryFolder folder;
  folder.write("事实.hui", facts);
  std::string const policy = folder.write("政策.hui", untidy);
  fs::permissions(policy,
                  fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read | fs::perms::owner_exec);
  auto const mode = fs::status(policy).permissions();

  auto const first = run_command({"fmt", policy});
  CHECK(first.exit_code == 0);
  CHECK(first.out == policy + "\n");
  CHECK(first.error.empty());
  CHECK(read_text(policy) == tidy);
  CHECK(fs::status(policy).permissions() == mode);
  CHECK(std::distance(fs::directory_iterator(folder / ""), {}) == 2);  // nothing is left behind

  auto const again = run_command({"fmt", (folder / "").string()});
  CHECK(again.exit_code == 0);
  CHECK(again.out.empty());
}

TEST_CASE("fmt writes through a link, and leaves the link") {
  TemporaryFolder folder;
  std::string const text = folder.write("原件/政策.hui", facts + untidy);
  fs::create_directories(folder / "规则");
  fs::create_symlink(text, folder / "规则/政策.hui");
  CHECK(run_command({"fmt", (folder / "规则/政策.hui").string()}).exit_code == 0);
  CHECK(fs::is_symlink(folder / "规则/政策.hui"));
  CHECK(read_text(text) == facts + tidy);
}

TEST_CASE("fmt --check names files and changes, and writes nothing") {
  TemporaryFolder folder;
  folder.write("事实.hui", facts);
  std::string const policy = folder.write("政策.hui", untidy);
  auto const result = run_command({"fmt", "--check", (folder / "").string()});
  CHECK(result.exit_code == 1);
  CHECK(result.out == policy +
                          "\n@@ -1,2 +1,2 @@\n"
                          "-政策 甲 编号 1 辖区 全国 有效 长期\n"
                          "-条件 员工人数20人以上\n"
                          "+政策 甲   编号 1   辖区 全国   有效 长期\n"
                          "+  条件 员工人数 20人以上\n");
  CHECK(read_text(policy) == untidy);
  CHECK(run_command({"fmt", "--check", (folder / "事实.hui").string()}).exit_code == 0);
}

TEST_CASE("fmt --stdout and --lang print, and write nothing") {
  TemporaryFolder folder;
  std::string const policy = folder.write("政策.hui", facts + untidy);
  CHECK(run_command({"fmt", "--stdout", policy}).out == facts + tidy);
  auto const english = run_command({"fmt", "--stdout", "--lang", "en", policy});
  CHECK(english.exit_code == 0);
  CHECK(english.out.find("policy 甲   id 1   region nationwide   valid indefinitely\n  when 员工人数 20人 or more\n") !=
        std::string::npos);
  CHECK(read_text(policy) == facts + untidy);
}

TEST_CASE("fmt leaves a file with errors alone and goes on with the others") {
  TemporaryFolder folder;
  std::string const bad = folder.write("一.hui", "结构 企业 键 编码\n编码：文本\n条件 （\n");
  std::string const good = folder.write("二.hui", "名录 等级:甲、乙\n");
  auto const result = run_command({"fmt", "--lang", "zh", bad, good});
  CHECK(result.exit_code == 3);
  CHECK(result.error.find("一.hui：有错误，未改动") != std::string::npos);
  CHECK(read_text(bad) == "结构 企业 键 编码\n编码：文本\n条件 （\n");
  CHECK(read_text(good) == "名录 等级：甲、乙\n");
}

TEST_CASE("fmt finds names elsewhere only where it is told to") {
  TemporaryFolder folder;
  folder.write("事实/企业.hui", facts);
  std::string const policy = folder.write("政策/甲.hui", untidy);
  CHECK(run_command({"fmt", "--check", policy}).exit_code == 3);
  CHECK(run_command({"fmt", "--check", "--with", (folder / "事实").string(), policy}).exit_code == 1);
  CHECK(run_command({"fmt", (folder / "").string()}).exit_code == 0);
  CHECK(read_text(policy) == tidy);
}

TEST_CASE("fmt refuses to join what would then be cut otherwise") {
  TemporaryFolder folder;
  // 上年 and the series 收入, where a field has that very name.
  std::string const text =
      "结构 企业 键 编码\n  编码     ： 文本\n  收入     ： 金额\n  上年收入 ： 金额\n定义 甲 ： 金额 = 上年 收入\n";
  std::string const rules = folder.write("规则.hui", text);
  auto const result = run_command({"fmt", "--lang", "zh", rules});
  CHECK(result.exit_code == 3);
  CHECK(result.error.find("断词会不同") != std::string::npos);
  CHECK(read_text(rules) == text);
}

TEST_CASE("no paths, or paths that are not there, are errors of the call") {
  CHECK(run_command({"fmt"}).exit_code == 2);
  CHECK(run_command({"fmt", "没有这个文件.hui"}).exit_code == 2);
  CHECK(run_command({"fmt", "--lang", "fr", "-"}).exit_code == 2);
  // Standard input, here empty.
  auto const empty = run_command({"fmt", "-"});
  CHECK(empty.exit_code == 0);
  CHECK(empty.out.empty());
}

// Values of cohorts and of 统计 are called as the text writes them: `名次（税收，规上企业，从高到低）`, or the same in
// English.
std::string without_spelled_names(std::string text) {
  std::vector<std::string> names;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    for (std::string_view const begins : {"cohort value ", "tally value "})
      if (line.starts_with(begins)) names.push_back(line.substr(begins.size(), line.find(" in ") - begins.size()));
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto const name = names[i].substr(0, names[i].rfind(' '));  // without what is computed
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at))
      text.replace(at, name.size(), "value " + std::to_string(i));
  }
  return text;
}

// What `huiyu dump --stage tir` says; empty where the rules are wrong.
std::string meaning_of(std::string const& rules) {
  auto const dumped = run_command({"dump", "--stage", "tir", rules});
  return dumped.exit_code == 0 ? without_spelled_names(dumped.out) : std::string();
}

// Lays a file out in both vocabularies, twice, and compares what it means.
void lay_out_twice(std::string const& text) {
  TemporaryFolder folder;
  // By itself: what stands beside a file lends it its names.
  std::string const rules = folder.write("original/rules.hui", text);
  std::string const meaning = meaning_of(rules);
  REQUIRE(!meaning.empty());
  for (char const* const language : {"zh", "en"}) {
    CAPTURE(language);
    auto const laid_out = run_command({"fmt", "--stdout", "--lang", language, rules});
    REQUIRE_MESSAGE(laid_out.exit_code == 0, laid_out.error);
    std::string const copy = folder.write("copy/rules.hui", laid_out.out);
    CHECK(meaning_of(copy) == meaning);
    CHECK(run_command({"fmt", "--stdout", "--lang", language, copy}).out == laid_out.out);
  }
}

TEST_CASE("what is laid out means what it meant") {
  std::vector<std::string> all;
  for (char const* const place : {"tests/conformance/clauses", "tests/language"})
    for (auto const& entry : fs::recursive_directory_iterator(place))
      if (entry.path().extension() == ".hui") all.push_back(entry.path().string());
  std::ranges::sort(all);
  REQUIRE(all.size() > 10);
  for (std::string const& path : all) {
    CAPTURE(path);
    lay_out_twice(read_text(path));
  }
}

TEST_CASE("what goldens of the checker say survives the layout") {
  int count = 0;
  for (auto const& entry : fs::directory_iterator("tests/golden/check")) {
    CAPTURE(entry.path().string());
    std::string const golden = read_text(entry.path());
    std::string const rules = golden.substr(0, golden.find("\n----\n") + 1);
    TemporaryFolder folder;
    if (meaning_of(folder.write("rules.hui", rules)).empty()) continue;  // a golden of mistakes
    ++count;
    lay_out_twice(rules);
  }
  CHECK(count > 10);
}

TEST_CASE("a project of several files is laid out in place and means what it meant") {
  TemporaryFolder folder;
  folder.write("企业.hui",
               "结构 企业 键 编码\n编码：文本\n员工人数：人数\n营业收入：金额\n技改项目：列表 技改项目\n"
               "结构 技改项目\n投资额：金额\n新上：真假\n名录 规模 从高到低：大型、中型、小型\n");
  folder.write(
      "划型.hui",
      "定义 划型：规模=分档 首行：\n员工人数300人以上且营业收入2000万元以上：大型\n员工人数>=20人：中型\n其余：小型\n");
  folder.write("技改.hui.md",
               "# 办法\n\n第一条 小型企业技改，按 20% 补助。\n\n```hui\n政策 技改 编号 1 辖区 全国 有效 长期\n"
               "条件 划型属于小型、中型\n补助 合计（技改项目.投资额,其中 新上）×20%,最高 50万元\n```\n");
  std::string const project = (folder / "").string();
  std::string const meaning = meaning_of(project);
  REQUIRE(!meaning.empty());
  CHECK(run_command({"fmt", project}).exit_code == 0);
  CHECK(run_command({"fmt", "--check", project}).exit_code == 0);
  CHECK(meaning_of(project) == meaning);
}

}  // namespace
}  // namespace huiyu::format::test
