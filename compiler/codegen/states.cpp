#include "compiler/codegen/emitter.h"
#include "runtime/plan/state.h"

namespace huiyu::codegen {

llvm::Value* Emitter::strict_state(plan::Node const& node) {
  auto* result = operand(node, 0).state;
  for (std::uint32_t k = 1; k < node.operand_count; ++k) result = builder_.CreateOr(result, operand(node, k).state);
  return result;
}

llvm::Value* Emitter::state_is(llvm::Value* which, std::uint8_t wanted) {
  return builder_.CreateICmpEQ(which, state_of(wanted));
}

// A known value that fails its test is an error.
llvm::Value* Emitter::checked(llvm::Value* operand, llvm::Value* holds) {
  auto* fails = builder_.CreateAnd(state_is(operand, state::known), builder_.CreateNot(holds));
  return choose(builder_, fails, state_of(state::error), operand);
}

llvm::Value* Emitter::undecided(llvm::Value* any, llvm::Value* lacks) {
  auto* closed = choose(builder_, lacks, state_of(state::missing), any);
  return choose(builder_, state_is(any, state::open), any, closed);
}

llvm::Value* Emitter::holds(Value condition) {
  return builder_.CreateAnd(state_is(condition.state, state::known), condition.value);
}

llvm::Value* Emitter::is_out(Value condition) {
  return builder_.CreateAnd(state_is(condition.state, state::known), builder_.CreateNot(condition.value));
}

}  // namespace huiyu::codegen
