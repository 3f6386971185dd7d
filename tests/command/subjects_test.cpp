// Records that point at others, and policies about several kinds of records in one run.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

char const* const rules = R"(结构 企业 键 名称
  名称   ： 文本
  税收   ： 金额
  母公司 ： 企业
结构 项目 键 项目编号
  项目编号 ： 文本
  申报单位 ： 企业
  投资额   ： 金额
政策 纳税奖 编号 1 依据 样例 辖区 全国 有效 长期
  对象 企业
  条件 税收 100元以上
  奖励 税收 × 10%
政策 技改 编号 2 依据 样例 辖区 全国 有效 长期
  对象 项目
  条件 申报单位.税收 100元以上
  补助 投资额 × 10%
政策 子公司 编号 3 依据 样例 辖区 全国 有效 长期
  对象 企业
  条件 母公司.税收 100元以上
  列入 子公司名单
)";
char const* const firms = "名称,税收,母公司\n甲,100,\n乙,99.99,甲\n丙,,乙\n丁,5,丁丁\n戊,1,\n戊,2,\n";
char const* const projects = "项目编号,申报单位,投资额\n一,甲,10\n二,乙,10\n三,丙,10\n四,没有,10\n五,戊,10\n六,,10\n";

struct Files {
  Folder folder;
  std::string of_rules = folder.write("rules.hui", rules), of_firms = folder.write("firms.csv", firms),
              of_projects = folder.write("projects.csv", projects);

  CommandResult run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, of_rules);
    arguments.insert(arguments.end(), {"--as-of", "2024-12-31", "--lang", "zh"});
    return run_command(arguments);
  }
};

