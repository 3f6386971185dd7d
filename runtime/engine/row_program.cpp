#include "runtime/engine/row_program.h"

#include <algorithm>

#include "runtime/engine/lanes.h"
#include "runtime/engine/program.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {

using plan::Op;

namespace {

// Exponents of ten that 64 bits hold.
constexpr std::int64_t most_digits = 18;

bool can_run(plan::Node const& node) {
  switch (node.op) {
    case Op::Input:
    case Op::Constant:
    case Op::Add:
    case Op::Subtract:
    case Op::Multiply:
    case Op::Negate:
    case Op::Absolute:
    case Op::Minimum:
    case Op::Maximum:
    case Op::Sign:
    case Op::DivideRound:
    case Op::NonZero:
    case Op::NonNegative:
    case Op::Fits:
    case Op::Less:
    case Op::AtMost:
    case Op::Equal:
    case Op::InClass:
    case Op::And:
    case Op::Or:
    case Op::Not:
    case Op::AtLeastOf:
    case Op::ChooseFirst:
    case Op::ChooseUnique:
    case Op::ChooseExclusive:
    case Op::ChooseHighest:
    case Op::ChooseSum:
    case Op::OrElse: return true;
    case Op::ScaleUp: return node.immediate <= most_digits;
    case Op::RoundDecimal: return node.immediate / 4 <= most_digits;
    case Op::ReduceNumerator:
    case Op::ReduceDenominator:
    case Op::AddMonths:
    case Op::YearOf:
    case Op::MonthOf: return false;
  }
  return false;
}

template <class Value> constexpr int width_of = sizeof(Value) / sizeof(std::int64_t);

// Most wide numerators are small by the time they are divided, and 128 bits divide slowly.
template <class Value> Value divided(Value n, Value d, Rounding rounding) {
  if constexpr (width_of<Value> == 2)
    if (auto const narrow_n = to_int64(n), narrow_d = to_int64(d); narrow_n && narrow_d)
      if (*narrow_d != -1) return divide_round(*narrow_n, *narrow_d, rounding);
  return divide_round(n, d, rounding);
}

}  // namespace

std::optional<RowProgram> RowProgram::make(plan::Plan const& plan, plan::Shape const& shape) {
  RowProgram made;
  made.input_count_ = shape.input_count;
  made.constant_widths_ = plan::constant_widths(plan, shape);
  auto const nodes = plan::rows_of(shape.nodes, plan.nodes);
  made.register_count_ = shape.input_count + shape.constant_count + nodes.size();
  for (std::uint32_t place = 0; place < nodes.size(); ++place)
    if (!made.add_node(plan, nodes[place], place)) return std::nullopt;
  return made;
}

bool RowProgram::add_node(plan::Plan const& plan, plan::Node const& node, std::uint32_t place) {
  if (!can_run(node) || node.width > 2) return false;
  width_of_.push_back(node.width);
  auto const constants = static_cast<std::uint32_t>(constant_widths_.size());
  if (node.op == Op::Input || node.op == Op::Constant) {
    auto const first = node.op == Op::Input ? 0U : input_count_;
    place_of_.push_back(first + static_cast<std::uint32_t>(node.immediate));
    return true;
  }
  place_of_.push_back(input_count_ + constants + place);
  Step step;
  step.op = node.op;
  step.out = place_of_.back();
  step.operands = static_cast<std::uint32_t>(operands_.size());
  step.operand_count = node.operand_count;
  step.immediate = node.immediate;
  if (node.op == Op::InClass) step.immediate += input_count_;
  if (node.op == Op::ScaleUp) step.power = power_of_ten<1>(node.immediate);
  if (node.op == Op::RoundDecimal) step.power = power_of_ten<1>(node.immediate / 4);
  // What is computed in the width of its widest operand is exact before it is kept in its own.
  auto widest = node.width;
  std::uint32_t k = 0;
  for (auto operand : plan::operands_of(plan, node)) {
    operands_.push_back(place_of_[operand]);
    if (!is_choice_condition(node, k++)) widest = std::max(widest, width_of_[operand]);
  }
  step.is_wide = widest == 2;
  step.cut = step.is_wide && node.width == 1;
  steps_.push_back(step);
  return true;
}

