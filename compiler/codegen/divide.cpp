#include "compiler/codegen/divide.h"

#include <utility>

#include <llvm/IR/Function.h>

#include "runtime/base/check.h"

namespace huiyu::codegen {

namespace {

using llvm::APInt;
using llvm::BasicBlock;
using llvm::ConstantInt;

BasicBlock* new_block(Builder& builder, char const* name) {
  return BasicBlock::Create(builder.getContext(), name, builder.GetInsertBlock()->getParent());
}

llvm::Value* leading_zeros(Builder& builder, llvm::Value* value) {
  return builder.CreateBinaryIntrinsic(llvm::Intrinsic::ctlz, value, builder.getFalse());
}

llvm::Value* trailing_zeros(Builder& builder, llvm::Value* value) {
  return builder.CreateBinaryIntrinsic(llvm::Intrinsic::cttz, value, builder.getFalse());
}

// Whether neither number needs the upper half of its bits.
llvm::Value* both_fit_half(Builder& builder, llvm::Value* a, llvm::Value* b) {
  auto* type = a->getType();
  auto* upper = builder.CreateLShr(builder.CreateOr(a, b), type->getIntegerBitWidth() / 2);
  return builder.CreateICmpEQ(upper, ConstantInt::get(type, 0));
}

// Two words (high < d) ÷ one word, digit by digit of half a word. With the divisor's top bit set, the estimate of a
// digit from the divisor's upper half is at most 2 too great (Knuth, The Art of Computer Programming, 4.3.1, theorem
// B).
llvm::Value* divide_two_words(Builder& builder, llvm::Value* high, llvm::Value* low, llvm::Value* d) {
  auto* word = d->getType();
  unsigned const bits = word->getIntegerBitWidth(), digit_bits = bits / 2;
  auto* wide = builder.getIntNTy(2 * bits);
  auto* shift = leading_zeros(builder, d);
  d = builder.CreateShl(d, shift);
  auto* n = builder.CreateOr(builder.CreateShl(builder.CreateZExt(high, wide), bits), builder.CreateZExt(low, wide));
  n = builder.CreateShl(n, builder.CreateZExt(shift, wide));
  auto* wide_d = builder.CreateZExt(d, wide);
  auto* upper_d = builder.CreateLShr(d, digit_bits);

  auto* rest = builder.CreateTrunc(builder.CreateLShr(n, bits), word);
  llvm::Value* quotient = ConstantInt::get(word, 0);
  for (unsigned place : {digit_bits, 0U}) {
    auto* next = builder.CreateAnd(builder.CreateTrunc(builder.CreateLShr(n, place), word),
                                   ConstantInt::get(word, APInt::getLowBitsSet(bits, digit_bits)));
    auto* digit = builder.CreateUDiv(rest, upper_d);
    auto* left =
        builder.CreateOr(builder.CreateShl(builder.CreateZExt(rest, wide), digit_bits), builder.CreateZExt(next, wide));
    left = builder.CreateSub(left, builder.CreateMul(builder.CreateZExt(digit, wide), wide_d));
    for (int correction = 0; correction < 2; ++correction) {
      auto* too_great = builder.CreateICmpSLT(left, ConstantInt::get(wide, 0));
      digit = builder.CreateSub(digit, builder.CreateZExt(too_great, word));
      left = choose(builder, too_great, builder.CreateAdd(left, wide_d), left);
    }
    quotient = builder.CreateOr(builder.CreateShl(quotient, digit_bits), digit);
    rest = builder.CreateTrunc(left, word);
  }
  return quotient;
}

// Long division bit by bit, from the first bit where the divisor may fit.
llvm::Value* divide_by_bits(Builder& builder, llvm::Value* n, llvm::Value* d) {
  auto* type = n->getType();
  auto* zero = ConstantInt::get(type, 0);
  auto* one = ConstantInt::get(type, 1);
  auto* distance = builder.CreateSub(leading_zeros(builder, d), leading_zeros(builder, n));
  distance = choose(builder, builder.CreateICmpULT(n, d), zero, distance);
  auto* first_divisor = builder.CreateShl(d, distance);

  auto* before = builder.GetInsertBlock();
  auto* loop = new_block(builder, "divide.bit");
  auto* done = new_block(builder, "divide.last");
  builder.CreateBr(loop);
  builder.SetInsertPoint(loop);
  auto* left = builder.CreatePHI(type, 2);
  auto* divisor = builder.CreatePHI(type, 2);
  auto* rest = builder.CreatePHI(type, 2);
  auto* quotient = builder.CreatePHI(type, 2);
  auto* fits = builder.CreateICmpUGE(rest, divisor);
  auto* next_rest = choose(builder, fits, builder.CreateSub(rest, divisor), rest);
  auto* next_quotient = builder.CreateOr(builder.CreateShl(quotient, 1), builder.CreateZExt(fits, type));
  std::pair<llvm::PHINode*, std::pair<llvm::Value*, llvm::Value*>> const steps[] = {
      {left, {distance, builder.CreateSub(left, one)}},
      {divisor, {first_divisor, builder.CreateLShr(divisor, 1)}},
      {rest, {n, next_rest}},
      {quotient, {zero, next_quotient}},
  };
  for (auto const& [phi, values] : steps) {
    phi->addIncoming(values.first, before);
    phi->addIncoming(values.second, loop);
  }
  builder.CreateCondBr(builder.CreateICmpEQ(left, zero), done, loop);
  builder.SetInsertPoint(done);
  return next_quotient;
}

// `quick` where both numbers fit half their bits, as they nearly always do, else `general`.
template <class Quick, class General>
llvm::Value* by_size(Builder& builder, llvm::Value* a, llvm::Value* b, Quick quick, General general) {
  auto* type = a->getType();
  auto* half = builder.getIntNTy(type->getIntegerBitWidth() / 2);
  auto* small_block = new_block(builder, "small");
  auto* large_block = new_block(builder, "large");
  auto* done = new_block(builder, "any.size");
  builder.CreateCondBr(both_fit_half(builder, a, b), small_block, large_block);
  builder.SetInsertPoint(small_block);
  auto* small = builder.CreateZExt(quick(builder.CreateTrunc(a, half), builder.CreateTrunc(b, half)), type);
  small_block = builder.GetInsertBlock();
  builder.CreateBr(done);
  builder.SetInsertPoint(large_block);
  auto* large = general(a, b);
  large_block = builder.GetInsertBlock();
  builder.CreateBr(done);
  builder.SetInsertPoint(done);
  auto* result = builder.CreatePHI(type, 2);
  result->addIncoming(small, small_block);
  result->addIncoming(large, large_block);
  return result;
}

// Of two words, where one of the numbers needs both.
llvm::Value* divide_large(Builder& builder, llvm::Value* n, llvm::Value* d) {
  auto* type = n->getType();
  unsigned const word_bits = type->getIntegerBitWidth() / 2;
  auto* word = builder.getIntNTy(word_bits);
  auto* short_block = new_block(builder, "divide.word");
  auto* long_block = new_block(builder, "divide.words");
  auto* done = new_block(builder, "divide.done");
  auto* upper = builder.CreateLShr(d, word_bits);
  builder.CreateCondBr(builder.CreateICmpEQ(upper, ConstantInt::get(type, 0)), short_block, long_block);

  builder.SetInsertPoint(short_block);
  auto* divisor = builder.CreateTrunc(d, word);
  auto* high = builder.CreateTrunc(builder.CreateLShr(n, word_bits), word);
  auto* high_quotient = builder.CreateUDiv(high, divisor);
  auto* rest = builder.CreateSub(high, builder.CreateMul(high_quotient, divisor));
  auto* low_quotient = divide_two_words(builder, rest, builder.CreateTrunc(n, word), divisor);
  auto* by_word = builder.CreateOr(builder.CreateShl(builder.CreateZExt(high_quotient, type), word_bits),
                                   builder.CreateZExt(low_quotient, type));
  builder.CreateBr(done);

  builder.SetInsertPoint(long_block);
  auto* by_words = divide_by_bits(builder, n, d);
  long_block = builder.GetInsertBlock();
  builder.CreateBr(done);

  builder.SetInsertPoint(done);
  auto* result = builder.CreatePHI(type, 2);
  result->addIncoming(by_word, short_block);
  result->addIncoming(by_words, long_block);
  return result;
}

// Stein's algorithm: no division, a bit or more a round.
llvm::Value* gcd_by_bits(Builder& builder, llvm::Value* a, llvm::Value* b) {
  auto* type = a->getType();
  auto* zero = ConstantInt::get(type, 0);
  a = choose(builder, builder.CreateICmpEQ(a, zero), b, a);
  auto* common = trailing_zeros(builder, builder.CreateOr(a, b));
  auto* first_b = builder.CreateLShr(b, trailing_zeros(builder, b));

  auto* before = builder.GetInsertBlock();
  auto* loop = new_block(builder, "gcd.round");
  auto* done = new_block(builder, "gcd.done");
  builder.CreateBr(loop);
  builder.SetInsertPoint(loop);
  auto* even = builder.CreatePHI(type, 2);  // not 0
  auto* odd = builder.CreatePHI(type, 2);
  auto* zeros = builder.CreateBinaryIntrinsic(llvm::Intrinsic::cttz, even, builder.getTrue());
  auto* other = builder.CreateLShr(even, zeros);
  auto* smaller = builder.CreateBinaryIntrinsic(llvm::Intrinsic::umin, other, odd);
  auto* greater = builder.CreateBinaryIntrinsic(llvm::Intrinsic::umax, other, odd);
  auto* difference = builder.CreateSub(greater, smaller);
  even->addIncoming(a, before);
  even->addIncoming(difference, loop);
  odd->addIncoming(first_b, before);
  odd->addIncoming(smaller, loop);
  builder.CreateCondBr(builder.CreateICmpEQ(difference, zero), done, loop);
  builder.SetInsertPoint(done);
  return builder.CreateShl(smaller, common);
}

}  // namespace

llvm::Value* divide_unsigned(Builder& builder, llvm::Value* n, llvm::Value* d, unsigned word_bits) {
  unsigned const bits = n->getType()->getIntegerBitWidth();
  if (bits <= word_bits) return builder.CreateUDiv(n, d);
  auto quick = [&](llvm::Value* small_n, llvm::Value* small_d) {
    return divide_unsigned(builder, small_n, small_d, word_bits);
  };
  auto general = [&](llvm::Value* large_n, llvm::Value* large_d) {
    return bits == 2 * word_bits ? divide_large(builder, large_n, large_d) : divide_by_bits(builder, large_n, large_d);
  };
  return by_size(builder, n, d, quick, general);
}

// n × M ÷ 2^s, where d has k bits, s = bits − 1 + k, and M is the least integer above 2^s ÷ d: M × d = 2^s + e with
// 0 < e < d < 2^k. The product exceeds n ÷ d by n × e ÷ 2^s ÷ d ≤ e ÷ 2^k ÷ d < 1 ÷ d, too little for the next integer.
llvm::Value* divide_by_constant(Builder& builder, llvm::Value* n, APInt const& d, unsigned word_bits) {
  unsigned const bits = n->getType()->getIntegerBitWidth();
  HUIYU_CHECK(d.getBitWidth() == bits && !d.isPowerOf2() && !d.isZero(), "a divisor without a reciprocal");
  if (bits <= word_bits) return builder.CreateUDiv(n, ConstantInt::get(n->getType(), d));
  if (bits > 4 * word_bits) return divide_unsigned(builder, n, ConstantInt::get(n->getType(), d), word_bits);
  unsigned const shift = bits - 1 + d.getActiveBits();
  APInt const factor = APInt::getOneBitSet(2 * bits, shift).udiv(d.zext(2 * bits)) + 1;
  auto* wide = builder.getIntNTy(2 * bits);
  auto* product = builder.CreateMul(builder.CreateZExt(n, wide), ConstantInt::get(wide, factor));
  return builder.CreateTrunc(builder.CreateLShr(product, shift), n->getType());
}

llvm::Value* greatest_common_divisor(Builder& builder, llvm::Value* a, llvm::Value* b, unsigned word_bits) {
  if (a->getType()->getIntegerBitWidth() <= word_bits) return gcd_by_bits(builder, a, b);
  auto quick = [&](llvm::Value* small_a, llvm::Value* small_b) {
    return greatest_common_divisor(builder, small_a, small_b, word_bits);
  };
  auto general = [&](llvm::Value* large_a, llvm::Value* large_b) { return gcd_by_bits(builder, large_a, large_b); };
  return by_size(builder, a, b, quick, general);
}

llvm::Value* choose(Builder& builder, llvm::Value* condition, llvm::Value* yes, llvm::Value* no) {
  auto* result = builder.CreateSelect(condition, yes, no);
  if (auto* instruction = llvm::dyn_cast<llvm::Instruction>(result))
    instruction->setMetadata(llvm::LLVMContext::MD_unpredictable, llvm::MDNode::get(builder.getContext(), {}));
  return result;
}

llvm::Value* magnitude(Builder& builder, llvm::Value* value) {
  return with_sign(builder, value, builder.CreateICmpSLT(value, ConstantInt::get(value->getType(), 0)));
}

llvm::Value* with_sign(Builder& builder, llvm::Value* value, llvm::Value* negative) {
  return choose(builder, negative, builder.CreateNeg(value), value);
}

llvm::Value* round_quotient(Builder& builder, llvm::Value* quotient, llvm::Value* n, llvm::Value* d,
                            llvm::Value* negative, Rounding rounding) {
  auto* type = n->getType();
  auto* rest = builder.CreateSub(n, builder.CreateMul(quotient, d));
  auto* to_next = builder.CreateSub(d, rest);
  auto* past_half = builder.CreateICmpUGT(rest, to_next);
  auto* half = builder.CreateICmpEQ(rest, to_next);
  llvm::Value* away = builder.getFalse();
  switch (rounding) {
    case Rounding::Down: break;
    case Rounding::Up: away = builder.CreateICmpNE(rest, ConstantInt::get(type, 0)); break;
    case Rounding::HalfUp:
      away = builder.CreateOr(past_half, builder.CreateAnd(half, builder.CreateNot(negative)));
      break;
    case Rounding::HalfEven:
      away = builder.CreateOr(past_half, builder.CreateAnd(half, builder.CreateTrunc(quotient, builder.getInt1Ty())));
      break;
  }
  auto* rounded = builder.CreateAdd(quotient, builder.CreateZExt(away, type));
  return with_sign(builder, rounded, negative);
}

}  // namespace huiyu::codegen
