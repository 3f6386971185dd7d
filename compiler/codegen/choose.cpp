#include "compiler/codegen/emitter.h"

// Operands are c1 v1 c2 v2 … [otherwise]. A condition's truth is read only where it is valid. Values meet in the
// working type: two that differ must not become equal by being cut.

namespace huiyu::codegen {

using plan::Op;

namespace {

std::uint32_t row_count(plan::Node const& node) { return node.operand_count / 2; }
bool has_otherwise(plan::Node const& node) { return node.operand_count % 2 == 1; }

}  // namespace

// From the last row back: a row that holds gives its value, one that does not what follows, an open one what both agree
// on.
Value Emitter::choose_first(plan::Node const& node) {
  auto* type = working_type(node);
  Value rest = last_resort(node, type);
  for (std::uint32_t row = row_count(node); row-- > 0;) {
    auto condition = operand(node, 2 * row), value = operand(node, 2 * row + 1);
    value.value = resize(value.value, type);
    auto* both = builder_.CreateAnd(value.valid, rest.valid);
    auto* same = builder_.CreateAnd(both, builder_.CreateICmpEQ(value.value, rest.value));
    auto* taken = choose(builder_, condition.value, value.valid, rest.valid);
    // Open and agreed: either value serves, they are equal.
    rest.value = choose(builder_, condition.value, value.value, rest.value);
    rest.valid = choose(builder_, condition.valid, taken, same);
  }
  return {resize(rest.value, type_of(node)), rest.valid};
}

Value Emitter::choose_unique(plan::Node const& node) {
  auto* type = working_type(node);
  auto result = last_resort(node, type);
  llvm::Value* clear = builder_.getTrue();
  llvm::Value* found = builder_.getFalse();
  for (std::uint32_t row = 0; row < row_count(node); ++row) {
    auto condition = operand(node, 2 * row), value = operand(node, 2 * row + 1);
    auto* second = builder_.CreateAnd(found, condition.value);
    clear = builder_.CreateAnd(clear, builder_.CreateAnd(condition.valid, builder_.CreateNot(second)));
    found = builder_.CreateOr(found, condition.value);
    result.value = choose(builder_, condition.value, resize(value.value, type), result.value);
    result.valid = choose(builder_, condition.value, value.valid, result.valid);
  }
  return {resize(result.value, type_of(node)), builder_.CreateAnd(result.valid, clear)};
}

// The rows that hold or are open, and the otherwise if none holds, must agree.
Value Emitter::choose_exclusive(plan::Node const& node) {
  auto* type = working_type(node);
  llvm::Value* answer = llvm::ConstantInt::get(type, 0);
  llvm::Value* agreed = builder_.getTrue();
  llvm::Value* offered = builder_.getFalse();
  llvm::Value* found = builder_.getFalse();
  auto offer = [&](llvm::Value* stands, Value value) {
    auto* wide = resize(value.value, type);
    auto* differs = builder_.CreateAnd(offered, builder_.CreateICmpNE(wide, answer));
    auto* bad = builder_.CreateOr(builder_.CreateNot(value.valid), differs);
    agreed = builder_.CreateAnd(agreed, builder_.CreateNot(builder_.CreateAnd(stands, bad)));
    answer = choose(builder_, stands, wide, answer);
    offered = builder_.CreateOr(offered, stands);
  };
  for (std::uint32_t row = 0; row < row_count(node); ++row) {
    auto condition = operand(node, 2 * row);
    auto* holds = builder_.CreateAnd(condition.valid, condition.value);
    agreed = builder_.CreateAnd(agreed, builder_.CreateNot(builder_.CreateAnd(holds, found)));
    found = builder_.CreateOr(found, holds);
    offer(builder_.CreateOr(holds, builder_.CreateNot(condition.valid)), operand(node, 2 * row + 1));
  }
  if (has_otherwise(node)) offer(builder_.CreateNot(found), operand(node, node.operand_count - 1));
  return {resize(answer, type_of(node)), builder_.CreateAnd(agreed, offered)};
}

// 就高 and 各档相加: over all rows that hold; none: the otherwise.
Value Emitter::choose_all(plan::Node const& node) {
  auto* type = working_type(node);
  auto const otherwise = last_resort(node, type);
  llvm::Value* result = llvm::ConstantInt::get(type, 0);
  llvm::Value* found = builder_.getFalse();
  llvm::Value* valid = builder_.getTrue();
  for (std::uint32_t row = 0; row < row_count(node); ++row) {
    auto condition = operand(node, 2 * row), value = operand(node, 2 * row + 1);
    auto* wide = resize(value.value, type);
    llvm::Value* joined = nullptr;
    if (type->isIntegerTy(1))
      joined = builder_.CreateOr(result, wide);
    else if (node.op == Op::ChooseSum)
      joined = builder_.CreateAdd(result, wide);
    else
      joined = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::smax, result, wide);
    auto* next = choose(builder_, found, joined, wide);
    result = choose(builder_, condition.value, next, result);
    found = builder_.CreateOr(found, condition.value);
    // A row that does not hold may lack its value.
    auto* has_value = builder_.CreateOr(builder_.CreateNot(condition.value), value.valid);
    valid = builder_.CreateAnd(valid, builder_.CreateAnd(condition.valid, has_value));
  }
  result = choose(builder_, found, result, otherwise.value);
  valid = builder_.CreateAnd(valid, builder_.CreateOr(found, otherwise.valid));
  return {resize(result, type_of(node)), valid};
}

// The otherwise, or without one an invalid 0.
Value Emitter::last_resort(plan::Node const& node, llvm::IntegerType* type) {
  if (!has_otherwise(node)) return {llvm::ConstantInt::get(type, 0), builder_.getFalse()};
  auto const otherwise = operand(node, node.operand_count - 1);
  return {resize(otherwise.value, type), otherwise.valid};
}

}  // namespace huiyu::codegen
