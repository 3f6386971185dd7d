// Explanations as `huiyu explain` prints them, compared whole with those of tests/golden/explain.
// HUIYU_UPDATE=1 rewrites them.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

std::string const folder = "tests/golden/explain/";

void compare(std::string const& key, std::string const& language, std::string const& expected) {
  CAPTURE(expected);
  auto const said = run_command({"explain", folder + "rules.hui", "--records", folder + "records.json", "--as-of",
                                 "2024-06-30", "--key", key, "--lang", language});
  CHECK(said.exit_code == 0);
  if (std::getenv("HUIYU_UPDATE") != nullptr) {
    std::ofstream(folder + expected, std::ios::binary) << said.out;
    return;
  }
  std::ifstream in(folder + expected, std::ios::binary);
  CHECK(said.out == std::string(std::istreambuf_iterator<char>(in), {}));
}

// shows L4.18
TEST_CASE("who is paid, who is refused and who cannot be judged are told why") {
  compare("够格", "zh", "paid.zh.txt");
  compare("差几项", "zh", "refused.zh.txt");
  compare("差几项", "en", "refused.en.txt");
  compare("不知道", "zh", "unknown.zh.txt");
  compare("不知道", "en", "unknown.en.txt");
}

TEST_CASE("a list that is counted is called empty only where it is") {
  Folder place;
  auto const rules = place.write("规则.hui", R"(结构 企业 键 名称
  名称 ： 文本
  设备 ： 列表 设备
结构 设备
  金额 ： 金额
政策 例 编号 1 依据 样例 辖区 全国 有效 长期
  条件 数量（设备）1台以上
  奖励 1元
)");
  auto const records =
      place.write("记录.json", R"([{"名称": "甲", "设备": [{"金额": "1"}]}, {"名称": "乙", "设备": []}])");
  auto const said = [&](char const* key) {
    return run_command({"explain", rules, "--records", records, "--as-of", "2024-06-30", "--key", key, "--lang", "zh"})
        .out;
  };
  CHECK(said("甲").find("一条也没有") == std::string::npos);
  CHECK(said("乙").find("一条也没有") != std::string::npos);
}

}  // namespace
}  // namespace huiyu::test
