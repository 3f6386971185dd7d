#include "compiler/driver/inputs.h"

#include <doctest/doctest.h>

#include "compiler/driver/project.h"
#include "runtime/base/civil.h"

namespace huiyu::driver {
namespace {

constexpr std::string_view rules = R"(
结构 企业 键 记录
  记录     ： 文本
  机构     ： 文本
  行业     ： 行业代码
  失业率   ： 比率
  薪酬     ： 金额
名录 星级 从高到低：五星、四星
名录 登记中介机构 来源 主管部门
参数 控制目标 ： 比率
  自 2022-01-01 为 5%
参照表 平均薪酬（行业，年度）： 金额 来源 统计
  | C34 | 2023年 | 1万元 |
定义 折算 ： 比率 = 失业率 × 2
政策 甲 编号 A 依据 第一条 辖区 全国 有效 长期
  条件 机构 属于 登记中介机构
  条件 失业率 不超过 控制目标
  补助 平均薪酬（行业，2023年）
)";

struct Given {
  Project project;
  RunInputs inputs;
  std::string message;  // empty: the values were taken
  ErrorKind kind{};
  std::vector<std::string> names;
};

Given give(std::string_view json, std::optional<std::int32_t> year = std::nullopt) {
  Given given;
  given.project.sources.add("rules.hui", std::string(rules));
  check_project(given.project);
  REQUIRE(!given.project.diagnostics.has_errors());
  given.inputs.application_year = year;
  auto names = give_inputs(json, given.project.program, given.inputs, Language::Chinese);
  if (names) {
    given.names = *names;
  } else {
    given.message = names.error().message;
    given.kind = names.error().kind;
  }
  return given;
}

tir::Parameter const& parameter(Given const& given, std::string_view name) {
  for (auto const& one : given.project.program.parameters)
    if (one.name == name) return one;
  REQUIRE(false);
  return *given.project.program.parameters.begin();
}

tir::ReferenceTable const& table(Given const& given) { return *given.project.program.reference_tables.begin(); }

bool says(Given const& given, std::string_view words) { return given.message.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a parameter takes the value given, as its drafter would write it, for all days") {
  auto const given = give(R"({"控制目标": "5.5%", "申报年度": "2023年"})");
  REQUIRE(given.message == "");
  auto const& values = parameter(given, "控制目标").values;
  REQUIRE(values.size() == 1);
  CHECK(!values[0].from_day.has_value());
  CHECK(values[0].value == tir::Value(BigRational(55, 1000)));
  CHECK(given.inputs.application_year == 2023);
  CHECK(given.names == std::vector<std::string>{"控制目标", "申报年度"});
}

TEST_CASE("values by date hold until the day before the next; null ends them, alone it says that there is none") {
  auto const given = give(R"({"控制目标": {"2024-07-01": null, "2024-01-01": "6%"}})");
  REQUIRE(given.message == "");
  auto const& values = parameter(given, "控制目标").values;
  REQUIRE(values.size() == 1);
  CHECK(values[0].from_day == days_from_civil({2024, 1, 1}));
  CHECK(values[0].until_day == days_from_civil({2024, 6, 30}));
  CHECK(parameter(give(R"({"控制目标": null})"), "控制目标").values.empty());
}

TEST_CASE("an open list is empty until it is given") {
  CHECK(parameter(give("{}"), "登记中介机构").values.empty());
  auto const given = give(R"({"登记中介机构": ["甲所", "乙所"]})");
  REQUIRE(given.message == "");
  auto const& values = parameter(given, "登记中介机构").values;
  REQUIRE(values.size() == 1);
  CHECK(std::get<tir::SetValue>(values[0].value).texts == std::vector<std::string>{"甲所", "乙所"});
}

TEST_CASE("a reference table comes nested by its keys or as rows, in place of the rows of the text") {
  auto const nested =
      give(R"({"平均薪酬": {"C34": {"2023年": "10万元", "2022年": null}, "I65": {"2023年": "20.01万元"}}})");
  REQUIRE(nested.message == "");
  auto const rows = give(R"({"平均薪酬": [{"年度": "2023年", "行业": "C34", "值": "10万元"},
                                           {"行业": "I65", "年度": "2023年", "平均薪酬": "20.01万元"}]})");
  REQUIRE(rows.message == "");
  REQUIRE(table(nested).rows.size() == 2);
  REQUIRE(table(rows).rows.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(table(nested).rows[i].keys == table(rows).rows[i].keys);
    CHECK(table(nested).rows[i].value == table(rows).rows[i].value);
  }
  CHECK(table(nested).rows[1].value == tir::Value(BigRational(200100)));
}

TEST_CASE("what cannot be used is named, is an error of the data, and nothing is given") {
  auto const unreadable = give(R"({"控制目标": "5.5个"})");
  CHECK(unreadable.kind == ErrorKind::Data);
  CHECK(says(unreadable, "控制目标：读不懂 \"5.5个\"，应为小数或比率"));
  CHECK(parameter(unreadable, "控制目标").values[0].value == tir::Value(BigRational(5, 100)));

  CHECK(says(give(R"({"控制目标": 0.055})"), "读不懂 0.055"));
  CHECK(says(give(R"({"目标": "5%"})"), "没有这个名称"));
  CHECK(says(give(R"({"星级": ["五星"]})"), "成员写在规则里"));
  CHECK(says(give(R"({"折算": "5%"})"), "--given"));
  CHECK(says(give(R"({"登记中介机构": "甲所"})"), "读不懂"));
  CHECK(says(give(R"({"控制目标": {"去年": "5%"}})"), "不是日期"));
  CHECK(says(give(R"({"平均薪酬": {"C34": "10万元"}})"), "年度"));
  CHECK(says(give(R"({"平均薪酬": {"ZZ": {"2023年": "10万元"}}})"), "读不懂 \"ZZ\""));
  CHECK(says(give(R"({"平均薪酬": [{"行业": "C34", "值": "10万元"}]})"), "每行应为对象"));
  CHECK(says(give(R"({"平均薪酬": {"C34": {"2023年": "1元"}, "c34": {"2023年": "2元"}}})"), "平均薪酬"));
  CHECK(says(give(R"({"控制目标": "5%", "控制目标": "6%"})"), "写了两次"));
  CHECK(says(give("[]"), "JSON 对象"));
  CHECK(says(give("{"), "JSON 对象"));
}

TEST_CASE("the year of the call and that of the inputs must agree") {
  CHECK(give(R"({"申报年度": "2024年"})", 2024).message == "");
  auto const differing = give(R"({"申报年度": "2024年"})", 2023);
  CHECK(differing.kind == ErrorKind::Usage);
  CHECK(differing.inputs.application_year == 2023);
}

}  // namespace huiyu::driver