template <class Value> bool RowProgram::run_step(Step const& step, Int128* registers) const {
  constexpr int width = width_of<Value>;
  auto const* operands = operands_.data() + step.operands;
  auto const count = step.operand_count;
  auto const at = [&](std::uint32_t k) { return static_cast<Value>(registers[operands[k]]); };
  auto const holds = [&](std::uint32_t k) { return registers[operands[k]] != 0; };
  auto const give = [&](Value value) {
    registers[step.out] = step.cut ? static_cast<Int128>(static_cast<std::int64_t>(value)) : static_cast<Int128>(value);
    return true;
  };
  auto const fold = [&](auto combine) {
    auto value = at(0);
    for (std::uint32_t k = 1; k < count; ++k) value = combine(value, at(k));
    return give(value);
  };
  auto const choices = count / 2;
  bool const has_otherwise = count % 2 == 1;
  auto const otherwise = [&] { return has_otherwise && give(at(count - 1)); };

  switch (step.op) {
    case Op::Add: return fold([](Value a, Value b) { return add<width>(a, b); });
    case Op::Subtract: return give(subtract<width>(at(0), at(1)));
    case Op::Multiply: return fold([](Value a, Value b) { return multiply<width>(a, b); });
    case Op::Minimum: return fold([](Value a, Value b) { return b < a ? b : a; });
    case Op::Maximum: return fold([](Value a, Value b) { return a < b ? b : a; });
    case Op::Negate: return give(subtract<width>(Value{0}, at(0)));
    case Op::Absolute: return give(at(0) < 0 ? subtract<width>(Value{0}, at(0)) : at(0));
    case Op::Sign: return give(at(0) > 0 ? 1 : at(0) < 0 ? -1 : 0);
    case Op::ScaleUp: return give(multiply<width>(at(0), step.power));
    case Op::DivideRound:
      return at(1) != 0 && give(divided<Value>(at(0), at(1), static_cast<Rounding>(step.immediate)));
    case Op::RoundDecimal: return give(divided<Value>(at(0), step.power, static_cast<Rounding>(step.immediate % 4)));
    case Op::NonZero: return at(0) != 0 && give(at(0));
    case Op::NonNegative: return at(0) >= 0 && give(at(0));
    case Op::Fits: return at(1) <= at(0) && at(0) <= at(2) && give(at(0));
    case Op::OrElse: return give(at(0));
    case Op::Less: return give(at(0) < at(1) ? 1 : 0);
    case Op::AtMost: return give(at(0) <= at(1) ? 1 : 0);
    case Op::Equal: return give(at(0) == at(1) ? 1 : 0);
    case Op::Not: return give(holds(0) ? 0 : 1);
    case Op::And:
    case Op::Or:
    case Op::AtLeastOf: {
      std::int64_t held = 0;
      for (std::uint32_t k = 0; k < count; ++k) held += holds(k) ? 1 : 0;
      auto const least = step.op == Op::And ? count : step.op == Op::Or ? 1 : step.immediate;
      return give(held >= least ? 1 : 0);
    }
    case Op::ChooseFirst:
      for (std::uint32_t k = 0; k < choices; ++k)
        if (holds(2 * k)) return give(at(2 * k + 1));
      return otherwise();
    case Op::ChooseUnique:
    case Op::ChooseExclusive: {
      std::uint32_t taken = 0, held = 0;
      for (std::uint32_t k = 0; k < choices; ++k) {
        if (!holds(2 * k)) continue;
        taken = 2 * k + 1;
        ++held;
      }
      if (held == 0) return otherwise();
      return held == 1 && give(at(taken));
    }
    case Op::ChooseHighest:
    case Op::ChooseSum: {
      std::optional<Value> made;
      for (std::uint32_t k = 0; k < choices; ++k) {
        if (!holds(2 * k)) continue;
        auto const value = at(2 * k + 1);
        if (!made)
          made = value;
        else
          made = step.op == Op::ChooseSum ? add<width>(*made, value) : std::max<Value>(*made, value);
      }
      return made ? give(*made) : otherwise();
    }
    case Op::InClass:
    case Op::Input:
    case Op::Constant:
    case Op::ReduceNumerator:
    case Op::ReduceDenominator:
    case Op::AddMonths:
    case Op::YearOf:
    case Op::MonthOf: break;
  }
  return false;
}

std::optional<Int128> RowProgram::run(Int128* registers, ClassTable const* class_tables) const {
  for (auto const& step : steps_) {
    if (step.op == Op::InClass) {
      auto const& set = class_tables[static_cast<std::size_t>(registers[step.immediate])];
      auto const id = static_cast<std::uint64_t>(registers[operands_[step.operands]]);
      std::uint8_t const member = id < static_cast<std::uint64_t>(set.size) ? set.member[id] : std::uint8_t{0};
      if (member == 2) return std::nullopt;
      registers[step.out] = member;
      continue;
    }
    if (!(step.is_wide ? run_step<Int128>(step, registers) : run_step<std::int64_t>(step, registers)))
      return std::nullopt;
  }
  return registers[place_of_.back()];
}

}  // namespace huiyu::engine
