// The shrinker on an artificial difference: an engine that is wrong wherever a division is rounded up.

#include "tests/property/shrink.h"

#include <algorithm>

#include <doctest/doctest.h>

using namespace huiyu;

namespace {

constexpr char const* rules = R"(结构 企业 键 编号
  编号 ： 文本
  收入 ： 金额
  成本 ： 金额
  员工 ： 人数
  守信 ： 真假
  项目 ： 列表 项目
结构 项目
  投资 ： 金额
定义 人均 ： 金额 = 收入 ÷ 员工 × 1人
政策 甲 编号 1 辖区 全国 有效 长期
  条件 守信 且 （员工 20人以上 或 收入 不低于 成本）
  补助 （收入 × 3%，成本）孰高，最高 100万元
政策 乙 编号 2 辖区 全国 有效 长期
  条件 收入 超过 1元
  补助 款一：（成本 ＋ （人均 × 3）进一 到 元）× 2，最高 100万元
  补助 款二：合计（项目.投资，其中 投资 超过 0元）
)";

// A pair that 乙 pays, by rules that round a quotient up.
bool shows(test::Case const& tried) {
  auto const project = test::checked(tried.rules);
  if (project->diagnostics.has_errors()) return false;
  bool const rounds = std::any_of(project->program.exprs.begin(), project->program.exprs.end(), [](auto const& expr) {
    auto const* round = std::get_if<tir::Round>(&expr.kind);
    return round != nullptr && round->mode == Rounding::Up;
  });
  if (!rounds) return false;
  test::Way way;
  way.native = false;
  auto const answers = test::answer(*project, tried, way);
  return std::any_of(answers.pairs.begin(), answers.pairs.end(), [&](PairOutcome const& pair) {
    auto const& policy = project->program.policies[tir::PolicyId{static_cast<std::int32_t>(pair.policy)}];
    return policy.name == "乙" && pair.outcome == Outcome::Eligible && pair.amount_fen.value_or(0) > 0;
  });
}

}  // namespace

TEST_CASE("an artificial difference is cut down to what shows it") {
  test::Case found;
  found.rules = rules;
  found.application_year = 2024;
  for (int i = 0; i < 40; ++i)
    found.records.push_back(R"({"编号":"r)" + std::to_string(i) + R"(","收入":"100元","成本":"7元","员工":")" +
                            std::to_string(i % 3) + R"(人","守信":true,"项目":[{"投资":"5元"},{"投资":"0元"}]})");
  REQUIRE(shows(found));
  auto const small = test::shrink(found, shows);
  CHECK(shows(small));
  CHECK(small.records.size() == 1);
  CHECK_FALSE(small.application_year);
  // The policy, the rounding, the facts of one item; nothing of the other policy, the list, the second item.
  CHECK(std::count(small.rules.begin(), small.rules.end(), '\n') <= 8);
  CHECK(small.rules.find("进一") != std::string::npos);
  for (auto const* gone : {"政策 甲", "项目", "孰高", "款二", "守信"})
    CHECK(small.rules.find(gone) == std::string::npos);
  CHECK(small.records.front().size() < 60);
}
