// `huiyu test` as a drafter runs it.

#include <algorithm>
#include <sstream>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/conformance/run_command.h"
#include "tests/unit/compiler_format/command/temporary.h"

namespace huiyu::driver {
namespace {

using format::test::read_text;
using format::test::TemporaryFolder;
using huiyu::test::CommandResult;
using huiyu::test::run_command;

std::string const rules = R"(结构 企业 键 名称
  名称     ： 文本
  员工人数 ： 人数
  收入     ： 金额 逐年
  设备     ： 列表 设备

结构 设备
  金额 ： 金额

名录 规模 从高到低：大型、小型

定义 划型 ： 规模 = 分档 员工人数：300人以上：大型；其余：小型
定义 够大 ： 真假 = 员工人数 20人以上

政策 稳岗 编号 1 辖区 全国 有效 2024-01-01 至 2024-12-31
  条件 够大
  补助 稳岗补助：员工人数 × 1元/人
  补助 增收补助：上年收入 × 1%
  预警 过大 红色 当 员工人数 1000人以上

)";

CommandResult run(TemporaryFolder const& folder, std::string const& tests, std::vector<std::string> arguments = {}) {
  arguments.insert(arguments.begin(), {"test", folder.write("规则.hui", rules + tests)});
  if (std::ranges::find(arguments, "--lang") == arguments.end()) arguments.insert(arguments.end(), {"--lang", "zh"});
  return run_command(arguments);
}

std::string const passing = R"(测试 到线就有
  基准日 2024-06-30
  已知 企业 甲：员工人数 = 20人，上年收入 = 100元
  期望 甲 稳岗 = 21元；甲 划型 = 小型
)";
std::string const failing = R"(
测试 大的 也是小型
  已知 甲：员工人数 = 300人；
       乙：同 甲，员工人数 = 299人
  期望 甲 划型 = 小型
       乙 划型 = 小型；甲 够大 待核
)";

// shows L3.1
TEST_CASE("what passes is quiet in a pipe, and listed where asked for") {
  TemporaryFolder folder;
  auto const quiet = run(folder, passing);
  CHECK(quiet.exit_code == 0);
  CHECK(quiet.out == "1 个测试，1 个通过，0 个没有通过\n");
  CHECK(quiet.error.empty());
  auto const all = run(folder, passing, {"--verbose", "--lang", "en"});
  CHECK(all.out == "✓ 到线就有\n1 test, 1 passed, 0 failed\n");
}

// shows L3.7
TEST_CASE("a failure says where, what was expected, what came out, and why") {
  TemporaryFolder folder;
  auto const result = run(folder, passing + failing);
  CHECK(result.exit_code == 1);
  CHECK(result.out.starts_with("✗ 大的 也是小型  " + (folder / "规则.hui").string() + ":"));
  CHECK(result.out.find("期望：甲 划型 = 小型\n    得到：大型\n") != std::string::npos);
  CHECK(result.out.find("期望：甲 够大 待核\n    得到：是\n") != std::string::npos);
  CHECK(result.out.find("300人") != std::string::npos);  // of the explanation
  CHECK(result.out.find("乙 划型") == std::string::npos);
  CHECK(result.out.ends_with("2 个测试，1 个通过，1 个没有通过\n"));
}

TEST_CASE("every engine finds the same") {
  TemporaryFolder folder;
  auto const oracle = run(folder, passing + failing);
  for (char const* const engine : {"auto", "oracle", "interpret"}) {
    auto const other = run(folder, passing + failing, {"--engine", engine});
    CHECK(other.exit_code == oracle.exit_code);
    CHECK(other.out == oracle.out);
  }
}

TEST_CASE("every engine finds the same where a definition is expected before another file's policy") {
  TemporaryFolder const folder;
  folder.write("一.hui", rules + passing);
  folder.write("二.hui",
               "政策 扩岗 编号 2 辖区 全国 有效 长期\n  条件 员工人数 21人以上\n  补助 2元\n\n"
               "测试 差一人\n  已知 企业 甲：员工人数 = 20人\n  期望 甲 扩岗 不符合\n");
  for (auto const* engine : {"oracle", "interpret", "native"}) {
    auto const result = run_command({"test", (folder / "").string(), "--engine", engine, "--lang", "zh"});
    CHECK_MESSAGE(result.exit_code == 0, result.out);
  }
}

