// Ladders, decision tables, 一般/例外, 缺省.

#include "compiler/lower/expressions.h"

namespace huiyu::lower {

using plan::Op;

// Values that one operation chooses between: one scale; and if one is a fraction, all are, in lowest terms, so that
// equal values are equal pairs.
void Expressions::make_alike(std::vector<Value*> const& values) {
  if (values.empty() || values.front()->is_truth()) return;
  int scale = 0;
  bool fractions = false;
  for (auto* value : values) {
    auto& number = value->number;
    bool const no_decimals = number.literal && !decimals_of(*number.literal);
    if (!number.literal)
      scale = std::max(scale, number.scale);
    else if (!no_decimals)
      scale = std::max({scale, number.scale, *decimals_of(*number.literal)});
    fractions = fractions || no_decimals || number.fraction();
  }
  for (auto* value : values) value->number = numbers_.at_scale(value->number, scale);
  if (fractions)
    for (auto* value : values) value->number = numbers_.reduced(value->number);
}

Value Expressions::choose(Op op, std::span<Row const> rows, std::optional<Value> otherwise) {
  std::vector<Row> all(rows.begin(), rows.end());
  if (all.empty()) return otherwise ? *otherwise : Value{plan::none, numbers_.undecided()};
  std::vector<Value*> values;
  for (auto& row : all) values.push_back(&row.value);
  if (otherwise) values.push_back(&*otherwise);
  make_alike(values);

  bool const truth = values.front()->is_truth();
  Range range = values.front()->number.range, below = values.front()->number.denominator_range;
  for (auto const* value : values) {
    auto widen = [](Range& whole, Range const& part) {
      whole = {BigInt(std::min(whole.low, part.low)), BigInt(std::max(whole.high, part.high))};
    };
    widen(range, value->number.range);
    widen(below, value->number.denominator_range);
  }
  auto pick = [&](auto node_of, std::uint8_t width) {
    std::vector<NodeId> operands;
    for (auto const& row : all) operands.push_back(row.condition), operands.push_back(node_of(row.value));
    if (otherwise) operands.push_back(node_of(*otherwise));
    return code_.add(op, std::move(operands), width, truth);
  };
  if (truth) return {pick([](Value const& value) { return value.truth; }, 1), {}};
  Value chosen{plan::none, values.front()->number};
  auto const limbs = limbs_of(range), limbs_below = limbs_of(below);
  if (!limbs || !limbs_below) return {plan::none, numbers_.undecided()};
  chosen.number.range = range;
  chosen.number.node = pick([](Value const& value) { return value.number.node; }, *limbs);
  if (!chosen.number.fraction()) return chosen;
  chosen.number.denominator_range = below;
  chosen.number.denominator = pick([](Value const& value) { return value.number.denominator; }, *limbs_below);
  return chosen;
}

// 就高 and 各档相加 of whole numbers; of fractions the explanation knows better.
Value Expressions::choose_all(Op op, std::span<Row const> rows, std::optional<Value> otherwise,
                              types::Type const& type) {
  if (type.kind == types::Kind::Enumeration) {
    // The highest entry has the least index.
    std::vector<Row> turned(rows.begin(), rows.end());
    for (auto& row : turned) row.value.number = numbers_.negate(row.value.number);
    if (otherwise) otherwise->number = numbers_.negate(otherwise->number);
    return {plan::none, numbers_.negate(choose(op, turned, otherwise).number)};
  }
  auto chosen = choose(op, rows, otherwise);
  if (chosen.number.fraction()) return undecided(type);
  if (op != Op::ChooseSum) return chosen;
  Range sum;
  for (auto const& row : rows) {
    auto const& value = numbers_.at_scale(row.value.number, chosen.number.scale);
    sum.low += std::min(value.range.low, BigInt(0));
    sum.high += std::max(value.range.high, BigInt(0));
  }
  sum.low = std::min(sum.low, chosen.number.range.low);
  sum.high = std::max(sum.high, chosen.number.range.high);
  auto const limbs = limbs_of(sum);
  if (!limbs) return undecided(type);
  // The same operation with room for the sum.
  std::vector<NodeId> operands;
  std::vector<Row> all(rows.begin(), rows.end());
  for (auto const& row : all)
    operands.push_back(row.condition),
        operands.push_back(numbers_.at_scale(row.value.number, chosen.number.scale).node);
  if (otherwise) operands.push_back(numbers_.at_scale(otherwise->number, chosen.number.scale).node);
  chosen.number.range = sum;
  chosen.number.node = code_.add(op, std::move(operands), *limbs);
  return chosen;
}

Value Expressions::of(tir::Choose const& e, types::Type const& type) {
  std::vector<Row> rows;
  for (auto const& row : e.rows) rows.push_back({truth(row.condition), value(row.value)});
  std::optional<Value> otherwise;
  if (e.otherwise.has_value()) otherwise = value(e.otherwise);
  switch (e.rule) {
    case tir::HitRule::First: return choose(Op::ChooseFirst, rows, otherwise);
    case tir::HitRule::Exclusive: return choose(Op::ChooseExclusive, rows, otherwise);
    case tir::HitRule::Unique: return choose(Op::ChooseUnique, rows, otherwise);
    case tir::HitRule::Highest: return choose_all(Op::ChooseHighest, rows, otherwise, type);
    case tir::HitRule::Sum: return choose_all(Op::ChooseSum, rows, otherwise, type);
  }
  return {};
}

Value Expressions::of(tir::Default const& e, types::Type const& type) {
  auto fact = value(e.fact), instead = value(e.value);
  make_alike({&fact, &instead});
  if (fact.is_truth()) return {code_.add(Op::OrElse, {fact.truth, instead.truth}, 1, true), {}};
  if (fact.number.fraction() || instead.number.fraction()) return undecided(type);
  Range const range{BigInt(std::min(fact.number.range.low, instead.number.range.low)),
                    BigInt(std::max(fact.number.range.high, instead.number.range.high))};
  auto const limbs = limbs_of(range);
  if (!limbs) return undecided(type);
  fact.number.node = code_.add(Op::OrElse, {fact.number.node, instead.number.node}, *limbs);
  fact.number.range = range;
  return fact;
}

}  // namespace huiyu::lower
