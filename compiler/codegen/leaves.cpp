#include "compiler/codegen/emitter.h"

namespace huiyu::codegen {

using llvm::ConstantInt;

Value Emitter::operand(plan::Node const& node, std::uint32_t place) const {
  return values_[plan_.operands[node.operands + place]];
}

std::vector<Value> Emitter::operands(plan::Node const& node) const {
  std::vector<Value> all;
  for (std::uint32_t i = 0; i < node.operand_count; ++i) all.push_back(operand(node, i));
  return all;
}

llvm::Type* Emitter::type_of(plan::Node const& node) const {
  auto& context = kernel_.getContext();
  return node.truth != 0 ? llvm::Type::getInt1Ty(context) : llvm::Type::getIntNTy(context, 64U * node.width);
}

llvm::Value* Emitter::widen(llvm::Value* value, llvm::Type* type) {
  if (value->getType() == type) return value;
  if (value->getType()->isIntegerTy(1)) return builder_.CreateZExt(value, type);
  return builder_.CreateSExtOrTrunc(value, type);
}

std::pair<llvm::Value*, llvm::Value*> Emitter::common(Value a, Value b) {
  auto* type = a.value->getType()->getIntegerBitWidth() >= b.value->getType()->getIntegerBitWidth() ? a.value->getType() : b.value->getType();
  return {widen(a.value, type), widen(b.value, type)};
}

llvm::Value* Emitter::load_limbs(llvm::Value* base, llvm::Value* first_limb, unsigned width) {
  auto* place = builder_.CreateInBoundsGEP(builder_.getInt64Ty(), base, first_limb);
  // Limbs are little endian, as the machine is; only their alignment is that of one limb.
  return builder_.CreateAlignedLoad(builder_.getIntNTy(64U * width), place, llvm::Align(8));
}

Value Emitter::input(plan::Node const& node) {
  auto* slot = builder_.getInt64(static_cast<std::uint64_t>(node.immediate));
  auto* pointer = builder_.getPtrTy();
  auto* column = builder_.CreateLoad(pointer, builder_.CreateInBoundsGEP(pointer, arrays_.inputs, slot));
  auto* valid = builder_.CreateLoad(pointer, builder_.CreateInBoundsGEP(pointer, arrays_.input_valid, slot));
  auto* limb = builder_.CreateMul(row_, builder_.getInt64(node.width));
  auto* value = load_limbs(column, limb, node.width);
  auto* byte = builder_.CreateLoad(builder_.getInt8Ty(), builder_.CreateInBoundsGEP(builder_.getInt8Ty(), valid, row_));
  if (node.truth != 0) value = builder_.CreateICmpNE(value, ConstantInt::get(value->getType(), 0));
  return {value, builder_.CreateICmpNE(byte, builder_.getInt8(0))};
}

Value Emitter::constant(plan::Node const& node) {
  auto slot = static_cast<std::size_t>(node.immediate);
  auto* value = load_limbs(arrays_.constants, builder_.getInt64(constant_limb_[slot]), node.width);
  auto* byte = builder_.CreateLoad(builder_.getInt8Ty(),
                                   builder_.CreateInBoundsGEP(builder_.getInt8Ty(), arrays_.constant_valid, builder_.getInt64(slot)));
  if (node.truth != 0) value = builder_.CreateICmpNE(value, ConstantInt::get(value->getType(), 0));
  return {value, builder_.CreateICmpNE(byte, builder_.getInt8(0))};
}

}  // namespace huiyu::codegen