TEST_CASE("tests are chosen by title and file") {
  TemporaryFolder folder;
  CHECK(run(folder, passing + failing, {"--filter", "到线"}).exit_code == 0);
  CHECK(run(folder, passing + failing, {"--filter", "小型"}).exit_code == 1);
  CHECK(run(folder, passing + failing, {"--filter", "规则.hui"}).exit_code == 1);
  auto const none = run(folder, passing, {"--filter", "没有这个"});
  CHECK(none.exit_code == 2);
  CHECK(none.error.find("没有这个") != std::string::npos);
}

TEST_CASE("rules with errors are not run, and rules without tests are fine") {
  TemporaryFolder folder;
  CHECK(run(folder, "定义 坏 ： 金额 = 没有的名称\n").exit_code == 3);
  auto const none = run(folder, "");
  CHECK(none.exit_code == 0);
  CHECK(none.out == "0 个测试，0 个通过，0 个没有通过\n");
}

TEST_CASE("results as JSON and as JUnit's XML") {
  TemporaryFolder folder;
  std::string const junit = (folder / "结果.xml").string();
  auto const result = run(folder, passing + failing, {"--format", "json", "--junit", junit});
  CHECK(result.exit_code == 1);
  std::vector<nlohmann::json> rows;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) rows.push_back(nlohmann::json::parse(line));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["passed"] == true);
  CHECK(!rows[0].contains("failures"));
  CHECK(rows[1]["test"] == "大的 也是小型");
  REQUIRE(rows[1]["failures"].size() == 2);
  CHECK(rows[1]["failures"][0]["expected"] == "甲 划型 = 小型");
  CHECK(rows[1]["failures"][0]["found"] == "大型");
  auto const xml = read_text(junit);
  CHECK(xml.find("<testsuites tests=\"2\" failures=\"1\">") != std::string::npos);
  CHECK(xml.find("message=\"甲 划型 = 小型 ≠ 大型\"") != std::string::npos);
}

// shows L3.2
TEST_CASE("同 takes over what another has, and what stands later replaces it") {
  TemporaryFolder folder;
  auto const result = run(folder, R"(测试 同
  基准日 2024-06-30
  已知 甲：员工人数 = 20人，近2年收入 = 1元、2元，设备 = （金额 = 1元）；
       乙：同 甲，上年收入 = 300元；
       丙：同 乙，收入 缺；
       丁：同 甲，员工人数 缺
  期望 甲 稳岗 = 20.02元；乙 稳岗 = 23元；丙 稳岗 待定 缺 收入；丁 稳岗 待核 缺 员工人数
)");
  CHECK_MESSAGE(result.exit_code == 0, result.out << result.error);
}

// shows L3.3
TEST_CASE("all that can be expected, right and wrong") {
  struct Row {
    char const *expected, *found;  // found: null where it holds
  };
  Row const rows[] = {{"稳岗 = 21元", nullptr},
                      {"稳岗 符合", nullptr},
                      {"稳岗 = 20.99元", "符合 21.00元"},
                      {"稳岗 不符合", "符合 21.00元"},
                      {"稳岗 不适用", "符合 21.00元"},
                      {"稳岗 待核", "符合 21.00元"},
                      {"稳岗 错误", "符合 21.00元"},
                      {"稳岗 待定", "符合 21.00元"},
                      {"稳岗.稳岗补助 = 20元", nullptr},
                      {"稳岗.增收补助 = 2元", "1.00元"},
                      {"稳岗.增收补助 待定", "1.00元"},
                      {"过大 不符合", nullptr},
                      {"过大 = 红色", "不符合"},
                      {"稳岗.过大 待核", "不符合"},
                      {"划型 = 小型", nullptr},
                      {"划型 = 大型", "小型"},
                      {"划型 待核", "小型"},
                      {"够大", nullptr},
                      {"够大 符合", nullptr},
                      {"够大 不符合", "是"},
                      {"够大 = 否", "是"}};
  for (auto const& row : rows) {
    CAPTURE(row.expected);
    TemporaryFolder folder;
    auto const result =
        run(folder, std::string("测试 一\n  基准日 2024-06-30\n") +
                        "  已知 企业 甲：员工人数 = 20人，上年收入 = 100元\n  期望 " + row.expected + "\n");
    CHECK_MESSAGE(result.exit_code == (row.found == nullptr ? 0 : 1), result.out << result.error);
    if (row.found != nullptr)
      CHECK_MESSAGE(result.out.find(std::string("得到：") + row.found + "\n") != std::string::npos, result.out);
  }
}

