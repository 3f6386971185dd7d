// Cases in tables beside the rules, and what no case looks at.

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/conformance/run_command.h"

namespace huiyu::test {

TEST_CASE("cases stand in tables beside the rules, and coverage has a threshold") {
  Folder const folder;
  auto const good = folder.write("稳岗.hui",
                                 "结构 企业 键 编码\n  编码 ： 文本\n  员工人数 ： 人数\n  设备 ： 列表 设备\n"
                                 "  营业收入 ： 金额 逐年\n结构 设备\n  金额 ： 金额\n"
                                 "政策 稳岗 编号 1 依据 第一条 辖区 全国 有效 长期\n  条件 员工人数 20人以上\n"
                                 "  补助 合计（设备.金额） + 上年营业收入 × 1%\n");
  folder.write(
      "稳岗.测试.json",
      R"([{"测试":"两台","编码":"a","员工人数（人）":20,"设备":[{"金额":"1万元"},{"金额":"2万元"}],)"
      "\n"
      R"("营业收入":{"2023年":"100万元"},"申报年度":2024,"期望":{"稳岗":"4万元"}},)"
      "\n"
      R"({"测试":"没有设备","编码":"b","员工人数（人）":20,"设备":[],"营业收入":{"2023":null},"申报年度":2024,"期望 稳岗":"待定"}])");
  auto const passed = run_command({"test", good, "--verbose", "--lang", "en"});
  CAPTURE(passed.error);
  CAPTURE(passed.out);
  CHECK(passed.exit_code == 0);
  CHECK(passed.out.find("✓ 两台\n✓ 没有设备\n2 tests, 2 passed, 0 failed\n") != std::string::npos);
  auto const half = run_command({"test", good, "--threshold", "80%", "--lang", "en"});
  CHECK(half.exit_code == 1);
  CHECK(half.out.find("it fails in no test") != std::string::npos);
  CHECK(half.error.find("coverage is below 80%") != std::string::npos);
  CHECK(run_command({"test", good, "--threshold", "60%"}).exit_code == 0);
  CHECK(run_command({"test", good, "--threshold", "most"}).exit_code == 2);
  folder.write("稳岗.测试.csv",
               "测试,申报年度,员工人数（人）,期望 稳岗\n,,,\n少一人,2024,19,不符合\n写错了,2024,19,符合\n");
  auto const covered = run_command({"test", good, "--threshold", "100%", "--lang", "en"});
  CHECK(covered.error.find("coverage is below") == std::string::npos);
  CHECK(covered.exit_code == 1);
  CHECK_MESSAGE(covered.out.find("✗ 写错了  ") != std::string::npos, covered.out);
  CHECK_MESSAGE(covered.out.find("稳岗.测试.csv:4\n") != std::string::npos, covered.out);
  auto const annotated = run_command({"test", good, "--format", "github", "--lang", "en"});
  CHECK_MESSAGE(annotated.out.starts_with("::error file="), annotated.out);
  CHECK(annotated.out.find("稳岗.测试.csv,line=4,title=写错了::expected: 稳岗 符合%0Afound: ") != std::string::npos);
  auto const rows = run_command({"test", good, "--coverage", "--format", "json", "--lang", "en"});
  CHECK(rows.out.find(R"("coverage":"100%")") != std::string::npos);
  // A report reads the cases as well, or what they test would look untested.
  auto const report = run_command({"report", "readiness", good, "--lang", "en"});
  CHECK_MESSAGE(report.error.find("R0507") == std::string::npos, report.error);
}

TEST_CASE("what no test looks at stands beside its line on GitHub; what cannot be read or written is said plainly") {
  Folder const folder;
  auto const rules =
      folder.write("奖.hui",
                   "结构 企业 键 编码\n  编码 ： 文本\n  员工人数 ： 人数\n"
                   "政策 奖 编号 1 依据 第一条 辖区 全国 有效 长期\n  条件 员工人数 20人以上\n  奖励 1万元\n");
  auto const table = folder.write("奖.测试.csv", "测试,基准日,员工人数（人）,期望 奖\n够,2024-06-30,20,1万元\n");
  auto const below = run_command({"test", rules, "--threshold", "100%", "--format", "github", "--lang", "en"});
  CHECK(below.exit_code == 1);
  CHECK_MESSAGE(below.out.starts_with("::warning file="), below.out);
  CHECK(below.out.find("奖.hui,line=5,col=6,title=员工人数 20人以上::it fails in no test\n") != std::string::npos);
  auto const unwritten = run_command({"test", rules, "--junit", folder.at("无/a.xml")});
  CHECK_MESSAGE(unwritten.error.find("写不进去") != std::string::npos, unwritten.error);
  // A day that is none is said once, and not that the test names none.
  folder.write("奖.测试.csv", "测试,基准日,员工人数（人）,期望 奖\n够,2024-6-31,20,1万元\n");
  auto const no_day = run_command({"test", rules});
  CHECK(no_day.error.find("T0109") != std::string::npos);
  CHECK_MESSAGE(no_day.error.find("R0502") == std::string::npos, no_day.error);
  std::filesystem::remove(table);
  folder.write("奖.测试.json", "[{\"测试\":\"够\",");
  auto const broken = run_command({"test", rules});
  CHECK_MESSAGE(broken.error.find("用例的表读不出来") != std::string::npos, broken.error);
  CHECK(broken.error.find("line 1, column") != std::string::npos);
  CHECK(broken.error.find("json.exception") == std::string::npos);
}

TEST_CASE("cases in tables state earlier payments, and rows that say who they are settle together") {
  Folder const folder;
  auto const project = folder.write("规则/奖.hui",
                                    "结构 企业 键 名称\n  名称 ： 文本\n  省级 ： 金额\n  国家 ： 金额\n"
                                    "政策 省级奖 编号 1 依据 一 辖区 全国 有效 长期 只奖一次 每家企业\n"
                                    "  条件 省级 1元以上\n  奖励 省级，最高 50万元\n"
                                    "政策 国家奖 编号 2 依据 二 辖区 全国 有效 长期\n"
                                    "  条件 国家 1元以上\n  奖励 国家，最高 100万元\n"
                                    "组合 同一认定 每家企业 就高不重复\n  成员 省级奖、国家奖\n"
                                    "预算 认定专项 120万元 用于 省级奖、国家奖 超出 按比例\n");
  auto const rules = folder.at("规则");
  std::string const cases =
      "测试,已知,省级,国家,历史,期望 省级奖,期望 国家奖\n"
      "两家,甲,50万元,100万元,（）,0元,80万元\n"
      "两家,乙,50万元,0元,（）,40万元,\n"
      "奖过的,,50万元,0元,（政策 = 省级奖，考核年度 = 2023年，金额 = 50万元）,不符合,\n";
  auto const passes = [&] {
    auto const done = run_command({"test", rules, "--verbose", "--lang", "en"});
    CHECK_MESSAGE(done.exit_code == 0, (done.out + done.error));
    CHECK(done.out.find("✓ 两家\n✓ 奖过的\n2 tests, 2 passed, 0 failed\n") != std::string::npos);
  };
  auto const table = folder.write("规则/奖.测试.csv", cases);
  passes();
  // The same as a worksheet, and as JSON.
  auto const sheet = folder.at("规则/奖.测试.xlsx");
  CHECK(run_command({"data", "convert", table, sheet}).exit_code == 0);
  std::filesystem::remove(table);
  passes();
  std::filesystem::remove(sheet);
  auto const json = folder.write(
      "规则/奖.测试.json",
      R"([{"测试":"两家","已知":"甲","省级":"50万元","国家":"100万元","历史":[],"期望":{"省级奖":"0元","国家奖":"80万元"}},)"
      R"({"测试":"两家","已知":"乙","省级":"50万元","国家":"0元","历史":[],"期望":{"省级奖":"40万元"}},)"
      R"({"测试":"奖过的","省级":"50万元","国家":"0元",)"
      R"("历史":[{"政策":"省级奖","考核年度":"2023年","金额":"50万元"}],"期望":{"省级奖":"不符合"}}])");
  passes();
  // Without who they are each is a test of its own, and nobody has to share.
  std::filesystem::remove(json);
  auto unnamed = cases;
  for (std::string const name : {",甲,", ",乙,"}) unnamed.replace(unnamed.find(name), name.size(), ",,");
  folder.write("规则/奖.测试.csv", unnamed);
  auto const apart = run_command({"test", rules, "--lang", "en"});
  CHECK(apart.exit_code == 1);
  CHECK(apart.out.find("3 tests, 1 passed, 2 failed") != std::string::npos);
}

}  // namespace huiyu::test
