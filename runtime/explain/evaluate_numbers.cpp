#include "runtime/base/civil.h"
#include "runtime/explain/evaluate.h"
#include "runtime/explain/fractions.h"

namespace huiyu::explain {

using plan::ExplainOp;

Value Evaluator::arithmetic(Node const& node, Finding const& finding) const {
  std::vector<Value const*> operands;
  for (auto one : finding.children) operands.push_back(&value(one));
  // A divisor of 0 is an error even where the dividend is missing: whatever it is, there is no quotient.
  if (node.op == ExplainOp::Divide && operands[0]->state == State::Unknown && operands[1]->known() &&
      operands[1]->number == 0)
    return Value::error(Fault::DivisionByZero);
  if (auto const state = strict_state(operands); !state.known()) return state;
  auto result = operands[0]->number;
  if (node.op == ExplainOp::Negate) return Value::of(-result);
  for (std::size_t i = 1; i < operands.size(); ++i) {
    auto const& next = operands[i]->number;
    if (node.op == ExplainOp::Add) result = sum(result, next);
    if (node.op == ExplainOp::Subtract) result = difference(result, next);
    if (node.op == ExplainOp::Multiply) result = product(result, next);
    if (node.op != ExplainOp::Divide) continue;
    if (next == 0) return Value::error(Fault::DivisionByZero);
    result /= next;
  }
  return Value::of(std::move(result));
}

Value Evaluator::pick(Node const& node, Finding const& finding, bool highest) const {
  std::vector<Value const*> operands;
  for (auto one : finding.children) operands.push_back(&value(one));
  if (auto const state = strict_state(operands); !state.known()) return state;
  auto const* best = operands[0];
  for (auto const* next : operands)
    if (highest ? ranks_below(node.kind, *best, *next) : ranks_below(node.kind, *next, *best)) best = next;
  return *best;
}

// A year or month, moved; years 1 to 9999.
Value Evaluator::offset(Node const& node, Finding const& finding) const {
  auto const& period = child(finding, 0);
  if (!period.known()) return period;
  BigInt const moved = numerator(period.number) + node.number;
  std::int64_t const unit = node.kind == plan::ValueKind::Month ? 12 : 1;
  if (moved < first_year * unit || moved >= (last_year + 1) * unit) return Value::error(Fault::OutsideCalendar);
  return Value::of(BigRational(moved));
}

Value Evaluator::round(Node const& node, Finding const& finding) const {
  auto const& operand = child(finding, 0);
  if (!operand.known()) return operand;
  return Value::of(round_to(operand.number, node.scale, node.number));
}

BigRational round_to(BigRational const& number, int digits, std::int64_t rounding) {
  auto const unit = scaled(1, digits);  // 10^-digits
  BigRational const units = number / unit;
  BigInt const above = numerator(units), below = denominator(units);
  if (rounding == plan::round_to_floor) return BigRational(floor_div(above, below)) * unit;
  return BigRational(divide_round(above, below, static_cast<Rounding>(rounding))) * unit;
}

}  // namespace huiyu::explain
