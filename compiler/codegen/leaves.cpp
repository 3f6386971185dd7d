#include <algorithm>

#include "compiler/codegen/arguments.h"
#include "compiler/codegen/emitter.h"
#include "runtime/plan/rows.h"
#include "runtime/plan/state.h"

namespace huiyu::codegen {

using llvm::ConstantInt;
using plan::Op;

Value Emitter::operand(plan::Node const& node, std::uint32_t place) const {
  return values_[plan::operands_of(plan_, node)[place]];
}

llvm::IntegerType* Emitter::type_of(plan::Node const& node) {
  return node.truth != 0 ? builder_.getInt1Ty() : builder_.getIntNTy(64U * node.width);
}

// The type in which a node computes, as wide as its result and each operand: nothing is cut before it has been used.
// The conditions of a choice are truth, the narrowest of all.
llvm::IntegerType* Emitter::working_type(plan::Node const& node) {
  auto* type =
      node.op == Op::Less || node.op == Op::AtMost || node.op == Op::Equal ? builder_.getInt64Ty() : type_of(node);
  for (std::uint32_t k = 0; k < node.operand_count; ++k) {
    auto* other = llvm::cast<llvm::IntegerType>(operand(node, k).value->getType());
    if (other->getBitWidth() > type->getBitWidth()) type = other;
  }
  return type;
}

// Sign-extended, or cut where it is proved to fit. Truth is 0 or 1.
llvm::Value* Emitter::resize(llvm::Value* value, llvm::IntegerType* type) {
  if (value->getType() == type) return value;
  if (value->getType()->isIntegerTy(1)) return builder_.CreateZExt(value, type);
  return builder_.CreateSExtOrTrunc(value, type);
}

llvm::Value* Emitter::zero_of(llvm::Value* value) { return ConstantInt::get(value->getType(), 0); }

// Entry `index` of an array whose entries are `stride` elements of 8 bits (a state), 64 bits or a pointer.
llvm::Value* Emitter::load(Builder& builder, llvm::Type* type, llvm::Value* base, llvm::Value* index, unsigned stride) {
  auto* element = type->isIntegerTy() && !type->isIntegerTy(8) ? builder.getInt64Ty() : type;
  if (stride != 1) index = builder.CreateMul(index, builder.getInt64(stride));
  auto* place = builder.CreateInBoundsGEP(element, base, index);
  // Limbs are little endian, as the machine is; a wide number is aligned like one limb.
  auto* loaded = builder.CreateAlignedLoad(type, place, llvm::Align(element->isIntegerTy(8) ? 1 : 8));
  loaded->setMetadata(llvm::LLVMContext::MD_alias_scope, read_scope_);
  loaded->setMetadata(llvm::LLVMContext::MD_noalias, llvm::MDNode::concatenate(out_scope_, out_states_scope_));
  return loaded;
}

Value Emitter::input(plan::Node const& node) {
  auto* pointer = builder_.getPtrTy();
  auto* slot = builder_.getInt64(static_cast<std::uint64_t>(node.immediate));
  auto* column = load(before_, pointer, argument(Inputs), slot, 1);
  auto* states = load(before_, pointer, argument(InputStates), slot, 1);
  auto* value = load(builder_, builder_.getIntNTy(64U * node.width), column, row_, node.width);
  if (node.truth != 0) value = builder_.CreateICmpNE(value, zero_of(value));
  return {value, load(builder_, builder_.getInt8Ty(), states, row_, 1)};
}

Value Emitter::constant(plan::Node const& node) {
  auto const slot = static_cast<std::size_t>(node.immediate);
  auto* limb = builder_.getInt64(constant_limbs_[slot]);
  auto* value = load(before_, builder_.getIntNTy(64U * node.width), argument(Constants), limb, 1);
  if (node.truth != 0) value = before_.CreateICmpNE(value, zero_of(value));
  return {value, state_of(state::known)};
}

}  // namespace huiyu::codegen
