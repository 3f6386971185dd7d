#include "compiler/codegen/arguments.h"
#include "compiler/codegen/emitter.h"

namespace huiyu::codegen {

using plan::Op;

// Kleene: one operand that settles the answer makes it valid whatever the others lack.
Value Emitter::join(plan::Node const& node) {
  llvm::Value* settled = builder_.getFalse();
  for (std::uint32_t k = 0; k < node.operand_count; ++k) {
    auto [value, valid] = operand(node, k);
    auto* settles = node.op == Op::And ? builder_.CreateNot(value) : value;
    settled = builder_.CreateOr(settled, builder_.CreateAnd(valid, settles));
  }
  return {node.op == Op::And ? builder_.CreateNot(settled) : settled, builder_.CreateOr(settled, strictly_valid(node))};
}

Value Emitter::invert(plan::Node const& node) {
  auto [value, valid] = operand(node, 0);
  return {builder_.CreateNot(value), valid};
}

Value Emitter::at_least_of(plan::Node const& node) {
  auto* count = builder_.getInt64Ty();
  auto* wanted = builder_.getInt64(static_cast<std::uint64_t>(node.immediate));
  llvm::Value* certain = builder_.getInt64(0);
  llvm::Value* possible = builder_.getInt64(0);
  for (std::uint32_t k = 0; k < node.operand_count; ++k) {
    auto [value, valid] = operand(node, k);
    certain = builder_.CreateAdd(certain, builder_.CreateZExt(builder_.CreateAnd(valid, value), count));
    possible =
        builder_.CreateAdd(possible, builder_.CreateZExt(builder_.CreateOr(builder_.CreateNot(valid), value), count));
  }
  auto* reached = builder_.CreateICmpSGE(certain, wanted);
  return {reached, builder_.CreateOr(reached, builder_.CreateICmpSLT(possible, wanted))};
}

Value Emitter::or_else(plan::Node const& node) {
  auto fact = operand(node, 0), fallback = operand(node, 1);
  auto* type = type_of(node);
  return {choose(builder_, fact.valid, resize(fact.value, type), resize(fallback.value, type)),
          builder_.CreateOr(fact.valid, fallback.valid)};
}

Value Emitter::in_class(plan::Node const& node) {
  auto [subject, valid] = operand(node, 0);
  auto* id = resize(subject, builder_.getInt64Ty());
  auto* pointer = builder_.getPtrTy();
  auto* table_type = class_table_type(kernel_.getContext());
  auto* limb = builder_.getInt64(constant_limbs_[static_cast<std::size_t>(node.immediate)]);
  auto* which = load(before_, before_.getInt64Ty(), argument(Constants), limb, 1);
  auto* table = before_.CreateInBoundsGEP(table_type, argument(ClassTables), which);
  auto* members = load(before_, pointer, before_.CreateStructGEP(table_type, table, 0), before_.getInt64(0), 1);
  auto* size =
      load(before_, before_.getInt64Ty(), before_.CreateStructGEP(table_type, table, 1), before_.getInt64(0), 1);

  // A negative id lies beyond any table, read as unsigned.
  auto* inside = builder_.CreateICmpULT(id, size);
  auto* looked_up = llvm::BasicBlock::Create(kernel_.getContext(), "class.look_up", &kernel_);
  auto* done = llvm::BasicBlock::Create(kernel_.getContext(), "class.done", &kernel_);
  auto* before = builder_.GetInsertBlock();
  builder_.CreateCondBr(inside, looked_up, done);
  builder_.SetInsertPoint(looked_up);
  auto* found = load(builder_, builder_.getInt8Ty(), members, id, 1);
  builder_.CreateBr(done);
  builder_.SetInsertPoint(done);
  auto* member = builder_.CreatePHI(builder_.getInt8Ty(), 2);
  member->addIncoming(builder_.getInt8(0), before);
  member->addIncoming(found, looked_up);
  auto* decided = builder_.CreateICmpNE(member, builder_.getInt8(2));
  valid = builder_.CreateAnd(valid, constant_valid(static_cast<std::size_t>(node.immediate)));
  return {builder_.CreateICmpEQ(member, builder_.getInt8(1)), builder_.CreateAnd(valid, decided)};
}

}  // namespace huiyu::codegen
