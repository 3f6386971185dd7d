// Why a record got its answer: one text whatever engine is asked for, with the answer that each of them gives, and
// nothing left out of it: every condition with its value, source and clause, what decides, and what would.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

char const* const rules = R"(名录 数据来源：人社 权威；信用 权威；自行申报 申报
结构 企业 键 编码
  编码     ： 文本
  员工人数 ： 人数          来源 人社
  营业收入 ： 金额          来源 自行申报
  严重失信 ： 真假          来源 信用
  资质     ： 集合 资质名录 来源 自行申报
名录 规模 从高到低：大型、小型
名录 资质名录：高新技术、专精特新
政策 稳岗 编号 W1 依据 第一条 辖区 全国 有效 长期
  条件 员工人数 20人以上
  条件 至少符合 1项：（一）营业收入 2000万元以上；（二）资质 包含 专精特新
  除外 严重失信
  补助 营业收入 × 1% ÷ （员工人数 − 100人）× 1人，最高 50万元
政策 名单 编号 W2 依据 第二条 辖区 全国 有效 长期
  条件 营业收入 超过 100万元 或 员工人数 不满300人
  认定 分档 员工人数：300人以上：大型；其余：小型
)";
char const* const records = R"([
{"编码":"a","员工人数":"150人","营业收入":"3000万元","严重失信":false,"资质":["高新技术"]},
{"编码":"b","员工人数":"19人","营业收入":"3000万元","严重失信":false,"资质":[]},
{"编码":"c","员工人数":"30人","营业收入":null,"严重失信":false,"资质":["高新技术"]},
{"编码":"d","员工人数":"100人","营业收入":"3000万元","严重失信":false,"资质":null},
{"编码":"e","员工人数":null,"营业收入":"1元","严重失信":true,"资质":["专精特新"]}])";

class Files {
 public:
  Files() : folder_(fs::temp_directory_path() / ("huiyu-explain-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "rules.hui") << rules;
    std::ofstream(folder_ / "records.json") << records;
  }
  ~Files() { fs::remove_all(folder_); }
  std::string run(std::vector<std::string> const& arguments, std::string const& engine) const {
    return result(arguments, engine).out;
  }
  std::string errors(std::vector<std::string> const& arguments, std::string const& engine) const {
    return result(arguments, engine).error;
  }

 private:
  CommandResult result(std::vector<std::string> arguments, std::string const& engine) const {
    arguments.insert(arguments.begin() + 1, (folder_ / "rules.hui").string());
    arguments.insert(arguments.end(), {"--records", (folder_ / "records.json").string(), "--as-of", "2024-06-30",
                                       "--format", "json", "--engine", engine});
    auto const result = run_command(arguments);
    REQUIRE_MESSAGE(result.exit_code == 0, result.error);
    return result;
  }

  fs::path folder_;
};

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// What a reader must find in a tree; facts that the deciding nodes hang on go to `open`.
void check_tree(Json const& node, std::set<std::string>& open) {
  CAPTURE(node.dump());
  std::string const op = node["op"], state = node["state"];
  CHECK(node.contains("place"));
  CHECK(node.contains("words"));
  CHECK(node.contains("deciding"));
  if (op == "Field") {
    CHECK(node.contains("name"));
    CHECK(node.contains("source"));
  }
  CHECK(node.contains("value") == (state != "unknown" && state != "error"));
  if (op == "Field" && state == "unknown" && node["deciding"] == true) open.insert(node["name"]);
  bool any = false;
  for (auto const& child : node.value("children", Json::array())) {
    any = any || child["deciding"] == true;
    CHECK((node["deciding"] == true || child["deciding"] == false));
    check_tree(child, open);
  }
  CHECK((node["deciding"] == false || any || !node.contains("children")));
}

TEST_CASE("one explanation, with the answer that every engine gives") {
  Files const files;
  std::set<std::string> outcomes;
  std::string const oracle = files.run({"eval"}, "oracle");
  for (auto const* engine : {"interpret", "native"}) CHECK(files.run({"eval"}, engine) == oracle);
  for (auto const& line : lines_of(oracle)) {
    auto const answer = Json::parse(line);
    CAPTURE(line);
    std::vector<std::string> const asked{"explain", "--key", answer["key"], "--policy", answer["policy"]};
    auto const text = files.run(asked, "oracle");
    for (auto const* engine : {"interpret", "native"}) CHECK(files.run(asked, engine) == text);
    auto const explained = Json::parse(text);
    for (auto const* key : {"outcome", "amount", "value", "needs"})
      CHECK(explained.value(key, Json()) == answer.value(key, Json()));
    CHECK(explained["citation"] == answer["clause"]);
    CHECK(explained.contains("place"));
    outcomes.insert(explained["outcome"]);

    std::set<std::string> open;
    for (auto const* tree : {"applies", "condition", "total", "conclusion"})
      if (explained.contains(tree)) check_tree(explained[tree], open);
    for (auto const& part : explained.value("parts", Json::array()))
      for (auto const* tree : {"when", "amount_tree"})
        if (part.contains(tree)) check_tree(part[tree], open);
    // What would decide is what the undecided facts are, by name.
    std::set<std::string> needs;
    for (std::string const need : explained.value("needs", Json::array())) needs.insert(need);
    if (explained["outcome"] == "unknown") CHECK(needs == open);
  }
  CHECK(outcomes == std::set<std::string>{"eligible", "error", "ineligible", "unknown"});
}

TEST_CASE("eval answers record after record, as they were read, and each record policy after policy") {
  Files const files;
  for (auto const* engine : {"oracle", "interpret", "native", "auto"}) {
    std::string order;
    for (auto const& line : lines_of(files.run({"eval"}, engine))) {
      auto const answer = Json::parse(line);
      order += std::string(answer["key"]) + std::string(answer["policy"]) + " ";
    }
    CHECK(order == "aW1 aW2 bW1 bW2 cW1 cW2 dW1 dW2 eW1 eW2 ");
  }
}

// The dynamic linker lists what it opens (ld.so(8), LD_DEBUG).
TEST_CASE("explain runs the engine that it is given beside it, and none by itself") {
  Files const files;
  setenv("LD_DEBUG", "files", 1);
  auto const native = files.errors({"explain", "--key", "a"}, "native");
  auto const by_itself = files.errors({"explain", "--key", "a"}, "auto");
  unsetenv("LD_DEBUG");
  CHECK(native.find("libLLVM") != std::string::npos);
  CHECK(by_itself.find("libLLVM") == std::string::npos);
}

}  // namespace
}  // namespace huiyu::test
