#include "compiler/codegen/emitter.h"
#include "runtime/base/check.h"

// Widths are proved by the checker, so nothing here overflows on a known row; on an undecided one numbers wrap around.

namespace huiyu::codegen {

using llvm::ConstantInt;
using llvm::Intrinsic::smax;
using llvm::Intrinsic::smin;
using plan::Op;

Value Emitter::fold(plan::Node const& node) {
  auto* type = working_type(node);
  auto* result = resize(operand(node, 0).value, type);
  for (std::uint32_t k = 1; k < node.operand_count; ++k) {
    auto* next = resize(operand(node, k).value, type);
    if (node.op == Op::Add)
      result = builder_.CreateAdd(result, next);
    else if (node.op == Op::Multiply)
      result = builder_.CreateMul(result, next);
    else
      result = builder_.CreateBinaryIntrinsic(node.op == Op::Minimum ? smin : smax, result, next);
  }
  return {resize(result, type_of(node)), strict_state(node)};
}

Value Emitter::subtract(plan::Node const& node) {
  auto* type = working_type(node);
  auto* result = builder_.CreateSub(resize(operand(node, 0).value, type), resize(operand(node, 1).value, type));
  return {resize(result, type_of(node)), strict_state(node)};
}

// A factor that the width cannot hold fits nothing but 0; the interpreter multiplies by 0 then, and so do we.
Value Emitter::scale_up(plan::Node const& node) {
  auto* type = working_type(node);
  unsigned const bits = type->getBitWidth();
  auto const factor = power_of_ten(node.immediate);
  bool const held = factor.getActiveBits() < bits;
  auto* scaled = builder_.CreateMul(resize(operand(node, 0).value, type),
                                    ConstantInt::get(type, held ? factor.trunc(bits) : llvm::APInt(bits, 0)));
  return {resize(scaled, type_of(node)), strict_state(node)};
}

Value Emitter::change_sign(plan::Node const& node) {
  // Widened first: the smallest integer of a narrow type has no opposite there.
  auto* value = resize(operand(node, 0).value, working_type(node));
  auto* negative = builder_.CreateICmpSLT(value, zero_of(value));
  llvm::Value* result = nullptr;
  if (node.op == Op::Negate)
    result = builder_.CreateNeg(value);
  else if (node.op == Op::Absolute)
    result = with_sign(builder_, value, negative);
  else {
    auto* positive = builder_.CreateICmpSGT(value, zero_of(value));
    result = builder_.CreateSub(builder_.CreateZExt(positive, value->getType()),
                                builder_.CreateZExt(negative, value->getType()));
  }
  return {resize(result, type_of(node)), operand(node, 0).state};
}

Value Emitter::guard(plan::Node const& node) {
  auto [value, state] = operand(node, 0);
  auto* holds = node.op == Op::NonZero ? builder_.CreateICmpNE(value, zero_of(value))
                                       : builder_.CreateICmpSGE(value, zero_of(value));
  return {resize(value, type_of(node)), checked(state, holds)};
}

Value Emitter::fits(plan::Node const& node) {
  auto* type = working_type(node);
  auto* value = resize(operand(node, 0).value, type);
  auto* inside = builder_.CreateAnd(builder_.CreateICmpSGE(value, resize(operand(node, 1).value, type)),
                                    builder_.CreateICmpSLE(value, resize(operand(node, 2).value, type)));
  return {resize(value, type_of(node)), checked(strict_state(node), inside)};
}

Value Emitter::compare(plan::Node const& node) {
  auto* type = working_type(node);
  auto* left = resize(operand(node, 0).value, type);
  auto* right = resize(operand(node, 1).value, type);
  auto* state = strict_state(node);
  if (node.op == Op::Less) return {builder_.CreateICmpSLT(left, right), state};
  if (node.op == Op::AtMost) return {builder_.CreateICmpSLE(left, right), state};
  HUIYU_CHECK(node.op == Op::Equal, "not a comparison");
  return {builder_.CreateICmpEQ(left, right), state};
}

}  // namespace huiyu::codegen
