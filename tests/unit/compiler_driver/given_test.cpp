// A 定义 that the records state may lie far beyond what its formula can come to: programs are proved for the formula.

#include <doctest/doctest.h>

#include "compiler/driver/engines.h"
#include "runtime/base/civil.h"
#include "runtime/records/json_records.h"

namespace huiyu::driver {
namespace {

constexpr char const* rules = R"(结构 园区 键 编号
  编号 ： 文本
  结余 ： 金额 范围 -1亿元 至 10亿元
  税率 ： 比率 范围 0% 至 100%
定义 留存 ： 金额 = 结余 × 税率
政策 例 编号 1 辖区 全国 有效 长期
  奖励 留存 × （留存 ÷ 留存），最低 0元
)";

std::int64_t amount_of(std::string const& stated, EngineChoice engine) {
  Project project;
  project.sources.add("test.hui", rules);
  check_project(project);
  REQUIRE_FALSE(project.diagnostics.has_errors());
  RunInputs inputs;
  inputs.as_of_day = *parse_date("2024-06-30");
  inputs.given_definitions = {"留存"};
  auto const runner = Runner::make(project, inputs, engine);
  REQUIRE(runner);
  auto const read = records::read_json_records(R"({"编号":"a","留存":")" + stated + "\"}", (*runner)->layout());
  REQUIRE(read);
  auto const result = (*runner)->run(read->batch, true);
  REQUIRE(result);
  REQUIRE(result->listed.rows.size() == 1);
  return result->listed.pairs()[0].amount_fen.value_or(-1);
}

// Ten thousand million times a ratio reaches past 64 bits at ten decimals; the data may state a hundred million
// million.
TEST_CASE("a stated 定义 beyond what its formula can reach is answered exactly") {
  for (auto const engine : {EngineChoice::Oracle, EngineChoice::Interpret, EngineChoice::Auto}) {
    CHECK(amount_of("100000000000000元", engine) == 10'000'000'000'000'000);
    CHECK(amount_of("922337203.69元", engine) == 92'233'720'369);
    CHECK(amount_of("12.34元", engine) == 1'234);
  }
}

}  // namespace
}  // namespace huiyu::driver
