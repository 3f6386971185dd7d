#include "compiler/jit/object.h"

#include <llvm/ExecutionEngine/Orc/CompileUtils.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/ADCE.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/LICM.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>
#include <llvm/Transforms/Vectorize/LoopVectorize.h>

#include "compiler/codegen/codegen.h"
#include "compiler/jit/target.h"
#include "runtime/base/check.h"

namespace huiyu::jit {

namespace {

// What a loop over straight-line code is served by, and no more: LLVM's own pipeline of passes took three times as long
// over it, for the same code (docs/decisions/0049).
llvm::FunctionPassManager passes_over_loops() {
  llvm::FunctionPassManager passes;
  passes.addPass(llvm::EarlyCSEPass());
  passes.addPass(llvm::LoopVectorizePass());
  passes.addPass(llvm::InstCombinePass());
  passes.addPass(llvm::EarlyCSEPass());
  passes.addPass(llvm::createFunctionToLoopPassAdaptor(llvm::LICMPass(llvm::LICMOptions()), true));
  passes.addPass(llvm::SimplifyCFGPass());
  passes.addPass(llvm::ADCEPass());
  return passes;
}

void optimise(llvm::Module& module, llvm::TargetMachine& machine) {
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager graph;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder passes(&machine);
  passes.registerModuleAnalyses(modules);
  passes.registerCGSCCAnalyses(graph);
  passes.registerFunctionAnalyses(functions);
  passes.registerLoopAnalyses(loops);
  passes.crossRegisterProxies(loops, functions, graph, modules);
  llvm::ModulePassManager all;
  all.addPass(llvm::createModuleToFunctionPassAdaptor(passes_over_loops()));
  all.run(module, modules);
}

}  // namespace

std::unique_ptr<llvm::Module> optimised_module(plan::Plan const& plan, std::span<NamedShape const> shapes,
                                               llvm::LLVMContext& context, llvm::TargetMachine& machine) {
  auto module = std::make_unique<llvm::Module>("huiyu", context);
  module->setDataLayout(machine.createDataLayout());
  module->setTargetTriple(machine.getTargetTriple().str());
  for (auto const& shape : shapes) {
    auto* kernel = codegen::emit_kernel(*module, plan, shape.shape, shape.symbol);
    kernel->addFnAttr("target-cpu", machine.getTargetCPU());
    kernel->addFnAttr("target-features", machine.getTargetFeatureString());
  }
  std::string problem;
  llvm::raw_string_ostream stream(problem);
  HUIYU_CHECK(!llvm::verifyModule(*module, &stream), problem);
  optimise(*module, machine);
  return module;
}

Result<std::string> build_object(plan::Plan const& plan, std::span<NamedShape const> shapes,
                                 llvm::TargetMachine& machine) {
  llvm::LLVMContext context;
  auto const module = optimised_module(plan, shapes, context, machine);
  if (auto refused = codegen::refusal(*module)) return Error{ErrorKind::Environment, *refused};
  auto object = llvm::orc::SimpleCompiler(machine)(*module);
  if (!object) return failed(object.takeError());
  auto bytes = (*object)->getBuffer().str();
  if (auto refused = object_refusal(bytes)) return Error{ErrorKind::Environment, *refused};
  return bytes;
}

}  // namespace huiyu::jit
