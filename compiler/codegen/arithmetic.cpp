#include "compiler/codegen/emitter.h"
#include "runtime/base/check.h"
#include "runtime/base/wide.h"

namespace huiyu::codegen {

using llvm::ConstantInt;
using plan::Op;

// Widths are proved by the checker, so nothing here overflows on a valid row; an invalid row may hold anything and wraps.
Value Emitter::arithmetic(plan::Node const& node) {
  auto* type = type_of(node);
  auto all = operands(node);
  auto* result = widen(all[0].value, type);
  auto* valid = all[0].valid;
  for (std::size_t i = 1; i < all.size(); ++i) {
    auto* next = widen(all[i].value, type);
    valid = builder_.CreateAnd(valid, all[i].valid);
    if (node.op == Op::Add) result = builder_.CreateAdd(result, next);
    else if (node.op == Op::Subtract) result = builder_.CreateSub(result, next);
    else if (node.op == Op::Multiply) result = builder_.CreateMul(result, next);
    else if (node.op == Op::Minimum) result = builder_.CreateSelect(builder_.CreateICmpSLT(next, result), next, result);
    else if (node.op == Op::Maximum) result = builder_.CreateSelect(builder_.CreateICmpSGT(next, result), next, result);
    else HUIYU_CHECK(false, "not an arithmetic operation");
  }
  return {result, valid};
}

Value Emitter::sign(plan::Node const& node) {
  auto* type = type_of(node);
  auto all = operand(node, 0);
  auto* zero = ConstantInt::get(all.value->getType(), 0);
  auto* below = builder_.CreateICmpSLT(all.value, zero);
  // Widened first: the smallest integer of the narrow type has no negative there.
  auto* value = widen(all.value, type);
  if (node.op == Op::Negate) return {builder_.CreateNeg(value), all.valid};
  if (node.op == Op::Absolute) return {builder_.CreateSelect(below, builder_.CreateNeg(value), value), all.valid};
  HUIYU_CHECK(node.op == Op::Sign, "not an operation on the sign");
  auto* positive = builder_.CreateZExt(builder_.CreateICmpSGT(all.value, zero), type);
  return {builder_.CreateOr(positive, builder_.CreateSExt(below, type)), all.valid};
}

Value Emitter::guarded(plan::Node const& node) {
  auto value = operand(node, 0);
  auto* zero = ConstantInt::get(value.value->getType(), 0);
  if (node.op == Op::NonZero) value.valid = builder_.CreateAnd(value.valid, builder_.CreateICmpNE(value.value, zero));
  if (node.op == Op::NonNegative) value.valid = builder_.CreateAnd(value.valid, builder_.CreateICmpSGE(value.value, zero));
  if (node.op == Op::Fits) {
    for (std::uint32_t bound : {1U, 2U}) {
      auto limit = operand(node, bound);
      auto [left, right] = common(value, limit);
      auto* inside = bound == 1 ? builder_.CreateICmpSGE(left, right) : builder_.CreateICmpSLE(left, right);
      value.valid = builder_.CreateAnd(value.valid, builder_.CreateAnd(inside, limit.valid));
    }
  }
  value.value = widen(value.value, type_of(node));
  return value;
}

Value Emitter::compare(plan::Node const& node) {
  auto a = operand(node, 0), b = operand(node, 1);
  auto* valid = builder_.CreateAnd(a.valid, b.valid);
  auto [left, right] = common(a, b);
  if (node.op == Op::Less) return {builder_.CreateICmpSLT(left, right), valid};
  if (node.op == Op::AtMost) return {builder_.CreateICmpSLE(left, right), valid};
  HUIYU_CHECK(node.op == Op::Equal, "not a comparison");
  return {builder_.CreateICmpEQ(left, right), valid};
}

// Unsigned quotient of 128-bit numbers without a library call: one machine division where both fit 64 bits (nearly always),
// else long division bit by bit.
llvm::Value* Emitter::divide_unsigned(llvm::Value* numerator, llvm::Value* denominator) {
  auto& context = kernel_.getContext();
  auto* wide = numerator->getType();
  auto* narrow = builder_.getInt64Ty();
  auto* quick = llvm::BasicBlock::Create(context, "divide.quick", &kernel_);
  auto* slow = llvm::BasicBlock::Create(context, "divide.slow", &kernel_);
  auto* done = llvm::BasicBlock::Create(context, "divide.done", &kernel_);

  auto* high = builder_.CreateLShr(builder_.CreateOr(numerator, denominator), ConstantInt::get(wide, 64));
  builder_.CreateCondBr(builder_.CreateICmpEQ(high, ConstantInt::get(wide, 0)), quick, slow);

  builder_.SetInsertPoint(quick);
  auto* short_quotient = builder_.CreateZExt(builder_.CreateUDiv(builder_.CreateTrunc(numerator, narrow), builder_.CreateTrunc(denominator, narrow)), wide);
  builder_.CreateBr(done);

  builder_.SetInsertPoint(slow);
  auto* entry = builder_.GetInsertBlock();
  auto* loop = llvm::BasicBlock::Create(context, "divide.bit", &kernel_, done);
  builder_.CreateBr(loop);
  builder_.SetInsertPoint(loop);
  auto* bit = builder_.CreatePHI(wide, 2);
  auto* remainder = builder_.CreatePHI(wide, 2);
  auto* quotient = builder_.CreatePHI(wide, 2);
  bit->addIncoming(ConstantInt::get(wide, 127), entry);
  remainder->addIncoming(ConstantInt::get(wide, 0), entry);
  quotient->addIncoming(ConstantInt::get(wide, 0), entry);
  auto* next_bit = builder_.CreateAnd(builder_.CreateLShr(numerator, bit), ConstantInt::get(wide, 1));
  auto* shifted = builder_.CreateOr(builder_.CreateShl(remainder, 1), next_bit);
  auto* fits = builder_.CreateICmpUGE(shifted, denominator);
  auto* next_remainder = builder_.CreateSelect(fits, builder_.CreateSub(shifted, denominator), shifted);
  auto* next_quotient = builder_.CreateOr(builder_.CreateShl(quotient, 1), builder_.CreateZExt(fits, wide));
  auto* next_place = builder_.CreateSub(bit, ConstantInt::get(wide, 1));
  bit->addIncoming(next_place, loop);
  remainder->addIncoming(next_remainder, loop);
  quotient->addIncoming(next_quotient, loop);
  builder_.CreateCondBr(builder_.CreateICmpEQ(bit, ConstantInt::get(wide, 0)), done, loop);

  builder_.SetInsertPoint(done);
  auto* result = builder_.CreatePHI(wide, 2);
  result->addIncoming(short_quotient, quick);
  result->addIncoming(next_quotient, loop);
  return result;
}

// The quotient toward zero, then one away from zero where the rounding says so (runtime/base/wide.h defines each mode).
// Magnitudes stay below 2^(bits − 1): the smallest integer of a width is never a value of a proved range.
Value Emitter::divide_round(plan::Node const& node) {
  auto numerator = operand(node, 0), denominator = operand(node, 1);
  auto [n, d] = common(numerator, denominator);
  auto* type = n->getType();
  auto* zero = ConstantInt::get(type, 0);
  auto* one = ConstantInt::get(type, 1);
  auto* valid = builder_.CreateAnd(builder_.CreateAnd(numerator.valid, denominator.valid), builder_.CreateICmpNE(d, zero));
  // An invalid row may hold a pair that traps.
  n = builder_.CreateSelect(valid, n, zero);
  d = builder_.CreateSelect(valid, d, one);
  auto* negative = builder_.CreateXor(builder_.CreateICmpSLT(n, zero), builder_.CreateICmpSLT(d, zero));
  auto* magnitude = builder_.CreateSelect(builder_.CreateICmpSLT(n, zero), builder_.CreateNeg(n), n);
  auto* divisor = builder_.CreateSelect(builder_.CreateICmpSLT(d, zero), builder_.CreateNeg(d), d);
  auto* quotient = type->isIntegerTy(64) ? builder_.CreateUDiv(magnitude, divisor) : divide_unsigned(magnitude, divisor);
  auto* remainder = builder_.CreateSub(magnitude, builder_.CreateMul(quotient, divisor));
  auto* rest = builder_.CreateSub(divisor, remainder);
  auto* inexact = builder_.CreateICmpNE(remainder, zero);
  auto* past_half = builder_.CreateICmpUGT(remainder, rest);
  auto* half = builder_.CreateICmpEQ(remainder, rest);
  llvm::Value* away = builder_.getFalse();
  switch (static_cast<Rounding>(node.immediate)) {
    case Rounding::Down: break;
    case Rounding::Up: away = inexact; break;
    case Rounding::HalfUp: away = builder_.CreateOr(past_half, builder_.CreateAnd(half, builder_.CreateNot(negative))); break;
    case Rounding::HalfEven: away = builder_.CreateOr(past_half, builder_.CreateAnd(half, builder_.CreateTrunc(quotient, builder_.getInt1Ty()))); break;
  }
  away = builder_.CreateAnd(away, inexact);
  auto* rounded = builder_.CreateAdd(quotient, builder_.CreateZExt(away, type));
  auto* result = builder_.CreateSelect(negative, builder_.CreateNeg(rounded), rounded);
  return {widen(result, type_of(node)), valid};
}

}  // namespace huiyu::codegen
