#include "compiler/jit/native.h"

#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>

#include <mutex>
#include <vector>

#include "compiler/codegen/codegen.h"
#include "runtime/base/check.h"

namespace huiyu::jit {

namespace {

// Compile time grows faster than a module does, and each module costs a look-up: measured best between 64 and 256.
constexpr std::size_t shapes_per_module = 128;

Error failed(llvm::Error error) { return {ErrorKind::Environment, "native code: " + llvm::toString(std::move(error))}; }

void initialise_llvm() {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
  });
}

std::string table_name(std::size_t module) { return "huiyu.kernels." + std::to_string(module); }

struct Unit {
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module;
  std::vector<std::uint32_t> shapes;
};

// One module: the kernels, and a table of their addresses so that one look-up finds them all.
Unit emit(plan::Plan const& plan, std::vector<std::uint32_t> shapes, std::size_t index, llvm::TargetMachine& machine) {
  Unit unit{std::make_unique<llvm::LLVMContext>(), nullptr, std::move(shapes)};
  unit.module = std::make_unique<llvm::Module>("huiyu." + std::to_string(index), *unit.context);
  unit.module->setDataLayout(machine.createDataLayout());
  unit.module->setTargetTriple(machine.getTargetTriple().str());
  std::vector<llvm::Constant*> kernels;
  for (auto shape : unit.shapes) {
    auto* kernel = codegen::emit_kernel(*unit.module, plan, {shape}, "huiyu.kernel." + std::to_string(shape));
    kernel->addFnAttr("target-cpu", machine.getTargetCPU());
    kernel->addFnAttr("target-features", machine.getTargetFeatureString());
    kernels.push_back(kernel);
  }
  auto* type = llvm::ArrayType::get(llvm::PointerType::getUnqual(*unit.context), kernels.size());
  new llvm::GlobalVariable(*unit.module, type, true, llvm::GlobalValue::ExternalLinkage, llvm::ConstantArray::get(type, kernels), table_name(index));
  std::string problem;
  llvm::raw_string_ostream stream(problem);
  HUIYU_CHECK(!llvm::verifyModule(*unit.module, &stream), stream.str());

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
  passes.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O2).run(*unit.module, modules);
  return unit;
}

llvm::Expected<std::vector<Unit>> emit_all(plan::Plan const& plan, llvm::orc::JITTargetMachineBuilder builder) {
  auto machine = builder.createTargetMachine();
  if (!machine) return machine.takeError();
  std::vector<std::uint32_t> native;
  for (std::uint32_t shape = 0; shape < plan.shapes.size(); ++shape)
    if (codegen::can_compile(plan, {shape})) native.push_back(shape);
  std::vector<Unit> units;
  for (std::size_t begin = 0; begin < native.size(); begin += shapes_per_module) {
    auto end = std::min(native.size(), begin + shapes_per_module);
    std::vector<std::uint32_t> shapes(native.begin() + static_cast<std::ptrdiff_t>(begin), native.begin() + static_cast<std::ptrdiff_t>(end));
    units.push_back(emit(plan, std::move(shapes), units.size(), **machine));
  }
  return units;
}

llvm::Expected<llvm::orc::JITTargetMachineBuilder> host() {
  initialise_llvm();
  return llvm::orc::JITTargetMachineBuilder::detectHost();
}

}  // namespace

struct NativeCode::State {
  std::unique_ptr<llvm::orc::LLJIT> jit;  // empty where no shape has a native form
  engine::FunctionTable functions;
};

NativeCode::NativeCode(std::unique_ptr<State> state) : state_(std::move(state)) {}
NativeCode::NativeCode(NativeCode&&) noexcept = default;
NativeCode& NativeCode::operator=(NativeCode&&) noexcept = default;
NativeCode::~NativeCode() = default;
engine::FunctionTable const& NativeCode::functions() const { return state_->functions; }

Result<NativeCode> NativeCode::compile(plan::Plan const& plan) {
  auto state = std::make_unique<State>();
  state->functions.kernels.resize(plan.shapes.size(), nullptr);
  auto builder = host();
  if (!builder) return failed(builder.takeError());
  auto units = emit_all(plan, *builder);
  if (!units) return failed(units.takeError());
  // Symbols of the process are out of reach: generated code calls nothing.
  auto jit = llvm::orc::LLJITBuilder().setJITTargetMachineBuilder(std::move(*builder)).setLinkProcessSymbolsByDefault(false).create();
  if (!jit) return failed(jit.takeError());
  std::size_t index = 0;
  for (auto& unit : *units) {
    auto count = unit.shapes.size();
    if (auto error = (*jit)->addIRModule({std::move(unit.module), std::move(unit.context)})) return failed(std::move(error));
    auto table = (*jit)->lookup(table_name(index++));
    if (!table) return failed(table.takeError());
    auto const* kernels = table->toPtr<engine::Kernel const*>();
    for (std::size_t i = 0; i < count; ++i) state->functions.kernels[unit.shapes[i]] = kernels[i];
  }
  state->jit = std::move(*jit);
  return NativeCode(std::move(state));
}

Result<std::string> print_ir(plan::Plan const& plan) {
  auto builder = host();
  if (!builder) return failed(builder.takeError());
  auto units = emit_all(plan, std::move(*builder));
  if (!units) return failed(units.takeError());
  std::string text;
  llvm::raw_string_ostream stream(text);
  for (auto const& unit : *units) unit.module->print(stream, nullptr);
  return text;
}

}  // namespace huiyu::jit
