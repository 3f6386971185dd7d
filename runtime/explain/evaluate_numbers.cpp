#include "runtime/base/civil.h"
#include "runtime/explain/evaluate.h"

namespace huiyu::explain {

using plan::ExplainOp;

Value Evaluator::arithmetic(Node const& node, Finding const& finding) const {
  // A divisor of 0 is an error even where the dividend is missing: whatever it is, there is no quotient.
  if (node.op == ExplainOp::Divide && child(finding, 0).state == State::Unknown && child(finding, 1).known() &&
      child(finding, 1).number == 0)
    return Value::error(Fault::DivisionByZero);
  if (auto state = strict(finding); !state.known()) return state;
  auto result = child(finding, 0).number;
  if (node.op == ExplainOp::Negate) return Value::of(-result);
  for (std::size_t i = 1; i < finding.children.size(); ++i) {
    auto const& next = child(finding, i).number;
    if (node.op == ExplainOp::Add) result = result + next;
    if (node.op == ExplainOp::Subtract) result = result - next;
    if (node.op == ExplainOp::Multiply) result = result * next;
    if (node.op != ExplainOp::Divide) continue;
    if (next == 0) return Value::error(Fault::DivisionByZero);
    result = result / next;
  }
  return Value::of(std::move(result));
}

Value Evaluator::pick(Node const& node, Finding const& finding, bool highest) const {
  if (auto state = strict(finding); !state.known()) return state;
  auto const* best = &child(finding, 0);
  for (auto const one : finding.children) {
    auto const& next = value(one);
    if (highest ? ranks_below(node.kind, *best, next) : ranks_below(node.kind, next, *best)) best = &next;
  }
  return *best;
}

// A year or month, moved; years 1 to 9999.
Value Evaluator::offset(Node const& node, Value const& period) {
  if (!period.known()) return period;
  auto const moved = period.number + Exact(node.number);
  std::int64_t const unit = node.kind == plan::ValueKind::Month ? 12 : 1;
  if (moved < first_year * unit || moved >= (last_year + 1) * unit) return Value::error(Fault::OutsideCalendar);
  return Value::of(moved);
}

Value Evaluator::round(Node const& node, Finding const& finding) const {
  auto const& operand = child(finding, 0);
  if (!operand.known()) return operand;
  return Value::of(round_to(operand.number, node.scale, node.number));
}

Exact round_to(Exact const& number, int digits, std::int64_t rounding) {
  auto const unit = scaled(1, digits);  // 10^-digits
  auto const units = number / unit;
  if (units.integer()) return number;
  BigInt const above = numerator(units), below = denominator(units);
  if (rounding == plan::round_to_floor) return Exact(floor_div(above, below)) * unit;
  return Exact(divide_round(above, below, static_cast<Rounding>(rounding))) * unit;
}

}  // namespace huiyu::explain
