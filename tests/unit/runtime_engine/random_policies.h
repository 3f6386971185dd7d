#pragma once

// Random policies over random records, each written twice: as conditions and formulas for the engine, and as an
// explanation.

#include <random>

#include "runtime/columns/builder.h"
#include "tests/unit/runtime_explain/plan_maker.h"

namespace huiyu::testing {

class RandomPolicies : public PlanMaker {
 public:
  RandomPolicies(std::uint64_t seed, int policies) : random_(seed) {
    for (auto const* name : {"甲", "乙", "丙", "丁"}) numbers_.push_back(field(firm, name, ValueKind::Number));
    for (auto const* name : {"子", "丑", "寅"}) truths_.push_back(field(firm, name, ValueKind::Truth));
    level_ = entry(firm, "等级", levels_);
    list_ = field(firm, "项目", ValueKind::List);
    items_ = rows(list_, plan::RelationKind::List);
    cost_ = field(items_, "费用", ValueKind::Number);
    accepted_ = field(items_, "验收", ValueKind::Truth);
    for (int i = 0; i < policies; ++i) add_policy(i);
  }

  Ref<plan::Relation> firm = root("企业");

  columns::Batch batch(columns::RecordLayout const& layout, std::int64_t firms) {
    auto builders = columns::make_builders(layout.fields);
    for (std::int64_t row = 0; row < firms; ++row)
      for (auto& builder : builders) fill(builder);
    return columns::finish_batch(builders);
  }

