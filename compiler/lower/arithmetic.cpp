// Sums, products, quotients, caps and rounding.

#include "compiler/lower/expressions.h"

namespace huiyu::lower {

Value Expressions::of(tir::Arithmetic const& e) {
  auto const left = number(e.left), right = number(e.right);
  switch (e.op) {
    case tir::ArithmeticOp::Add: return {plan::none, numbers_.add(left, right, false)};
    case tir::ArithmeticOp::Subtract: return {plan::none, numbers_.add(left, right, true)};
    case tir::ArithmeticOp::Multiply: return {plan::none, numbers_.multiply(left, right)};
    case tir::ArithmeticOp::Divide: return {plan::none, numbers_.divide(left, right)};
  }
  return {};
}

Value Expressions::of(tir::Negate const& e) { return {plan::none, numbers_.negate(number(e.operand))}; }

// The first entry of an ordered enumeration is the highest, and has the least index.
Value Expressions::of(tir::Pick const& e, types::Type const& type) {
  bool const greater = (e.op == tir::PickOp::Highest) != (type.kind == types::Kind::Enumeration);
  auto picked = number(e.operands.front());
  for (std::size_t i = 1; i < e.operands.size(); ++i) picked = numbers_.extreme(picked, number(e.operands[i]), greater);
  return {plan::none, picked};
}

Value Expressions::of(tir::Cap const& e) {
  return {plan::none, numbers_.extreme(number(e.operand), number(e.bound), !e.at_most)};
}

Value Expressions::of(tir::Round const& e) { return {plan::none, numbers_.round(number(e.operand), e.digits, e.mode)}; }

// Upwards is towards the first entry. The steps are whole: the checker asks for a count.
Value Expressions::of(tir::Shift const& e, types::Type const& type) {
  auto const last = static_cast<std::int64_t>(lowerer_.program().enumerations[type.enumeration].entries.size()) - 1;
  auto const steps = numbers_.round(number(e.steps), 0, Rounding::Down);
  auto index = numbers_.add(number(e.operand), steps, true);
  index = numbers_.extreme(index, Arithmetic::literal(0), true);
  return {plan::none, numbers_.extreme(index, Arithmetic::literal(BigRational(BigInt(last))), false)};
}

}  // namespace huiyu::lower
