#include "compiler/codegen/emitter.h"
#include "runtime/plan/rows.h"
#include "runtime/plan/state.h"

namespace huiyu::codegen {

using llvm::APInt;
using llvm::ConstantInt;
using plan::Op;

APInt power_of_ten(std::int64_t n) {
  APInt power(512, 1), ten(512, 10);
  for (std::int64_t i = 0; i < n; ++i) power *= ten;
  return power;
}

Value Emitter::divide_round(plan::Node const& node) {
  auto* type = working_type(node);
  auto* n = resize(operand(node, 0).value, type);
  auto* d = resize(operand(node, 1).value, type);
  // Whatever the numerator is, over 0 there is no quotient.
  auto* below = checked(operand(node, 1).state, builder_.CreateICmpNE(d, zero_of(d)));
  auto* stands = builder_.CreateOr(operand(node, 0).state, below);
  // An undecided row may hold a pair that traps.
  auto* known = state_is(stands, state::known);
  d = choose(builder_, known, d, ConstantInt::get(type, 1));
  n = choose(builder_, known, n, zero_of(n));
  auto* negative = builder_.CreateXor(builder_.CreateICmpSLT(n, zero_of(n)), builder_.CreateICmpSLT(d, zero_of(d)));
  n = magnitude(builder_, n);
  d = magnitude(builder_, d);
  auto* quotient = divide_unsigned(builder_, n, d);
  auto* rounded = round_quotient(builder_, quotient, n, d, negative, static_cast<Rounding>(node.immediate));
  return {resize(rounded, type_of(node)), stands};
}

// ÷ 10^n in the operand's own width, which holds the quotient.
Value Emitter::round_decimal(plan::Node const& node) {
  auto [value, stands] = operand(node, 0);
  auto* type = llvm::cast<llvm::IntegerType>(value->getType());
  auto const rounding = static_cast<Rounding>(node.immediate % 4);
  auto const power = power_of_ten(node.immediate / 4);
  auto* negative = builder_.CreateICmpSLT(value, zero_of(value));
  auto* n = with_sign(builder_, value, negative);
  llvm::Value* rounded = nullptr;
  if (power.getActiveBits() > type->getBitWidth()) {
    // More than twice any magnitude: every mode but one gives 0.
    auto* away = rounding == Rounding::Up ? builder_.CreateICmpNE(value, zero_of(value)) : builder_.getFalse();
    rounded = with_sign(builder_, builder_.CreateZExt(away, type), negative);
  } else {
    auto const divisor = power.trunc(type->getBitWidth());
    auto* quotient = divide_by_constant(builder_, n, divisor);
    rounded = round_quotient(builder_, quotient, n, ConstantInt::get(type, divisor), negative, rounding);
  }
  return {resize(rounded, type_of(node)), stands};
}

Value Emitter::reduce(plan::Node const& node) {
  auto* type = working_type(node);
  auto* n = resize(operand(node, 0).value, type);
  auto* d = resize(operand(node, 1).value, type);
  auto* stands = checked(strict_state(node), builder_.CreateICmpSGT(d, zero_of(d)));
  auto* known = state_is(stands, state::known);
  auto* one = ConstantInt::get(type, 1);
  // Both halves of a fraction ask for the same divisor.
  auto const places = plan::operands_of(plan_, node);
  auto& divisor = divisors_[{places[0], places[1], type->getBitWidth()}];
  if (divisor == nullptr) {
    auto* safe_n = choose(builder_, known, magnitude(builder_, n), one);
    divisor = greatest_common_divisor(builder_, safe_n, choose(builder_, known, d, one));
  }
  auto* whole = node.op == Op::ReduceNumerator ? n : d;
  auto* negative = builder_.CreateICmpSLT(whole, zero_of(whole));
  auto* part = divide_unsigned(builder_, with_sign(builder_, whole, negative), divisor);
  return {resize(with_sign(builder_, part, negative), type_of(node)), stands};
}

}  // namespace huiyu::codegen
