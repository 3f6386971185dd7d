// Who lacks one condition, and how far he is from it; and of chosen policies who is undecided.

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
  注册地   ： 地区
  成立日期 ： 日期
  行业     ： 行业代码
  营业收入 ： 金额
  研发费用 ： 金额
  从业人员 ： 人数
  失信     ： 真假
政策 技改 编号 1 依据 样例 辖区 嘉兴市（注册地） 有效 长期
  条件 成立日期 满3年 且 营业收入 2000万元以上 且 从业人员 ＜ 300人
  条件 行业 属于 C13、C14 或 研发费用 ÷ 营业收入 ＞ 3%
  除外 失信
  补助 1万元
政策 研发 编号 2 依据 样例 辖区 全国 有效 长期
  条件 研发费用 ÷ 营业收入 ＞ 3% 且 营业收入 1000万元以上
  补助 1万元
)";
char const* const firms =
    "名称,注册地,成立日期,行业,营业收入,研发费用,从业人员,失信\n"
    "甲,330402,2015-01-01,C13,18800000.50,0,10,否\n"     // 1: short of income; 2: too little research
    "乙,330402,2022-03-15,C13,30000000,0,10,否\n"        // 1: too young; 2: too little research
    "丙,330402,2015-01-01,C13,30000000,0,305,否\n"       // 1: too many
    "丁,330402,2015-01-01,C26,50000000,1500000,10,否\n"  // 1: neither of the group; 2: 3 % exactly
    "戊,330402,2015-01-01,C13,30000000,0,10,是\n"        // 1: the exception
    "己,310101,2015-01-01,C13,30000000,0,305,否\n"       // 1: elsewhere, so not near
    "庚,330402,2015-01-01,C13,18000000,,10,\n"           // 1: 失信 is missing, so not near; 2: unknown
    "辛,330402,2015-01-01,C13,18000000,0,305,否\n";      // 1: two failures

struct Register {
  Folder folder;
  std::string of_rules = folder.write("rules.hui", rules), of_firms = folder.write("firms.csv", firms);
  CommandResult match(std::vector<std::string> more) const {
    more.insert(more.begin(), {"match", of_rules, "--data", of_firms, "--as-of", "2024-06-30"});
    return run_command(more);
  }
};

TEST_CASE("one condition short, how far or until when") {
  Register const files;
  auto const list = (std::filesystem::path(files.of_rules).parent_path() / "near.csv").string();
  auto const result = files.match({"--near-list", list, "--lang", "zh"});
  REQUIRE(result.exit_code == 0);
  CHECK(result.out.find("只差一条 1 技改：5\n") != std::string::npos);
  CHECK(result.out.find("只差一条 2 研发：7\n") != std::string::npos);
  std::ifstream file(list);
  std::string const text{std::istreambuf_iterator<char>(file), {}};
  auto const says = [&](std::string const& line) {
    CAPTURE(text);
    CHECK(text.find("\n" + line) != std::string::npos);
  };
  says("甲,1,技改,ineligible,,,,+1199999.50元,,[营业收入 2000万元以上],样例,");
  says("乙,1,技改,ineligible,,,,2025-03-15,,[成立日期 满3年],样例,");
  says("丙,1,技改,ineligible,,,,-6人,,[从业人员 ＜ 300人],样例,");
  says("丁,1,技改,ineligible,,,,,,[行业 属于 C13、C14 或 研发费用 ÷ 营业收入 ＞ 3%],样例,");
  says("戊,1,技改,ineligible,,,,,,[没有（失信）],样例,");
  says("丁,2,研发,ineligible,,,,>+0%,,[研发费用 ÷ 营业收入 ＞ 3%],样例,");
  says("甲,2,研发,ineligible,,,,>+3%,,[研发费用 ÷ 营业收入 ＞ 3%],样例,");
  // Counted alone; each engine but the oracle, which does not look for them.
  for (auto const* engine : {"native", "interpret"})
    CHECK(files.match({"--near", "--engine", engine, "--eligible", "--lang", "en"})
              .out.find("one condition short 1 技改: 5\n") != std::string::npos);
  CHECK(files.match({"--near", "--engine", "oracle"}).exit_code == 2);
}

TEST_CASE("unknown of chosen policies beside the eligible") {
  Register const files;
  auto const csv = [&](std::vector<std::string> more) {
    more.insert(more.end(), {"--format", "csv", "--lang", "en"});
    return files.match(more).out;
  };
  CHECK(csv({"--eligible", "--unknown", "研发"}) == csv({}));
  auto const rows = csv({"--eligible", "--unknown", "全部", "--unknown-rows"});
  CHECK(rows.find("庚,2,研发,unknown,") != std::string::npos);
  auto const table = files.match({"--eligible", "--unknown", "2", "--lang", "en"}).out;
  CHECK(table.find("unknown") != std::string::npos);
  CHECK(table.find("ineligible  ") == std::string::npos);
  CHECK(table.find("only of the policies that --unknown names") != std::string::npos);
  CHECK(files.match({"--eligible", "--unknown", "没有"}).exit_code == 2);
  CHECK(files.match({"--unknown", "2"}).exit_code == 2);
}

}  // namespace
}  // namespace huiyu::test
