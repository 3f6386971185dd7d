// What is compiled names nothing of the process: no routine of the compiler's library for wide numbers, no C function.

#include <array>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <llvm/AsmParser/Parser.h>
#include <llvm/ExecutionEngine/Orc/CompileUtils.h>
#include <llvm/IR/Module.h>
#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Target/TargetMachine.h>

#include "compiler/jit/object.h"
#include "compiler/jit/target.h"
#include "runtime/plan/rows.h"
#include "runtime/plan/verify.h"
#include "tests/unit/compiler_jit/random_shapes.h"

namespace huiyu::jit {
namespace {

std::unique_ptr<llvm::TargetMachine> machine() {
  auto target = host_target();
  REQUIRE(target.has_value());
  auto made = target->createTargetMachine();
  REQUIRE(static_cast<bool>(made));
  return std::move(*made);
}

struct Symbols {
  std::set<std::string> defined, wanted;
};

Symbols symbols_of(std::string const& object) {
  auto file = llvm::object::ObjectFile::createELFObjectFile({llvm::StringRef(object), "object"});
  REQUIRE(static_cast<bool>(file));
  Symbols found;
  for (auto const& symbol : llvm::cast<llvm::object::ELFObjectFileBase>(**file).symbols()) {
    auto const flags = llvm::cantFail(symbol.getFlags());
    auto const name = llvm::cantFail(symbol.getName()).str();
    if ((flags & llvm::object::BasicSymbolRef::SF_Undefined) != 0 && !name.empty()) found.wanted.insert(name);
    if ((flags & llvm::object::BasicSymbolRef::SF_Global) != 0) found.defined.insert(name);
  }
  return found;
}

TEST_CASE("objects of every operation over every width name their kernels and nothing else") {
  auto const target = machine();
  std::set<std::string> met;
  for (std::uint64_t seed = 21; seed <= 22; ++seed) {
    auto const plan = random_shapes(seed, 150);
    std::vector<NamedShape> shapes;
    std::set<std::string> kernels;
    for (std::uint32_t i = 0; i < plan.shapes.size(); ++i) {
      shapes.push_back({{i}, "kernel." + std::to_string(i)});
      kernels.insert(shapes.back().symbol);
      for (auto const& node : plan::rows_of(plan.shapes[i].nodes, plan.nodes))
        met.insert(std::to_string(static_cast<int>(node.op)) + " " +
                   (node.truth != 0 ? "" : std::to_string(node.width)));
    }
    auto const object = build_object(plan, shapes, *target);
    REQUIRE_MESSAGE(object.has_value(), (object ? "" : object.error().message));
    auto const symbols = symbols_of(*object);
    CHECK(symbols.wanted == std::set<std::string>{});
    CHECK(symbols.defined == kernels);
  }
  // The widths where a compiler calls its library, for each operation that a compiler has such a routine for.
  for (auto const op : {plan::Op::Add, plan::Op::Multiply, plan::Op::DivideRound, plan::Op::RoundDecimal,
                        plan::Op::ReduceNumerator, plan::Op::ReduceDenominator, plan::Op::ScaleUp})
    for (int const width : {1, 2, 4, 8})
      CHECK_MESSAGE(met.contains(std::to_string(static_cast<int>(op)) + " " + std::to_string(width)), "operation ",
                    static_cast<int>(op), " of ", width, " limbs");
}

// What LLVM makes of a function of two wide numbers, as a compiler would write it.
std::string plain_object(std::string const& body, std::string const& outside = "") {
  llvm::LLVMContext context;
  llvm::SMDiagnostic problem;
  auto module = llvm::parseAssemblyString(
      outside + "\ndefine void @kernel(ptr %a, ptr %b, ptr %out) {\n%x = load i128, ptr %a\n%y = load i128, ptr %b\n" +
          body + "\nstore i128 %z, ptr %out\nret void\n}",
      problem, context);
  REQUIRE_MESSAGE(module != nullptr, problem.getMessage().str());
  auto const target = machine();
  module->setDataLayout(target->createDataLayout());
  auto object = llvm::orc::SimpleCompiler(*target)(*module);
  REQUIRE(static_cast<bool>(object));
  return (*object)->getBuffer().str();
}

TEST_CASE("an object that calls the compiler's library is refused by the routine's name") {
  struct Call {
    char const *body, *outside, *routine;
  };
  for (auto const& call :
       {Call{"%z = sdiv i128 %x, %y", "", "__divti3"}, Call{"%z = udiv i128 %x, %y", "", "__udivti3"},
        Call{"%z = srem i128 %x, %y", "", "__modti3"}, Call{"%z = urem i128 %x, %y", "", "__umodti3"},
        Call{"%z = call i128 @__muloti4(i128 %x, i128 %y, ptr %out)", "declare i128 @__muloti4(i128, i128, ptr)",
             "__muloti4"}}) {
    CAPTURE(call.routine);
    auto const object = plain_object(call.body, call.outside);
    CHECK(symbols_of(object).wanted == std::set<std::string>{call.routine});
    CHECK(object_refusal(object).value_or("").find(call.routine) != std::string::npos);
  }
  CHECK(object_refusal(plain_object("%z = mul i128 %x, %y")).value_or("") == "");
}

}  // namespace
}  // namespace huiyu::jit
