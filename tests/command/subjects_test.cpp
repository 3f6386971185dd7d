// Records that point at others, and policies about several kinds of records in one run.

#include <string>
#include <utility>
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

// What a firm and its projects get is settled together.
struct Across {
  Folder folder;
  std::string of_rules = folder.write("across.hui", R"(结构 企业 键 名称
  名称 ： 文本
  税收 ： 金额
结构 项目 键 项目编号
  项目编号 ： 文本
  申报单位 ： 企业
  投资额   ： 金额
政策 纳税奖 编号 1 依据 样例 辖区 全国 有效 长期
  对象 企业
  奖励 税收 × 10%
政策 技改 编号 2 依据 样例 辖区 全国 有效 长期
  对象 项目
  补助 投资额 × 10%
组合 单家 每家企业 就高不重复
  成员 纳税奖、技改
预算 专项 100元 用于 纳税奖、技改 超出 按比例
)");
  std::string of_firms = folder.write("firms.csv", "名称,税收\n甲,100\n乙,200\n丙,\n");
  std::string of_projects =
      folder.write("projects.csv", "项目编号,申报单位,投资额\n一,甲,1000\n二,甲,900\n三,乙,100\n四,丁,50\n五,,50\n");

  CommandResult run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, of_rules);
    arguments.insert(arguments.end(), {"--as-of", "2024-12-31", "--lang", "zh"});
    return run_command(arguments);
  }
};

TEST_CASE("a group and a budget over two kinds of records, in whatever order they are given") {
  Across const files;
  for (std::string const engine : {"oracle", "interpret", "native"}) {
    CAPTURE(engine);
    for (bool const reversed : {false, true}) {
      auto one = "企业=" + files.of_firms, other = "项目=" + files.of_projects;
      if (reversed) std::swap(one, other);
      auto const result = files.run({"eval", "--data", one, "--data", other, "--format", "json", "--engine", engine});
      REQUIRE_MESSAGE(result.exit_code == 0, result.error);
      for (auto const* line : {R"("key":"甲","policy":"1","name":"纳税奖","outcome":"eligible","amount":"0.00")",
                               R"("key":"一","policy":"2","name":"技改","outcome":"eligible")",
                               R"("key":"二","policy":"2","name":"技改","outcome":"eligible","amount":"0.00")",
                               R"("key":"三","policy":"2","name":"技改","outcome":"eligible","amount":"0.00")",
                               R"("key":"五","policy":"2","name":"技改","outcome":"eligible","needs":["申报单位"])"})
        CHECK_MESSAGE(holds(result.out, line), result.out);
      // The winner is told with its key.
      CHECK_MESSAGE(holds(result.out, "技改（一）"), result.out);
    }
  }
}

// shows L16.43
TEST_CASE("where one kind is not given, what is settled with it waits for it") {
  Across const files;
  for (std::string const engine : {"oracle", "interpret"}) {
    CAPTURE(engine);
    auto const alone = files.run({"eval", "--data", "企业=" + files.of_firms, "--format", "json", "--engine", engine});
    REQUIRE_MESSAGE(alone.exit_code == 0, alone.error);
    CHECK_MESSAGE(holds(alone.out, R"("key":"甲","policy":"1","name":"纳税奖","outcome":"eligible","needs":["项目"])"),
                  alone.out);
    auto const nobody = files.folder.write("none.csv", "项目编号,申报单位,投资额\n");
    auto const none = files.run({"eval", "--data", "企业=" + files.of_firms, "--data", "项目=" + nobody, "--format",
                                 "json", "--engine", engine});
    REQUIRE_MESSAGE(none.exit_code == 0, none.error);
    // 丙, whose claim is not known, may claim the whole pool: 10 × 100 ÷ (10 + 20 + 100).
    CHECK_MESSAGE(holds(none.out, R"("key":"甲","policy":"1","name":"纳税奖","outcome":"eligible","amount":"7.69")"),
                  none.out);
  }
}

TEST_CASE("an explanation tells what all records together left of it, or that it was not settled") {
  Across const files;
  auto const whole = files.run({"explain", "--data", "企业=" + files.of_firms, "--data", "项目=" + files.of_projects,
                                "--policy", "技改", "--key", "二"});
  CHECK_MESSAGE((whole.exit_code == 0 && holds(whole.out, "单家：") && holds(whole.out, "技改（一）")),
                whole.out << whole.error);
  CHECK_FALSE(holds(whole.out, "还没有结算"));
  auto const one = files.folder.write("one.json", R"({"项目编号":"二","申报单位":"甲","投资额":900})");
  auto const alone = files.run({"explain", "--records", "项目=" + one, "--policy", "技改"});
  CHECK_MESSAGE((alone.exit_code == 0 && holds(alone.out, "单家：还没有结算") && holds(alone.out, "专项：还没有结算")),
                alone.out << alone.error);
}

TEST_CASE("rows of a list read what they point at") {
  Folder folder;
  auto const of_rules = folder.write("rows.hui", R"(结构 企业 键 名称
  名称   ： 文本
  注册地 ： 地区
结构 项目 键 项目编号
  项目编号 ： 文本
  合同     ： 列表 合同
结构 合同
  对方 ： 企业
  金额 ： 金额
政策 本省采购 编号 1 依据 样例 辖区 全国 有效 长期
  对象 项目
  补助 合计（合同.金额，其中 对方.注册地 属于 浙江省）× 10%
)");
  auto const of_firms = folder.write("firms.csv", "名称,注册地\n甲,330108\n乙,310000\n丙,\n");
  auto const of_projects = folder.write("projects.json", R"([
    {"项目编号":"一","合同":[{"对方":"甲","金额":100},{"对方":"乙","金额":1000}]},
    {"项目编号":"二","合同":[{"对方":"丙","金额":100},{"对方":null,"金额":1},{"对方":"丁","金额":1}]}])");
  for (std::string const engine : {"oracle", "interpret", "native"}) {
    CAPTURE(engine);
    auto const result = run_command({"eval", of_rules, "--records", "项目=" + of_projects, "--with", "企业=" + of_firms,
                                     "--as-of", "2024-12-31", "--lang", "zh", "--format", "json", "--engine", engine});
    REQUIRE_MESSAGE(result.exit_code == 0, result.error);
    CHECK_MESSAGE(
        holds(result.out, R"("key":"一","policy":"1","name":"本省采购","outcome":"eligible","amount":"10.00")"),
        result.out);
    CHECK_MESSAGE(holds(result.out, R"("needs":["企业[丁]","合同.对方","合同.对方.注册地"])"), result.out);
  }
  auto const told = run_command({"explain", of_rules, "--records", "项目=" + of_projects, "--with", "企业=" + of_firms,
                                 "--as-of", "2024-12-31", "--lang", "zh", "--key", "二", "--engine", "interpret"});
  CHECK_MESSAGE((told.exit_code == 0 && holds(told.out, "企业[丁]")), told.out << told.error);
}

}  // namespace
}  // namespace huiyu::test
