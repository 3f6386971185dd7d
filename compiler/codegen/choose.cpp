#include "compiler/codegen/emitter.h"

namespace huiyu::codegen {

using plan::Op;

// From the last row back: a true condition takes its value, a false one what follows, an undecided one only what both agree on.
Value Emitter::choose_first(plan::Node const& node) {
  auto* type = type_of(node);
  bool const has_otherwise = node.operand_count % 2 == 1;
  Value rest = has_otherwise ? operand(node, node.operand_count - 1) : Value{llvm::UndefValue::get(type), builder_.getFalse()};
  if (!has_otherwise) rest.value = llvm::ConstantInt::get(type, 0);
  rest.value = widen(rest.value, type);
  for (std::uint32_t row = node.operand_count / 2; row-- > 0;) {
    auto condition = operand(node, 2 * row);
    auto value = operand(node, 2 * row + 1);
    value.value = widen(value.value, type);
    auto* same = builder_.CreateAnd(builder_.CreateAnd(value.valid, rest.valid), builder_.CreateICmpEQ(value.value, rest.value));
    auto* taken = builder_.CreateSelect(condition.value, value.valid, rest.valid);
    auto* valid = builder_.CreateSelect(condition.valid, taken, same);
    rest = {builder_.CreateSelect(condition.value, value.value, rest.value), valid};
    // Undecided and agreed: either value serves, they are equal.
  }
  return rest;
}

// At most one row may hold, and every condition must be decided.
Value Emitter::choose_unique(plan::Node const& node) {
  auto* type = type_of(node);
  bool const has_otherwise = node.operand_count % 2 == 1;
  Value result{llvm::ConstantInt::get(type, 0), builder_.getFalse()};
  if (has_otherwise) {
    result = operand(node, node.operand_count - 1);
    result.value = widen(result.value, type);
  }
  llvm::Value* decided = builder_.getTrue();
  llvm::Value* one = builder_.getFalse();
  llvm::Value* two = builder_.getFalse();
  for (std::uint32_t row = 0; row < node.operand_count / 2; ++row) {
    auto condition = operand(node, 2 * row);
    auto value = operand(node, 2 * row + 1);
    two = builder_.CreateOr(two, builder_.CreateAnd(one, condition.value));
    one = builder_.CreateOr(one, condition.value);
    decided = builder_.CreateAnd(decided, condition.valid);
    result = {builder_.CreateSelect(condition.value, widen(value.value, type), result.value),
              builder_.CreateSelect(condition.value, value.valid, result.valid)};
  }
  return {result.value, builder_.CreateAnd(result.valid, builder_.CreateAnd(decided, builder_.CreateNot(two)))};
}

// 就高 and 各档相加: over all rows that hold; none: the otherwise.
Value Emitter::choose_all(plan::Node const& node) {
  auto* type = type_of(node);
  bool const has_otherwise = node.operand_count % 2 == 1;
  Value otherwise{llvm::ConstantInt::get(type, 0), builder_.getFalse()};
  if (has_otherwise) otherwise = operand(node, node.operand_count - 1);
  llvm::Value* result = llvm::ConstantInt::get(type, 0);
  llvm::Value* any = builder_.getFalse();
  llvm::Value* valid = builder_.getTrue();
  for (std::uint32_t row = 0; row < node.operand_count / 2; ++row) {
    auto condition = operand(node, 2 * row);
    auto value = operand(node, 2 * row + 1);
    auto* wide = widen(value.value, type);
    auto* joined = node.op == Op::ChooseSum ? builder_.CreateAdd(result, wide)
                                            : builder_.CreateSelect(builder_.CreateICmpSGT(wide, result), wide, result);
    auto* next = builder_.CreateSelect(any, joined, wide);
    result = builder_.CreateSelect(condition.value, next, result);
    any = builder_.CreateOr(any, condition.value);
    // A row that does not hold may lack its value.
    valid = builder_.CreateAnd(valid, builder_.CreateAnd(condition.valid, builder_.CreateOr(builder_.CreateNot(condition.value), value.valid)));
  }
  return {builder_.CreateSelect(any, result, widen(otherwise.value, type)), builder_.CreateAnd(valid, builder_.CreateOr(any, otherwise.valid))};
}

}  // namespace huiyu::codegen
