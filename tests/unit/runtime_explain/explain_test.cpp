// Why a firm gets what it gets, as people and programs read it.

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/codes/codes.h"
#include "runtime/explain/render.h"
#include "tests/unit/runtime_explain/clauses.h"

namespace huiyu::explain {
namespace {

using testing::wan;

RunInputs mid_2024() {
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  return inputs;
}

// The first policy of a plan on the first record.
std::string text_of(plan::Plan const& plan, columns::Batch const& batch, Language language = Language::Chinese) {
  auto const places = make_places(plan, {});
  auto const inputs = mid_2024();
  return to_text(explain({plan, places, inputs, batch, 0}, 0), language);
}
std::string json_of(plan::Plan const& plan, columns::Batch const& batch) {
  auto const places = make_places(plan, {});
  auto const inputs = mid_2024();
  return to_json(explain({plan, places, inputs, batch, 0}, 0));
}

TEST_CASE("a firm that is paid: every condition, the project that counts, the sum") {
  testing::TechnicalRenovation const clause;
  CHECK(text_of(clause.plan, clause.batch({{1, 2, {{{200 * wan, 1}, {60 * wan, 1}}}}})) ==
        R"(S1 专精特新企业技术改造补助
  ✓ 符合：40万元
  条件 ✓
    ✓ 专精特新
    ✓ 划型属于小型、微型
      划型 ＝ 小型
    ✓ 存在（技改项目，其中 新上 且 设备投资额100万元以上）
      ✓ 技改项目[1]
        ✓ 新上 且 设备投资额100万元以上
          ✓ 技改项目.新上
          ✓ 设备投资额100万元以上
            技改项目.设备投资额 ＝ 200万元
      ✗ 技改项目[2]
        ✗ 新上 且 设备投资额100万元以上
          ✓ 技改项目.新上
          ✗ 设备投资额100万元以上
            技改项目.设备投资额 ＝ 60万元
  金额：40万元
    合计（…）× 20% ＝ 40万元
      合计（技改项目.设备投资额，其中 …） ＝ 200万元
        技改项目[1] ＝ 200万元
          ✓ 新上 且 设备投资额100万元以上
            ✓ 技改项目.新上
            ✓ 设备投资额100万元以上
              技改项目.设备投资额 ＝ 200万元
        ✗ 技改项目[2]
          ✗ 新上 且 设备投资额100万元以上
            ✓ 技改项目.新上
            ✗ 设备投资额100万元以上
              技改项目.设备投资额 ＝ 60万元
)");
}

TEST_CASE("a firm that is refused is told which condition fails") {
  testing::TechnicalRenovation const clause;
  CHECK(text_of(clause.plan, clause.batch({{1, 1, {{}}}}), Language::English) == R"(S1 专精特新企业技术改造补助
  ✗ not eligible
  not met:
    划型属于小型、微型 (found: 中型)
    存在（技改项目，其中 新上 且 设备投资额100万元以上）
  condition ✗
    ✓ 专精特新
    ✗ 划型属于小型、微型
      划型 ＝ 中型
    ✗ 存在（技改项目，其中 新上 且 设备投资额100万元以上） (no entries)
)");
}

TEST_CASE("a firm that nobody can judge is told what is missing") {
  testing::TechnicalRenovation const clause;
  CHECK(text_of(clause.plan, clause.batch({{1, 2, {{{std::nullopt, 1}}}}})) == R"(S1 专精特新企业技术改造补助
  ? 待核
  还缺：技改项目.设备投资额
  条件 ?
    ✓ 专精特新
    ✓ 划型属于小型、微型
      划型 ＝ 小型
    ? 存在（技改项目，其中 新上 且 设备投资额100万元以上）
      ? 技改项目[1]
        ? 新上 且 设备投资额100万元以上
          ✓ 技改项目.新上
          ? 设备投资额100万元以上
            ? 技改项目.设备投资额：缺
)");
}

TEST_CASE("for programs: stable keys, exact texts, and what the outcome hangs on") {
  testing::SuperDeduction const clause;
  CHECK(json_of(clause.plan, clause.batch({{codes::find_code(codes::CodeSystem::Industry, "C3411"), std::nullopt}})) ==
        R"({
  "policy": "N4",
  "name": "研发费用加计扣除",
  "as_of": "2024-06-30",
  "in_force": true,
  "outcome": "eligible",
  "value_name": "加计扣除额",
  "needs": [
    "研发费用"
  ],
  "condition": {
    "role": "operand",
    "op": "Not",
    "state": "true",
    "words": "行业代码 不属于 不适用行业",
    "value": "是",
    "deciding": true,
    "children": [
      {
        "role": "operand",
        "op": "BelongsTo",
        "state": "false",
        "value": "否",
        "deciding": true,
        "children": [
          {
            "role": "operand",
            "op": "Field",
            "state": "value",
            "name": "行业代码",
            "value": "C3411 锅炉及辅助设备制造",
            "deciding": true
          }
        ]
      }
    ]
  },
  "conclusion": {
    "role": "operand",
    "op": "Multiply",
    "state": "unknown",
    "words": "研发费用 × 100%",
    "deciding": true,
    "children": [
      {
        "role": "operand",
        "op": "Field",
        "state": "unknown",
        "name": "研发费用",
        "deciding": true
      },
      {
        "role": "operand",
        "op": "Literal",
        "state": "value",
        "value": "1",
        "deciding": false
      }
    ]
  }
})");
}

}  // namespace
}  // namespace huiyu::explain
