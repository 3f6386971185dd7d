#pragma once

// Two clauses of the corpus as Plans by hand: S1 (a list, its filter and sum) and N4 (industries left out, a figure).

#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/columns/builder.h"
#include "runtime/explain/places.h"
#include "tests/unit/runtime_explain/plan_maker.h"

namespace huiyu::testing {

inline constexpr std::int64_t yuan = 100;
inline constexpr std::int64_t wan = 10'000 * yuan;

// 专精特新企业技术改造补助: 存在 and 合计 over 技改项目, each with 新上 且 设备投资额 100万元以上; 20% of the sum.
struct TechnicalRenovation : PlanMaker {
  Ref<plan::Relation> firm = root("企业");
  Ref<plan::Enumeration> sizes = enumeration("规模", {"大型", "中型", "小型", "微型"}, true);
  Ref<plan::Column> special = field(firm, "专精特新", ValueKind::Truth);
  Ref<plan::Column> size = entry(firm, "划型", sizes);
  Ref<plan::Column> projects = field(firm, "技改项目", ValueKind::List);
  Ref<plan::Relation> project = rows(projects, plan::RelationKind::List);
  Ref<plan::Column> investment = money(project, "设备投资额");
  Ref<plan::Column> fresh = field(project, "新上", ValueKind::Truth);
  Ref<plan::Column> qualifies, exists, sum;

  TechnicalRenovation() {
    Formula filter;
    auto const is_new = filter.input(fresh, 1, true);
    auto const large =
        filter.node(Op::AtMost, {filter.constant(literal(100 * wan)), filter.input(investment)}, 0, 1, true);
    filter.node(Op::And, {is_new, large}, 0, 1, true);
    qualifies = program(project, like(ValueKind::Truth), filter);
    plan::Derived any;
    any.kind = plan::DerivedKind::AggregateExists;
    any.list = projects;
    any.value = qualifies;
    exists = derived(firm, like(ValueKind::Truth), any);
    plan::Derived total;
    total.kind = plan::DerivedKind::AggregateSum;
    total.list = projects;
    total.value = investment;
    total.filter = qualifies;
    sum = derived(firm, like(ValueKind::Number, 2, 2), total);

    Formula fifth;  // × 20% and 四舍五入 to 分
    auto const product = fifth.node(Op::Multiply, {fifth.input(sum, 2), fifth.constant(literal(20))}, 0, 2);
    auto const rounded = fifth.node(Op::RoundDecimal, {product}, 4 * 2, 2);
    fifth.node(Op::Fits, {rounded, fifth.constant(literal(0)),
                          fifth.constant(literal(std::numeric_limits<std::int64_t>::max()))});

    auto const small = classes({{2, 3}});
    plan::Policy row;
    row.conclusion = plan::Conclusion::Money;
    row.single = 1;
    row.condition = all({truth(special), belongs(size, small), truth(exists)});
    auto qualifying = [&] {
      auto const at_least =
          explain(ExplainOp::AtLeast, ValueKind::Truth,
                  {fact(investment, 0, true), number(1'000'000, 0, columns::Measure::Yuan)}, "设备投资额100万元以上");
      return explain(ExplainOp::And, ValueKind::Truth, {fact(fresh, 0, true), at_least},
                     "新上 且 设备投资额100万元以上");
    };
    row.explain_condition = explain(ExplainOp::And, ValueKind::Truth,
                                    {fact(special), belongs_to(fact(size), small, "划型属于小型、微型"),
                                     aggregate(ExplainOp::Exists, projects, {}, qualifying(),
                                               "存在（技改项目，其中 新上 且 设备投资额100万元以上）")});
    plan::Part part;
    part.amount = use(firm, fifth);
    auto const added = aggregate(ExplainOp::Sum, projects, fact(investment, 0, true), qualifying(),
                                 "合计（技改项目.设备投资额，其中 …）");
    at(added)->measure = static_cast<std::uint8_t>(columns::Measure::Yuan);
    part.explain_amount = explain(ExplainOp::Multiply, ValueKind::Number,
                                  {added, number(20, 2, columns::Measure::Ratio)}, "合计（…）× 20%");
    at(part.explain_amount)->measure = static_cast<std::uint8_t>(columns::Measure::Yuan);
    row.parts = parts({part});
    policy(firm, "S1", "专精特新企业技术改造补助", row);
  }

  // Facts of one firm; a project is what is invested and whether it is new.
  using Cell = std::optional<std::int64_t>;
  struct Firm {
    Cell special, size;
    std::optional<std::vector<std::pair<Cell, Cell>>> projects;
  };
  static void put(columns::ColumnBuilder& column, Cell cell) {
    if (cell)
      column.add(*cell);
    else
      column.add_missing();
  }
  columns::Batch batch(std::vector<Firm> const& firms) const {
    auto const layout = explain::make_layout(plan, explain::make_places(plan, {}), firm);
    auto builders = columns::make_builders(layout.fields);
    for (auto const& one : firms) {
      put(builders[0], one.special);
      put(builders[1], one.size);
      if (!one.projects) {
        builders[2].add_missing();
        continue;
      }
      for (auto const& [invested, is_new] : *one.projects) {
        put(builders[2].items()[0], invested);
        put(builders[2].items()[1], is_new);
      }
      builders[2].add_items(static_cast<std::int64_t>(one.projects->size()));
    }
    return columns::finish_batch(builders);
  }
};

// 研发费用加计扣除: 行业代码 不属于 不适用行业; 核定 研发费用 × 100%. Codes are plain numbers here: 3 and 40 to 49 are
// left out, 4 is above 40.
struct SuperDeduction : PlanMaker {
  Ref<plan::Relation> firm = root("企业");
  Ref<plan::Column> industry = field(firm, "行业代码", ValueKind::Code);
  Ref<plan::Column> expense = money(firm, "研发费用");

  SuperDeduction() {
    plan.columns[industry.index].code_system = 1;
    auto const left_out = classes({{3, 3}, {40, 49}}, {{4, 4}});
    Formula all_of_it;
    auto const product =
        all_of_it.node(Op::Multiply, {all_of_it.input(expense), all_of_it.constant(literal(100))}, 0, 2);
    auto const rounded = all_of_it.node(Op::RoundDecimal, {product}, 4 * 2, 2);
    auto const figure = all_of_it.node(Op::NonNegative, {rounded});
    static_cast<void>(figure);

    plan::Policy row;
    row.conclusion = plan::Conclusion::Assessment;
    row.condition = belongs(industry, left_out, true);
    row.explain_condition =
        explain(ExplainOp::Not, ValueKind::Truth, {belongs_to(fact(industry), left_out)}, "行业代码 不属于 不适用行业");
    row.total = use(firm, all_of_it);
    row.value = expense;
    row.value_name = text("加计扣除额");
    row.explain_value = explain(ExplainOp::Multiply, ValueKind::Number, {fact(expense), number(1)}, "研发费用 × 100%");
    at(row.explain_value)->measure = static_cast<std::uint8_t>(columns::Measure::Yuan);
    policy(firm, "N4", "研发费用加计扣除", row);
  }

  columns::Batch batch(
      std::vector<std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>> const& firms) const {
    auto const layout = explain::make_layout(plan, explain::make_places(plan, {}), firm);
    auto builders = columns::make_builders(layout.fields);
    for (auto const& [code, spent] : firms) {
      TechnicalRenovation::put(builders[0], code);
      TechnicalRenovation::put(builders[1], spent);
    }
    return columns::finish_batch(builders);
  }
};

}  // namespace huiyu::testing
