// `huiyu words` and `huiyu check --cuts`: what a drafter is shown of how his text was cut.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "tests/conformance/run_command.h"

namespace {

using huiyu::test::CommandResult;
using huiyu::test::run_command;
using Json = nlohmann::json;

constexpr char const* rules =
    "结构 企业 键 记录\n"
    "  记录 ： 文本\n"
    "  员工人数 ： 人数\n"
    "  营业收入 ： 金额 逐年\n"
    "政策 甲 编号 1-2 依据 第二条 辖区 全国 有效 2024-01-01 至 2024-12-31\n"
    "  条件 员工人数20人以上且上年营业收入不低于100万元依据第三条\n"
    "  补助 上年营业收入 × 3%，四舍五入到万元\n";

class RuleFile {
 public:
  explicit RuleFile(std::string const& text)
      : path_(std::filesystem::temp_directory_path() / ("huiyu-words-" + std::to_string(getpid()) + ".hui")) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~RuleFile() { std::filesystem::remove(path_); }
  RuleFile(RuleFile const&) = delete;
  RuleFile& operator=(RuleFile const&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_SUITE_BEGIN("words");

TEST_CASE("every run with its place, its words and their kinds") {
  RuleFile const file(rules);
  CommandResult const result = run_command({"--lang", "zh", "words", file.path()});
  CHECK(result.exit_code == 0);
  CHECK(result.error.empty());
  std::vector<std::string> const lines = lines_of(result.out);
  REQUIRE(lines.size() == 29);
  CHECK(lines[0] == file.path() + ":1:1: 结构 关键词");
  CHECK(lines[1] == file.path() + ":1:4: 企业 名称");
  CHECK(lines[13] == file.path() + ":5:6: 编号 关键词");
}

TEST_CASE("only what is not parted by blanks") {
  RuleFile const file(rules);
  std::string const joined =
      file.path() +
      ":6:6: 员工人数 名称｜20人 数｜以上 关键词｜且 关键词｜上年 关键词｜营业收入 名称｜不低于 关键词｜100万元 "
      "数｜依据 关键词｜第三条 条款\n" +
      file.path() + ":7:6: 上年 关键词｜营业收入 名称\n" + file.path() +
      ":7:18: 四舍五入 关键词｜到 关键词｜万元 单位\n";
  CHECK(run_command({"--lang", "zh", "words", "--joined", file.path()}).out == joined);
  CommandResult const checked = run_command({"--lang", "zh", "check", "--cuts", file.path()});
  CHECK(checked.exit_code == 0);
  CHECK(checked.out == joined + "1 个文件，1 项政策，0 个错误，0 个提醒\n");
}

TEST_CASE("one JSON object a line") {
  RuleFile const file(rules);
  CommandResult const result = run_command({"words", "--joined", "--format", "json", file.path()});
  CHECK(result.exit_code == 0);
  std::vector<std::string> const lines = lines_of(result.out);
  REQUIRE(lines.size() == 3);
  Json const run = Json::parse(lines[1]);
  CHECK(run.at("file") == file.path());
  CHECK(run.at("line") == 7);
  CHECK(run.at("column") == 6);
  CHECK(run.at("text") == "上年营业收入");
  CHECK(run.at("words") ==
        Json::parse(R"([{"text": "上年", "kind": "keyword"}, {"text": "营业收入", "kind": "name"}])"));
}

TEST_CASE("what cannot be cut is one unknown word, and an error") {
  RuleFile const file(std::string(rules) + "  条件 职工人数20人以上\n");
  CommandResult const result = run_command({"--lang", "zh", "words", "--joined", file.path()});
  CHECK(result.exit_code == 3);
  CHECK(result.error.find("P0141") != std::string::npos);
  CHECK(lines_of(run_command({"--lang", "zh", "words", file.path()}).out).back() ==
        file.path() + ":8:6: 职工人数20人以上 不认识");
}

TEST_SUITE_END();