 private:
  using Tree = Ref<plan::Explain>;
  // A value as a node of a formula and as a tree.
  struct Twin {
    std::uint32_t node;
    Tree tree;
  };
  struct TwinCondition {
    Ref<plan::Condition> condition;
    Tree tree;
  };

  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(n)); }
  bool chance(int percent) { return below(100) < percent; }
  // Wider than needed now and then: the same value in more limbs.
  std::uint8_t width() { return chance(80) ? std::uint8_t{1} : static_cast<std::uint8_t>(2U << below(3)); }

  void fill(columns::ColumnBuilder& builder) {
    auto const& of = builder.field();
    if (chance(12)) return builder.add_missing();
    if (of.kind == columns::ValueKind::List) {
      auto const count = below(4);
      for (std::int64_t i = 0; i < count; ++i)
        for (auto& item : builder.items()) fill(item);
      return builder.add_items(count);
    }
    if (of.kind == columns::ValueKind::Truth) return builder.add(below(2));
    if (of.kind == columns::ValueKind::Enumeration) return builder.add(below(4));
    builder.add(below(41) - 20);
  }

  // ---- formulas
  Twin number_fact(Formula& formula) {
    auto const column = numbers_[static_cast<std::size_t>(below(static_cast<std::int64_t>(numbers_.size())))];
    return {formula.input(column), fact(column)};
  }
  Twin number_constant(Formula& formula, std::int64_t value) {
    return {formula.constant(literal(value)), number(value)};
  }

  Twin value(Formula& formula, int depth) {
    if (depth == 0) return chance(70) ? number_fact(formula) : number_constant(formula, below(21) - 10);
    auto const a = value(formula, depth - 1);
    switch (below(9)) {
      case 0: return binary(formula, Op::Add, ExplainOp::Add, a, depth);
      case 1: return binary(formula, Op::Subtract, ExplainOp::Subtract, a, depth);
      case 2: return binary(formula, Op::Multiply, ExplainOp::Multiply, a, depth);
      case 3: return binary(formula, Op::Minimum, ExplainOp::Lowest, a, depth);
      case 4: return binary(formula, Op::Maximum, ExplainOp::Highest, a, depth);
      case 5:
        return {formula.node(Op::Negate, {a.node}, 0, width()),
                explain(ExplainOp::Negate, ValueKind::Number, {a.tree})};
      case 6: return quotient(formula, a, depth);
      case 7: return choice(formula, a, depth);
      default: return or_else(formula);
    }
  }
  Twin binary(Formula& formula, Op op, ExplainOp as, Twin a, int depth) {
    auto const b = value(formula, op == Op::Multiply ? 0 : depth - 1);
    return {formula.node(op, {a.node, b.node}, 0, width()), explain(as, ValueKind::Number, {a.tree, b.tree})};
  }
  Twin quotient(Formula& formula, Twin a, int depth) {
    auto const b = value(formula, depth - 1);
    auto const mode = below(4);
    auto const divided = explain(ExplainOp::Divide, ValueKind::Number, {a.tree, b.tree});
    auto const rounded = explain(ExplainOp::Round, ValueKind::Number, {divided});
    at(rounded)->number = mode;
    return {formula.node(Op::DivideRound, {a.node, b.node}, mode, width()), rounded};
  }
  Twin or_else(Formula& formula) {
    auto const a = number_fact(formula);
    auto const b = number_constant(formula, below(9));
    return {formula.node(Op::OrElse, {a.node, b.node}, 0, width()),
            explain(ExplainOp::Default, ValueKind::Number, {a.tree, b.tree})};
  }
  Twin test(Formula& formula) {
    auto const a = chance(70) ? number_fact(formula) : value(formula, 1);
    auto const b = number_constant(formula, below(21) - 10);
    if (chance(50))
      return {formula.node(Op::Less, {a.node, b.node}, 0, 1, true),
              explain(ExplainOp::Less, ValueKind::Truth, {a.tree, b.tree})};
    return {formula.node(Op::AtMost, {b.node, a.node}, 0, 1, true),
            explain(ExplainOp::AtLeast, ValueKind::Truth, {a.tree, b.tree})};
  }
  Twin choice(Formula& formula, Twin last, int depth) {
    struct Kind {
      Op op;
      ExplainOp as;
    };
    constexpr Kind kinds[] = {{Op::ChooseFirst, ExplainOp::ChooseFirst},
                              {Op::ChooseUnique, ExplainOp::ChooseUnique},
                              {Op::ChooseExclusive, ExplainOp::ChooseExclusive},
                              {Op::ChooseHighest, ExplainOp::ChooseHighest},
                              {Op::ChooseSum, ExplainOp::ChooseSum}};
    auto const kind = kinds[below(5)];
    std::vector<std::uint32_t> operands;
    std::vector<Tree> rows_of_tree;
    auto const rows_wanted = 1 + below(3);
    for (std::int64_t i = 0; i < rows_wanted; ++i) {
      auto const condition = test(formula);
      auto const result = chance(60) ? number_constant(formula, below(2)) : value(formula, depth - 1);
      operands.insert(operands.end(), {condition.node, result.node});
      rows_of_tree.insert(rows_of_tree.end(), {condition.tree, result.tree});
    }
    operands.push_back(last.node);
    return {formula.node(kind.op, operands, 0, width()),
            PlanMaker::choice(kind.as, ValueKind::Number, {}, rows_of_tree, last.tree)};
  }

  // ---- conditions
  TwinCondition leaf() {
    switch (below(5)) {
      case 0: {
        auto const column = truths_[static_cast<std::size_t>(below(3))];
        bool const negated = chance(50);
        return {truth(column, negated), turned(fact(column), negated)};
      }
      case 1: {
        auto const set = classes({{1, 1}, {3, 3}}, {{2, 2}});
        bool const negated = chance(50);
        return {belongs(level_, set, negated), turned(belongs_to(fact(level_), set), negated)};
      }
      case 2: return compared();
      case 3: return listed();
      default: return interval_leaf();
    }
  }
  Tree turned(Tree tree, bool negated) { return negated ? explain(ExplainOp::Not, ValueKind::Truth, {tree}) : tree; }
  TwinCondition interval_leaf() {
    auto const column = numbers_[static_cast<std::size_t>(below(4))];
    auto const low = below(21) - 10;
    auto const high = low + below(12);
    bool const negated = chance(40);
    auto const both = explain(ExplainOp::And, ValueKind::Truth,
                              {explain(ExplainOp::AtLeast, ValueKind::Truth, {fact(column), number(low)}),
                               explain(ExplainOp::AtMost, ValueKind::Truth, {fact(column), number(high)})});
    return {interval(column, literal(low), literal(high), negated), turned(both, negated)};
  }
  // A formula of the record as a truth column.
  TwinCondition compared() {
    Formula formula;
    auto const a = value(formula, 2);
    auto const b = value(formula, 1);
    formula.node(Op::Less, {a.node, b.node}, 0, 1, true);
    auto const column = program(firm, like(ValueKind::Truth), formula);
    return {truth(column), explain(ExplainOp::Less, ValueKind::Truth, {a.tree, b.tree})};
  }
  // 存在（项目，其中 验收 且 费用 …） or 数量 or 合计 against a constant.
  TwinCondition listed() {
    Formula filter;
    auto const limit = below(21) - 10;
    auto const large = filter.node(Op::AtMost, {filter.constant(literal(limit)), filter.input(cost_)}, 0, 1, true);
    filter.node(Op::And, {filter.input(accepted_, 1, true), large}, 0, 1, true);
    auto const counts = program(items_, like(ValueKind::Truth), filter);
    auto const where = explain(ExplainOp::And, ValueKind::Truth,
                               {fact(accepted_, 0, true),
                                explain(ExplainOp::AtLeast, ValueKind::Truth, {fact(cost_, 0, true), number(limit)})});
    plan::Derived how;
    how.list = list_;
    auto const which = below(4);
    if (which < 2) {
      how.kind = which == 0 ? plan::DerivedKind::AggregateExists : plan::DerivedKind::AggregateAll;
      how.value = counts;
      auto const as = which == 0 ? ExplainOp::Exists : ExplainOp::All;
      return {truth(derived(firm, like(ValueKind::Truth), how)), aggregate(as, list_, {}, where)};
    }
    how.filter = counts;
    how.kind = which == 2 ? plan::DerivedKind::AggregateSum : plan::DerivedKind::AggregateCount;
    if (which == 2) how.value = cost_;
    auto const wide = chance(50);
    auto const column = derived(firm, like(ValueKind::Number, 0, wide ? 2 : 1), how);
    auto const tree = aggregate(which == 2 ? ExplainOp::Sum : ExplainOp::Count, list_,
                                which == 2 ? fact(cost_, 0, true) : Tree{}, where);
    auto const low = which == 2 ? below(30) : 1;
    plan::Constant bound;
    bound.width = wide ? 2 : 1;
    if (wide) {
      bound.index = static_cast<std::uint32_t>(plan.limbs.size());
      plan.limbs.insert(plan.limbs.end(), {static_cast<std::uint64_t>(low), 0});
    } else {
      bound.value = low;
    }
    plan.constants.push_back(bound);
    Ref<plan::Constant> const ref{static_cast<std::uint32_t>(plan.constants.size()) - 1};
    return {interval(column, ref), explain(ExplainOp::AtLeast, ValueKind::Truth, {tree, number(low)})};
  }
  TwinCondition condition(int depth) {
    if (depth == 0) return leaf();
    std::vector<Ref<plan::Condition>> members;
    std::vector<Tree> trees;
    auto const wanted = 2 + below(3);
    for (std::int64_t i = 0; i < wanted; ++i) {
      auto const one = condition(chance(50) ? 0 : depth - 1);
      members.push_back(one.condition);
      trees.push_back(one.tree);
    }
    auto const which = below(3);
    if (which == 0) return {join(plan::ConditionKind::And, members), explain(ExplainOp::And, ValueKind::Truth, trees)};
    if (which == 1) return {join(plan::ConditionKind::Or, members), explain(ExplainOp::Or, ValueKind::Truth, trees)};
    auto const count = 1 + below(wanted);
    auto const tree = explain(ExplainOp::AtLeastOf, ValueKind::Truth, trees);
    at(tree)->number = count;
    return {join(plan::ConditionKind::AtLeastOf, members, count), tree};
  }

  // ---- policies: one amount, several parts with a cap, a class, or nothing but the outcome
  plan::Part part(std::string_view name) {
    Formula formula;
    auto const amount = value(formula, 2);
    auto const fen = formula.node(Op::Multiply, {amount.node, formula.constant(literal(100))}, 0, 2);
    auto const fits = formula.node(Op::Fits, {fen, formula.constant(literal(0)),
                                              formula.constant(literal(std::numeric_limits<std::int64_t>::max()))});
    static_cast<void>(fits);
    plan::Part made;
    if (!name.empty()) made.name = text(name);
    made.amount = use(firm, formula);
    made.explain_amount = amount.tree;
    return made;
  }
  // Two alerts: a ladder of two colours and a single one.
  void add_alerts(plan::Policy& row) {
    std::vector<plan::Alert> made;
    for (auto const& [name, colour] : {std::pair{"虚高", "红色"}, {"虚高", "黄色"}, {"过期", "蓝色"}}) {
      auto const when = condition(0);
      made.push_back({text(name), text(colour), when.condition, when.tree, 0});
    }
    row.alerts = {static_cast<std::uint32_t>(plan.alerts.size()), static_cast<std::uint32_t>(made.size())};
    plan.alerts.insert(plan.alerts.end(), made.begin(), made.end());
  }
  void add_policy(int number_of_policy) {
    plan::Policy row;
    if (chance(60)) {
      auto const applies = condition(0);
      row.applies = applies.condition;
      row.explain_applies = applies.tree;
    }
    auto const main = condition(2);
    row.condition = main.condition;
    row.explain_condition = main.tree;
    auto const kind = below(4);
    if (kind == 0) {
      row.conclusion = plan::Conclusion::Money;
      row.single = 1;
      row.parts = parts({part({})});
    } else if (kind == 1) {
      row.conclusion = plan::Conclusion::Money;
      std::vector<plan::Part> all{part("甲项"), part("乙项")};
      std::vector<Ref<plan::Condition>> whens;
      for (auto& one : all) {
        auto const when = condition(0);
        one.when = when.condition;
        one.explain_when = when.tree;
        whens.push_back(when.condition);
      }
      row.parts = parts(all);
      row.due = join(plan::ConditionKind::Or, whens);
      Formula total;
      auto const added = total.node(Op::Add, {total.part(0), total.part(1)}, 0, 2);
      auto const capped = total.node(Op::Minimum, {added, total.constant(literal(2000))}, 0, 2);
      total.node(Op::Fits, {capped, total.constant(literal(0)),
                            total.constant(literal(std::numeric_limits<std::int64_t>::max()))});
      row.total = use(firm, total);
      row.explain_total = explain(ExplainOp::CapAtMost, ValueKind::Number,
                                  {explain(ExplainOp::PartsTotal, ValueKind::Number), number(20)});
    } else if (kind == 2) {
      row.conclusion = plan::Conclusion::Class;
      row.value = level_;
      row.explain_value = fact(level_);
    }
    if (chance(30)) add_alerts(row);
    if (kind < 2 && chance(30)) {
      row.shares = {static_cast<std::uint32_t>(plan.shares.size()), 3};
      for (auto const* party : {"省", "市", "县"}) plan.shares.push_back({text(party), number(1 + below(3))});
    }
    policy(firm, "P" + std::to_string(number_of_policy), "政策" + std::to_string(number_of_policy), row);
  }

  std::mt19937_64 random_;
  Ref<plan::Enumeration> levels_ = enumeration("等级", {"甲级", "乙级", "丙级", "丁级"}, true);
  std::vector<Ref<plan::Column>> numbers_, truths_;
  Ref<plan::Column> level_, list_, cost_, accepted_;
  Ref<plan::Relation> items_;
};

}  // namespace huiyu::testing