bool holds(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

TEST_CASE("what is read of another record comes from --with, on every engine") {
  Files const files;
  for (std::string const engine : {"oracle", "interpret", "native"}) {
    CAPTURE(engine);
    auto const result = files.run({"eval", "--data", "项目=" + files.of_projects, "--with", "企业=" + files.of_firms,
                                   "--format", "json", "--engine", engine});
    REQUIRE_MESSAGE(result.exit_code == 0, result.error);
    for (auto const* line : {R"({"key":"一","policy":"2","name":"技改","outcome":"eligible","amount":"1.00")",
                             R"({"key":"二","policy":"2","name":"技改","outcome":"ineligible")",
                             R"("key":"三","policy":"2","name":"技改","outcome":"unknown","needs":["申报单位.税收"])",
                             R"("key":"四","policy":"2","name":"技改","outcome":"unknown","needs":["企业[没有]"])",
                             R"("key":"五","policy":"2","name":"技改","outcome":"unknown","needs":["企业[戊]重复"])",
                             R"("key":"六","policy":"2","name":"技改","outcome":"unknown","needs":["申报单位"])"})
      CHECK_MESSAGE(holds(result.out, line), result.out);
    CHECK_FALSE(holds(result.out, "纳税奖"));
    CHECK_MESSAGE(holds(result.error, "firms.csv 名称：`戊` 前面已经有过"), result.error);
  }
}

TEST_CASE("without --with it is missing and said so, or stated by the data themselves") {
  Files const files;
  auto const missing = files.run({"eval", "--data", "项目=" + files.of_projects, "--format", "json"});
  CHECK(missing.exit_code == 0);
  CHECK_MESSAGE(holds(missing.out, R"("key":"一","policy":"2","name":"技改","outcome":"unknown","needs":["企业"])"),
                missing.out);
  CHECK_MESSAGE(holds(missing.error, "没有给出 企业 的记录"), missing.error);
  auto const flat = files.folder.write("flat.csv", "项目编号,申报单位,投资额,申报单位.税收\n一,甲,10,200\n二,甲,10,\n");
  for (std::string const engine : {"oracle", "interpret"}) {
    auto const stated = files.run({"eval", "--data", "项目=" + flat, "--format", "json", "--engine", engine});
    CHECK_MESSAGE(holds(stated.out, R"("key":"一","policy":"2","name":"技改","outcome":"eligible")"), stated.out);
    CHECK_MESSAGE(holds(stated.out, R"("key":"二","policy":"2","name":"技改","outcome":"unknown","needs":["企业"])"),
                  stated.out);
  }
}

TEST_CASE("records that point at their like are read before any is answered") {
  Files const files;
  for (std::string const engine : {"oracle", "interpret"}) {
    auto const result = files.run({"eval", "--data", "企业=" + files.of_firms, "--format", "json", "--engine", engine});
    REQUIRE_MESSAGE(result.exit_code == 0, result.error);
    for (auto const* line : {R"("key":"乙","policy":"3","name":"子公司","outcome":"eligible")",
                             R"("key":"丙","policy":"3","name":"子公司","outcome":"ineligible")",
                             R"("key":"丁","policy":"3","name":"子公司","outcome":"unknown","needs":["企业[丁丁]"])",
                             R"("key":"甲","policy":"3","name":"子公司","outcome":"unknown","needs":["母公司"])"})
      CHECK_MESSAGE(holds(result.out, line), result.out);
  }
}

TEST_CASE("several kinds of records in one run, each read by the others") {
  Files const files;
  for (std::string const engine : {"oracle", "interpret", "native"}) {
    CAPTURE(engine);
    auto const result = files.run(
        {"match", "--data", "企业=" + files.of_firms, "--data", "项目=" + files.of_projects, "--engine", engine});
    REQUIRE_MESSAGE(result.exit_code == 0, result.error);
    CHECK(result.out ==
          "编号  政策    符合  待定  待核  错误  不符合  不适用  合计（元）\n"
          "1     纳税奖     1     0     1     0       4       0       10.00\n"
          "2     技改       1     0     4     0       1       0        1.00\n"
          "3     子公司     1     0     4     0       1       0           -\n");
  }
  auto const listed = files.run({"match", "--data", "企业=" + files.of_firms, "--data", "项目=" + files.of_projects,
                                 "-o", files.folder.at("results.csv")});
  CHECK(listed.exit_code == 0);
  CHECK_MESSAGE(holds(listed.error, "3 行结果已写入"), listed.error);
}

TEST_CASE("one kind alone is matched by the policies about it") {
  Files const files;
  auto const result = files.run({"match", "--data", "企业=" + files.of_firms});
  CHECK_MESSAGE(holds(result.out, "纳税奖"), result.out);
  CHECK_FALSE(holds(result.out, "技改"));
}

TEST_CASE("an explanation tells what was read, and of whom nothing could be read") {
  Files const files;
  auto const explain = [&](std::string const& key) {
    return files.run({"explain", "--data", "企业=" + files.of_firms, "--data", "项目=" + files.of_projects, "--policy",
                      "技改", "--key", key, "--engine", "interpret"});
  };
  auto const known = explain("一"), nowhere = explain("四");
  CHECK_MESSAGE((known.exit_code == 0 && holds(known.out, "申报单位.税收")), known.out << known.error);
  CHECK_MESSAGE((nowhere.exit_code == 0 && holds(nowhere.out, "企业[没有]")), nowhere.out << nowhere.error);
}

TEST_CASE("what is wrong with the names of records is said") {
  Files const files;
  struct Wrong {
    std::vector<std::string> arguments;
    char const* says;
  };
  for (auto const& wrong : {
           Wrong{{"match", "--data", files.of_firms}, "政策说的记录有几种：企业、项目"},
           Wrong{{"match", "--data", files.of_firms, "--data", "项目=" + files.of_projects},
                 "几种记录要写明各是哪一种"},
           Wrong{{"match", "--data", "企业=" + files.of_firms, "--data", "企业=" + files.of_firms}, "给了两次"},
           Wrong{{"match", "--data", "园区=" + files.of_firms}, "园区"},
           Wrong{{"match", "--data", "项目=" + files.of_projects, "--with", files.of_firms},
                 "写成 --with 企业=企业.csv"},
           Wrong{{"match", "--data", "项目=" + files.of_projects, "--with", "项目=" + files.of_projects},
                 "没有规则读所指向的这种记录"},
       }) {
    auto const result = files.run(wrong.arguments);
    CHECK(result.exit_code == 2);
    CHECK_MESSAGE(holds(result.error, wrong.says), result.error);
  }
}

}  // namespace
}  // namespace huiyu::test
