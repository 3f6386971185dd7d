#include "compiler/codegen/arguments.h"
#include "compiler/codegen/emitter.h"
#include "runtime/plan/state.h"

namespace huiyu::codegen {

using plan::Op;

// Kleene: one operand that settles the answer decides it whatever the others lack.
Value Emitter::join(plan::Node const& node) {
  llvm::Value* settled = builder_.getFalse();
  llvm::Value* lacks = builder_.getFalse();
  for (std::uint32_t k = 0; k < node.operand_count; ++k) {
    auto const one = operand(node, k);
    settled = builder_.CreateOr(settled, node.op == Op::And ? is_out(one) : holds(one));
    lacks = builder_.CreateOr(lacks, state_is(one.state, state::missing));
  }
  return {node.op == Op::And ? builder_.CreateNot(settled) : settled,
          choose(builder_, settled, state_of(state::known), undecided(strict_state(node), lacks))};
}

Value Emitter::invert(plan::Node const& node) {
  auto const one = operand(node, 0);
  return {builder_.CreateNot(one.value), one.state};
}

Value Emitter::at_least_of(plan::Node const& node) {
  auto* count = builder_.getInt64Ty();
  auto* wanted = builder_.getInt64(static_cast<std::uint64_t>(node.immediate));
  llvm::Value* certain = builder_.getInt64(0);
  llvm::Value* possible = builder_.getInt64(0);
  llvm::Value* lacks = builder_.getFalse();
  for (std::uint32_t k = 0; k < node.operand_count; ++k) {
    auto const one = operand(node, k);
    certain = builder_.CreateAdd(certain, builder_.CreateZExt(holds(one), count));
    possible = builder_.CreateAdd(possible, builder_.CreateZExt(builder_.CreateNot(is_out(one)), count));
    lacks = builder_.CreateOr(lacks, state_is(one.state, state::missing));
  }
  auto* reached = builder_.CreateICmpSGE(certain, wanted);
  auto* decided = builder_.CreateOr(reached, builder_.CreateICmpSLT(possible, wanted));
  return {reached, choose(builder_, decided, state_of(state::known), undecided(strict_state(node), lacks))};
}

Value Emitter::or_else(plan::Node const& node) {
  auto fact = operand(node, 0), fallback = operand(node, 1);
  auto* type = type_of(node);
  auto* lacks = state_is(fact.state, state::missing);
  return {choose(builder_, lacks, resize(fallback.value, type), resize(fact.value, type)),
          choose(builder_, lacks, fallback.state, fact.state)};
}

Value Emitter::in_class(plan::Node const& node) {
  auto [subject, strict] = operand(node, 0);
  auto* id = resize(subject, builder_.getInt64Ty());
  auto* pointer = builder_.getPtrTy();
  auto* table_type = class_table_type(kernel_.getContext());
  auto* limb = builder_.getInt64(constant_limbs_[static_cast<std::size_t>(node.immediate)]);
  auto* which = load(before_, before_.getInt64Ty(), argument(Constants), limb, 1);
  auto* table = before_.CreateInBoundsGEP(table_type, argument(ClassTables), which);
  auto* members = load(before_, pointer, before_.CreateStructGEP(table_type, table, 0), before_.getInt64(0), 1);
  auto* size =
      load(before_, before_.getInt64Ty(), before_.CreateStructGEP(table_type, table, 1), before_.getInt64(0), 1);

  // The entry past the last stands for all ids beyond, and for negative ones, which are great as unsigned. A branch
  // would keep the loop from being vectorised.
  auto* place = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, id, size);
  auto* member = load(builder_, builder_.getInt8Ty(), members, place, 1);
  auto* coarse = builder_.CreateAnd(state_is(strict, state::known), builder_.CreateICmpEQ(member, builder_.getInt8(2)));
  return {builder_.CreateICmpEQ(member, builder_.getInt8(1)),
          choose(builder_, coarse, state_of(state::missing), strict)};
}

}  // namespace huiyu::codegen
