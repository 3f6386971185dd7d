// Division in IR without library calls: LLVM turns a 128-bit udiv into __udivti3.
#pragma once

#include <llvm/IR/IRBuilder.h>

#include "runtime/base/wide.h"

namespace huiyu::codegen {

using Builder = llvm::IRBuilder<>;

// What the machine divides by one instruction. Tests take fewer bits, so that every path is tried on every number.
inline constexpr unsigned machine_word_bits = 64;

// n ÷ d of unsigned integers of one type, its bits a power of two; d is not 0. Adds blocks where it must.
llvm::Value* divide_unsigned(Builder& builder, llvm::Value* n, llvm::Value* d, unsigned word_bits = machine_word_bits);

// n ÷ d for n ≤ 2^(bits − 1) and a constant d that is no power of two.
llvm::Value* divide_by_constant(Builder& builder, llvm::Value* n, llvm::APInt const& d,
                                unsigned word_bits = machine_word_bits);

// The greatest common divisor of unsigned integers of one type; b is not 0.
llvm::Value* greatest_common_divisor(Builder& builder, llvm::Value* a, llvm::Value* b,
                                     unsigned word_bits = machine_word_bits);

// Both values are at hand and neither is likely: LLVM must not make a branch of it.
llvm::Value* choose(Builder& builder, llvm::Value* condition, llvm::Value* yes, llvm::Value* no);

// |value| as an unsigned integer, for the smallest value too.
llvm::Value* magnitude(Builder& builder, llvm::Value* value);

// −value where `negative` (i1), else value.
llvm::Value* with_sign(Builder& builder, llvm::Value* value, llvm::Value* negative);

// The quotient of magnitudes n and d, rounded as runtime/base/wide.h defines each mode, with its sign: `quotient` is
// n ÷ d cut off, `negative` (i1) whether the exact quotient is below zero.
llvm::Value* round_quotient(Builder& builder, llvm::Value* quotient, llvm::Value* n, llvm::Value* d,
                            llvm::Value* negative, Rounding rounding);

}  // namespace huiyu::codegen
