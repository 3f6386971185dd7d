// A register matched in parts: together they are the whole, and what is there is not made again.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

char const* const rules = R"(结构 企业 键 名称
  名称     ： 文本
  从业人员 ： 人数
政策 稳岗 编号 1 依据 样例 辖区 全国 有效 长期
  条件 从业人员 90人以上
  补助 从业人员 × 1元/人
政策 扩岗 编号 2 依据 样例 辖区 全国 有效 长期
  条件 从业人员 99人以上
  补助 1元
)";

// More than two blocks, and no whole number of them.
std::string firms() {
  std::string text = "名称,从业人员\n";
  for (int i = 0; i < 140'001; ++i) text += "甲" + std::to_string(i) + "," + std::to_string(i % 100) + "\n";
  return text;
}

std::vector<std::string> lines_of(std::string const& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

struct Register {
  Folder folder;
  std::string of_rules = folder.write("rules.hui", rules), of_firms = folder.write("firms.csv", firms());
  CommandResult match(std::vector<std::string> more, std::string const& as_of = "2024-06-30") const {
    more.insert(more.begin(), {"match", of_rules, "--data", of_firms, "--as-of", as_of, "--lang", "zh"});
    return run_command(more);
  }
};

bool says(std::string const& text, std::string const& what) { return text.find(what) != std::string::npos; }

}  // namespace

TEST_CASE("all parts together are the whole, in its order within each") {
  Register const files;
  auto const whole = files.match({"-o", files.folder.at("whole.csv")});
  REQUIRE(whole.exit_code == 0);
  auto expected = lines_of(files.folder.at("whole.csv"));
  REQUIRE(expected.size() == 1 + 14'000 + 1'400);
  for (std::string const of : {"1", "2", "5"}) {
    auto const parts = files.match({"-o", files.folder.at("p.csv"), "--shard", "全部/" + of});
    REQUIRE(parts.exit_code == 0);
    CHECK(parts.out == whole.out);  // the sum of all
    std::vector<std::string> rows;
    for (int number = 1; number <= std::stoi(of); ++number) {
      auto const part = lines_of(files.folder.at("p." + std::to_string(number) + "-of-" + of + ".csv"));
      REQUIRE(!part.empty());
      CHECK(part.front() == expected.front());
      rows.insert(rows.end(), part.begin() + 1, part.end());
    }
    std::vector<std::string> sorted(expected.begin() + 1, expected.end());
    std::ranges::sort(sorted);
    std::ranges::sort(rows);
    CHECK(rows == sorted);
  }
}

TEST_CASE("what the same run has made is not made again; what is gone, damaged or of another run is") {
  Register const files;
  auto const target = files.folder.at("p.csv");
  auto const first = files.match({"-o", target, "--shard", "1/2"});
  REQUIRE(first.exit_code == 0);
  CHECK(!std::filesystem::exists(files.folder.at("p.2-of-2.csv")));
  auto const all = files.match({"-o", target, "--shard", "all/2"});
  CHECK(says(all.error, "第 1/2 份先前已做好"));
  CHECK(!says(all.error, "第 2/2 份先前已做好"));
  auto const again = files.match({"-o", target, "--shard", "all/2"});
  CHECK(says(again.error, "第 1/2 份先前已做好"));
  CHECK(says(again.error, "第 2/2 份先前已做好"));
  CHECK(again.out == all.out);

  auto const before = lines_of(files.folder.at("p.2-of-2.csv"));
  std::ofstream(files.folder.at("p.2-of-2.csv"), std::ios::app) << "more\n";
  std::filesystem::remove(files.folder.at("p.1-of-2.csv"));
  auto const mended = files.match({"-o", target, "--shard", "all/2"});
  CHECK(!says(mended.error, "先前已做好"));
  CHECK(mended.out == all.out);
  CHECK(lines_of(files.folder.at("p.2-of-2.csv")) == before);

  CHECK(!says(files.match({"-o", target, "--shard", "all/2"}, "2024-07-01").error, "先前已做好"));
  files.folder.write("firms.csv", firms() + "乙,100\n");
  CHECK(!says(files.match({"-o", target, "--shard", "all/2"}, "2024-07-01").error, "先前已做好"));
  // Hostile or half manifests are none.
  for (std::string const text : {"", "[", "{}", R"({"format":1,"policies":7})"}) {
    files.folder.write("p.1-of-2.manifest.json", text);
    auto const result = files.match({"-o", target, "--shard", "1/2"}, "2024-07-01");
    CHECK(result.exit_code == 0);
    CHECK(!says(result.error, "先前已做好"));
  }
}

TEST_CASE("what cannot be done in parts is refused") {
  Register const files;
  auto const target = files.folder.at("p.csv");
  for (std::string const text : {"0/2", "3/2", "1", "1/", "/2", "1/0", "-1/2", "1.5/2", "1/20000", "all"}) {
    auto const result = files.match({"-o", target, "--shard", text});
    CAPTURE(text);
    CHECK(result.exit_code == 2);
    CHECK(says(result.error, "3/8"));
  }
  CHECK(files.match({"--shard", "1/2"}).exit_code == 2);  // nowhere to
  CHECK(files.match({"-o", target, "--near", "--shard", "1/2"}).exit_code == 2);
  files.folder.write("rules.hui", std::string(rules) + "组合 岗位 每家企业 就高不重复\n  成员 稳岗、扩岗\n");
  auto const settled = files.match({"-o", target, "--shard", "1/2"});
  CHECK(settled.exit_code == 2);
  CHECK(says(settled.error, "不能分份做"));
}

}  // namespace huiyu::test
