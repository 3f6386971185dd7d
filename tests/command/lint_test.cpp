// Advice across policies, beside the example that each page gives: what silences it, and what does not.

#include <string>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/command/report.h"

namespace huiyu::test {
namespace {

std::string const head =
    "名录 规模：大型、小型\n"
    "结构 企业 键 编码\n"
    "  编码 ： 文本\n"
    "  行业 ： 行业代码\n"
    "  注册地 ： 地区\n"
    "  划型 ： 规模\n"
    "  失信 ： 真假\n"
    "  员工人数 ： 人数\n"
    "  研发费用 ： 金额\n"
    "  设备 ： 列表 设备\n"
    "  成立日期 ： 日期\n"
    "  产值 ： 金额 逐年 自 成立日期\n"
    "结构 设备\n"
    "  金额 ： 金额\n"
    "  首台套 ： 真假\n";

std::string policy(std::string const& name, std::string const& id, std::string const& lines,
                   std::string const& place = "全国", std::string const& valid = "长期") {
  return "政策 " + name + " 编号 " + id + " 依据 第" + id + "条 辖区 " + place + " 有效 " + valid + "\n" + lines;
}

// How often the advice is given.
std::size_t said(std::string const& code, std::string const& rules) {
  Folder const folder;
  auto const report = read(run_command({"lint", folder.write("规则.hui", head + rules), "--format", "json"}));
  CHECK_MESSAGE(report.exit_code != 3, report.text);
  return report.diagnostics(code).size();
}

std::string two(std::string const& one, std::string const& other) {
  return policy("技改", "1", one) + policy("更新", "2", other);
}

}  // namespace

TEST_CASE("L0305 bills that two policies pay for") {
  CHECK(said("L0305", two("  补助 合计（设备.金额）× 10%\n", "  补助 合计（设备.金额）× 20%，最高 50万元\n")) == 1);
  CHECK(said("L0305", two("  补助 研发费用 × 10%\n", "  补助 研发费用 × 5%\n")) == 1);
  CHECK(said("L0305", "定义 投入 ： 金额 = 合计（设备.金额）\n" +
                          two("  补助 投入 × 10%\n", "  补助 合计（设备.金额，其中 首台套）× 20%\n")) == 1);
  // Rows that the filters keep apart, another field, a sum that is not computed from it.
  CHECK(said("L0305", two("  补助 合计（设备.金额，其中 首台套）× 10%\n",
                          "  补助 合计（设备.金额，其中 没有 首台套）× 20%\n")) == 0);
  CHECK(said("L0305", two("  补助 合计（设备.金额）× 10%\n", "  补助 研发费用 × 20%\n")) == 0);
  CHECK(said("L0305", two("  条件 研发费用 100万元以上\n  奖励 1万元\n", "  补助 研发费用 × 20%\n")) == 0);
}

TEST_CASE("L0305 what nobody meets twice, and what a group settles, is no double payment") {
  auto const apart = [](std::string const& one, std::string const& other) {
    std::string const sum = "  补助 合计（设备.金额）× 10%\n";
    return said("L0305", two("  条件 " + one + "\n" + sum, "  条件 " + other + "\n" + sum));
  };
  CHECK(apart("员工人数 300人以上", "员工人数 不满300人") == 0);
  CHECK(apart("员工人数 300人以上", "员工人数 300人以下") == 1);
  CHECK(apart("员工人数 300人以上", "员工人数 301人以下") == 1);
  CHECK(apart("划型 = 大型", "划型 = 小型") == 0);
  CHECK(apart("行业 属于 C", "行业 属于 I") == 0);
  CHECK(apart("行业 属于 C", "行业 属于 C34") == 1);
  CHECK(apart("失信", "没有 失信 且 划型 = 大型") == 0);
  std::string const sum = "  补助 合计（设备.金额）× 10%\n";
  CHECK(said("L0305", policy("技改", "1", sum, "杭州市（注册地）") + policy("更新", "2", sum, "嘉兴市（注册地）")) ==
        0);
  CHECK(said("L0305", policy("技改", "1", sum, "杭州市（注册地）") + policy("更新", "2", sum, "滨江区（注册地）")) ==
        1);
  CHECK(said("L0305", policy("技改", "1", sum, "全国", "2022-01-01 至 2023-12-31") +
                          policy("更新", "2", sum, "全国", "2024-01-01 至 2026-12-31")) == 0);
  for (std::string const rule : {"就高不重复", "互斥", "最高 50万元 削减 按比例"})
    CHECK(said("L0305", two(sum, sum) + "组合 设备 " + rule + "\n  成员 技改、更新\n") == 0);
  CHECK(said("L0305", two(sum, sum) + "预算 专项 1亿元 用于 技改、更新 超出 按比例\n") == 1);
}

TEST_CASE("L0306 names that only the word for paying tells apart, and the exemption with its reason") {
  std::string const paid = "  奖励 10万元\n";
  CHECK(said("L0306", policy("稳规奖励", "1", paid) + policy("稳规补助", "2", paid)) == 1);
  CHECK(said("L0306", policy("稳规奖励", "1", paid) + policy("小升规奖励", "2", paid)) == 0);
  auto const exempted =
      policy("稳规奖励", "1", paid) + "# 免检 L0306：文件就是这样叫的\n" + policy("稳规补助", "2", paid);
  CHECK(said("L0306", exempted) == 0);
  CHECK(said("L0001", exempted) == 0);
}

TEST_CASE("L0307 pools, caps of groups and of each firm that hold no single grant") {
  std::string const tiers = policy("技改", "1", "  奖励 分档 员工人数：100人以下：50万元；超过100人：80万元\n");
  CHECK(said("L0307", tiers + "预算 专项 49万元 用于 技改 超出 按比例\n") == 1);
  CHECK(said("L0307", tiers + "预算 专项 50万元 用于 技改 超出 按比例\n") == 0);
  CHECK(said("L0307", tiers + "预算 专项 500万元 用于 技改 超出 按比例 每户 最高 49万元\n") == 1);
  CHECK(said("L0307", tiers + "组合 上限 最高 49万元 削减 按比例\n  成员 技改\n") == 1);
  CHECK(said("L0307", tiers + "组合 上限 最高 50万元 削减 按比例\n  成员 技改\n") == 0);
}

TEST_CASE("L0308 last year's figure of a firm that was founded this year") {
  auto const one = [](std::string const& lines) { return said("L0308", policy("增产", "1", lines)); };
  CHECK(one("  条件 上年产值 1亿元以上\n  奖励 10万元\n") == 1);
  CHECK(one("  条件 增长率（产值）10%以上\n  奖励 10万元\n") == 1);
  CHECK(one("  条件 本年产值 1亿元以上\n  奖励 上年产值 × 1%\n") == 1);
  CHECK(one("  条件 成立日期 不晚于 上年 且 增长率（产值）10%以上\n  奖励 10万元\n") == 0);
  CHECK(one("  条件 上年产值 缺省 0元 1亿元以上\n  奖励 10万元\n") == 0);
  CHECK(one("  条件 本年产值 1亿元以上\n  奖励 10万元\n") == 0);
  CHECK(one("  条件 近3年 每年（当年产值 1亿元以上）\n  奖励 10万元\n") == 0);
  // The guard that is advised decides those firms.
  Folder const folder;
  auto const outcome = [&](std::string const& guard) {
    auto const rules = folder.write(
        "规则.hui", head + policy("增产", "1", "  条件 " + guard + "增长率（产值）10%以上\n  奖励 10万元\n"));
    auto const records =
        folder.write("企业.json", R"([{"编码":"甲","成立日期":"2024-03-01","产值":{"2024":"1亿元"}}])");
    auto const done = run_command({"eval", rules, "--records", records, "--as-of", "2024-12-31", "--format", "json"});
    return Json::parse(done.out)["outcome"].get<std::string>();
  };
  CHECK(outcome("") == "unknown");
  CHECK(outcome("成立日期 不晚于 上年 且 ") == "ineligible");
}

TEST_CASE("an exemption that names no rule is told, prose that begins with the word is none") {
  auto const with = [](std::string const& comment) { return comment + "\n" + two("  奖励 1万元\n", "  奖励 2万元\n"); };
  CHECK(said("L0003", with("# 免检：下一批用")) == 1);
  CHECK(said("L0003", with("# 免检 l0101：下一批用")) == 1);
  CHECK(said("L0003", with("# exempt: later")) == 1);
  CHECK(said("L0003", with("# 免检产品：不算")) == 0);
  CHECK(said("L0003", with("# exempt firms are not asked: see above")) == 0);
  CHECK(said("L0003", with("# 免检的企业不问")) == 0);
}

}  // namespace huiyu::test
