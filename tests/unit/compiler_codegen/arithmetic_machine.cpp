#include "tests/unit/compiler_codegen/arithmetic_machine.h"

#include <string>

#include <doctest/doctest.h>
#include <llvm/ExecutionEngine/Orc/CompileUtils.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Target/TargetMachine.h>

#include "compiler/jit/linker.h"
#include "compiler/jit/object.h"
#include "compiler/jit/target.h"

namespace huiyu::codegen {

struct ArithmeticMachine::State {
  jit::Linker linker;
  void (*run)(Limbs const*, Limbs const*, Limbs*) = nullptr;
};

ArithmeticMachine::ArithmeticMachine(unsigned bits, Emit const& emit) {
  auto target = jit::host_target();
  REQUIRE(target.has_value());
  auto machine = target->createTargetMachine();
  REQUIRE(static_cast<bool>(machine));
  llvm::LLVMContext context;
  llvm::Module module("arithmetic", context);
  module.setDataLayout((*machine)->createDataLayout());
  auto* pointer = llvm::PointerType::getUnqual(context);
  auto* type = llvm::FunctionType::get(llvm::Type::getVoidTy(context), {pointer, pointer, pointer}, false);
  auto* function = llvm::Function::Create(type, llvm::Function::ExternalLinkage, "run", module);
  function->setDoesNotThrow();
  Builder builder(llvm::BasicBlock::Create(context, "entry", function));
  auto* number = builder.getIntNTy(bits);
  auto load = [&](unsigned argument) {
    return builder.CreateAlignedLoad(number, function->getArg(argument), llvm::Align(8));
  };
  auto* a = load(0);
  auto* b = load(1);
  builder.CreateAlignedStore(emit(builder, a, b), function->getArg(2), llvm::Align(8));
  builder.CreateRetVoid();
  std::string problem;
  llvm::raw_string_ostream stream(problem);
  REQUIRE_MESSAGE(!llvm::verifyModule(module, &stream), problem);

  auto object = llvm::orc::SimpleCompiler(**machine)(module);
  REQUIRE(static_cast<bool>(object));
  auto const bytes = (*object)->getBuffer().str();
  REQUIRE(jit::object_refusal(bytes).value_or("") == "");
  auto linker = jit::Linker::make();
  REQUIRE(linker.has_value());
  state_ = std::make_unique<State>(State{std::move(*linker)});
  REQUIRE(state_->linker.add(bytes).has_value());
  auto found = state_->linker.look_up({"run"});
  REQUIRE(found.has_value());
  state_->run = reinterpret_cast<decltype(state_->run)>(reinterpret_cast<void*>((*found)[0]));
}

ArithmeticMachine::~ArithmeticMachine() = default;

Limbs ArithmeticMachine::operator()(Limbs const& a, Limbs const& b) const {
  Limbs result{};
  state_->run(&a, &b, &result);
  return result;
}

}  // namespace huiyu::codegen
