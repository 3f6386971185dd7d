#include "compiler/codegen/emitter.h"
#include "runtime/base/check.h"

namespace huiyu::codegen {

using plan::Op;

// Kleene: a decided operand that settles the answer makes it valid whatever the others lack.
Value Emitter::logic(plan::Node const& node) {
  auto all = operands(node);
  if (node.op == Op::Not) return {builder_.CreateNot(all[0].value), all[0].valid};
  if (node.op == Op::OrElse) {
    auto* type = type_of(node);
    auto* value = builder_.CreateSelect(all[0].valid, widen(all[0].value, type), widen(all[1].value, type));
    return {value, builder_.CreateOr(all[0].valid, all[1].valid)};
  }
  if (node.op == Op::AtLeastOf) {
    auto* count = builder_.getInt64Ty();
    auto* wanted = builder_.getInt64(static_cast<std::uint64_t>(node.immediate));
    llvm::Value* certain = builder_.getInt64(0);
    llvm::Value* possible = builder_.getInt64(0);
    for (auto const& one : all) {
      certain = builder_.CreateAdd(certain, builder_.CreateZExt(builder_.CreateAnd(one.valid, one.value), count));
      possible = builder_.CreateAdd(possible, builder_.CreateZExt(builder_.CreateOr(builder_.CreateNot(one.valid), one.value), count));
    }
    auto* reached = builder_.CreateICmpSGE(certain, wanted);
    return {reached, builder_.CreateOr(reached, builder_.CreateICmpSLT(possible, wanted))};
  }
  HUIYU_CHECK(node.op == Op::And || node.op == Op::Or, "not a logic operation");
  llvm::Value* settled = builder_.getFalse();
  llvm::Value* complete = builder_.getTrue();
  for (auto const& one : all) {
    auto* settles = node.op == Op::And ? builder_.CreateNot(one.value) : one.value;
    settled = builder_.CreateOr(settled, builder_.CreateAnd(one.valid, settles));
    complete = builder_.CreateAnd(complete, one.valid);
  }
  return {node.op == Op::And ? builder_.CreateNot(settled) : settled, builder_.CreateOr(settled, complete)};
}

// A byte a dense id: 0 outside, 1 inside, 2 coarser than a member. Ids beyond the table are outside.
Value Emitter::in_class(plan::Node const& node) {
  auto subject = operand(node, 0);
  auto* pointer = builder_.getPtrTy();
  auto* word = builder_.getInt64Ty();
  auto* table_type = llvm::StructType::get(kernel_.getContext(), {pointer, word});  // engine::ClassTable
  auto slot = static_cast<std::size_t>(node.immediate);
  auto* which = load_limbs(arrays_.constants, builder_.getInt64(constant_limb_[slot]), 1);
  auto* table = builder_.CreateInBoundsGEP(table_type, arrays_.class_tables, which);
  auto* members = builder_.CreateLoad(pointer, builder_.CreateStructGEP(table_type, table, 0));
  auto* size = builder_.CreateLoad(word, builder_.CreateStructGEP(table_type, table, 1));
  auto* inside = builder_.CreateAnd(builder_.CreateICmpULT(subject.value, size), subject.valid);
  auto* looked_up = llvm::BasicBlock::Create(kernel_.getContext(), "class.look_up", &kernel_);
  auto* done = llvm::BasicBlock::Create(kernel_.getContext(), "class.done", &kernel_);
  auto* before = builder_.GetInsertBlock();
  builder_.CreateCondBr(inside, looked_up, done);
  builder_.SetInsertPoint(looked_up);
  auto* found = builder_.CreateLoad(builder_.getInt8Ty(), builder_.CreateInBoundsGEP(builder_.getInt8Ty(), members, subject.value));
  builder_.CreateBr(done);
  builder_.SetInsertPoint(done);
  auto* member = builder_.CreatePHI(builder_.getInt8Ty(), 2);
  member->addIncoming(builder_.getInt8(0), before);
  member->addIncoming(found, looked_up);
  return {builder_.CreateICmpEQ(member, builder_.getInt8(1)), builder_.CreateAnd(subject.valid, builder_.CreateICmpNE(member, builder_.getInt8(2)))};
}

}  // namespace huiyu::codegen