// shows L3.4
TEST_CASE("what is missing is said exactly") {
  auto const with = [](std::string const& missing) {
    TemporaryFolder folder;
    return run(folder,
               "测试 一\n  基准日 2024-06-30\n  已知 企业 甲：员工人数 = 20人，本年收入 = 1元\n  期望 稳岗 待定 缺 " +
                   missing + "\n")
        .exit_code;
  };
  CHECK(with("上年收入") == 0);
  CHECK(with("2023年收入") == 0);
  CHECK(with("2022年收入") == 1);
  CHECK(with("上年收入、员工人数") == 1);
}

// shows L3.5
TEST_CASE("a test whose outcome hangs on the day must name it") {
  TemporaryFolder folder;
  auto const result = run(folder, "测试 一\n  已知 企业 甲：员工人数 = 20人\n  期望 稳岗 符合\n");
  CHECK(result.exit_code == 3);
  CHECK(result.error.find("R0502") != std::string::npos);
}

// shows L3.6
TEST_CASE("names and values of tests are checked") {
  struct Row {
    char const *code, *text;
  };
  Row const rows[] = {
      {"N0103", "  已知 企业 甲：划型 = 大型，设备 = （员工人数 = 1人）\n  期望 划型 = 大型"},
      {"T0409", "  已知 企业 甲：员工人数 = 1.5人\n  期望 划型 = 大型"},
      {"T0101", "  已知 企业 甲：员工人数 = 3元\n  期望 划型 = 大型"},
      {"N0104", "  已知 企业 甲：员工人数 = 3人\n  期望 划型 = 巨型"},
      {"N0303", "  已知 企业 甲：收入 = 3元\n  期望 划型 = 大型"},
      {"N0310", "  已知 企业 甲：上年员工人数 = 3人\n  期望 划型 = 大型"},
      {"T0116", "  已知 企业 甲：近3年收入 = 3元\n  期望 划型 = 大型"},
      {"T0124", "  已知 企业 甲：设备 = 3元\n  期望 划型 = 大型"},
      {"N0209", "  已知 企业 甲：员工人数 = 3人；企业 甲：员工人数 = 4人\n  期望 甲 划型 = 大型"},
      {"N0111", "  已知 企业 甲：同 乙，员工人数 = 3人；企业 乙：员工人数 = 4人\n  期望 乙 划型 = 小型"},
      {"N0112", "  已知 企业 甲：员工人数 = 3人\n  期望 甲 员工人数 = 3人"},
      {"N0113", "  基准日 2024-06-30\n  已知 企业 甲：员工人数 = 3人\n  期望 甲 稳岗.划型 = 3元"},
      {"N0114", "  已知 够大 = 是；企业 甲：员工人数 = 3人\n  期望 划型 = 大型"},
      {"T0125", "  基准日 2024-06-30\n  已知 企业 甲：员工人数 = 3人\n  期望 过大 = 紫色"},
      {"R0501", "  已知 企业 甲：员工人数 = 3人"},
      {"R0503", "  已知 企业 甲：员工人数 = 3人；企业 乙：员工人数 = 4人\n  期望 划型 = 大型"},
      {"R0506", "  已知 企业 甲：员工人数 = 3人\n  期望 划型"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.code);
    TemporaryFolder folder;
    auto const result = run(folder, "测试 一\n" + std::string(row.text) + "\n");
    CHECK_MESSAGE(result.error.find(std::string("[") + row.code + "]") != std::string::npos,
                  result.error << result.out);
  }
}

}  // namespace
}  // namespace huiyu::driver
