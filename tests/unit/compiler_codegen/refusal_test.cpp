// The allow-list: what a kernel may do passes, everything else is named.

#include <string>

#include <doctest/doctest.h>
#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/SourceMgr.h>

#include "compiler/codegen/codegen.h"

namespace huiyu::codegen {
namespace {

// What is said of a module with this body of a kernel; empty: it passes.
std::string said_of(std::string const& body, std::string const& outside = "") {
  llvm::LLVMContext context;
  llvm::SMDiagnostic problem;
  auto module = llvm::parseAssemblyString(
      outside + "\ndefine void @kernel(ptr %arguments) {\n" + body + "\nret void\n}", problem, context);
  REQUIRE_MESSAGE(module != nullptr, problem.getMessage().str());
  return refusal(*module).value_or("");
}

constexpr char const* inputs_at = "%place = getelementptr i64, ptr %arguments, i64 1\n%inputs = load ptr, ptr %place\n";
constexpr char const* out_at =
    "%out.place = getelementptr i64, ptr %arguments, i64 6\n%out = load ptr, ptr %out.place\n";

TEST_CASE("a kernel reads columns and writes results") {
  auto const column = std::string(inputs_at) + "%column = load ptr, ptr %inputs\n%value = load i64, ptr %column\n";
  CHECK(said_of(column + out_at + "%more = add i64 %value, 1\nstore i64 %more, ptr %out") == "");
  CHECK(said_of("%count = load i64, ptr %arguments\n%zeros = call i64 @llvm.ctlz.i64(i64 %count, i1 false)",
                "declare i64 @llvm.ctlz.i64(i64, i1)") == "");
  CHECK(said_of("%count = load i64, ptr %arguments\n%half = udiv i64 %count, 2") == "");
}

TEST_CASE("a kernel calls nothing") {
  CHECK(said_of("call void @helper()", "declare void @helper()").find("helper") != std::string::npos);
  CHECK(said_of("call void @helper()", "define void @helper() {\nret void\n}").find("helper") != std::string::npos);
  CHECK(said_of(std::string(out_at) + "call void @llvm.memset.p0.i64(ptr %out, i8 0, i64 80, i1 false)",
                "declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)")
            .find("memset") != std::string::npos);
  CHECK(said_of("%n = load i128, ptr %arguments\n%q = sdiv i128 %n, 10") != "");  // would become __divti3
  CHECK(said_of("call void asm sideeffect \"syscall\", \"\"()") != "");
  CHECK(said_of("%n = load double, ptr %arguments\n%q = fadd double %n, 1.0") != "");
  CHECK(said_of("%frame = alloca i64") != "");
  CHECK(said_of("fence seq_cst") != "");
}

TEST_CASE("a kernel reads nothing but what its argument leads to") {
  CHECK(said_of("%v = load i64, ptr @global", "@global = external global i64") != "");
  CHECK(said_of("ret void", "@table = constant [2 x i64] [i64 1, i64 2]") != "");
  CHECK(said_of("%v = load i64, ptr null") != "");
  CHECK(said_of("%v = load i64, ptr inttoptr (i64 4096 to ptr)") != "");
  CHECK(said_of("%n = load i64, ptr %arguments\n%p = inttoptr i64 %n to ptr\n%v = load i64, ptr %p") != "");
  CHECK(said_of("%p = load ptr, ptr %arguments\n%v = load i64, ptr %p") != "");  // the row count is no address
  auto const column = std::string(inputs_at) + "%column = load ptr, ptr %inputs\n";
  CHECK(said_of(column + "%p = load ptr, ptr %column\n%v = load i64, ptr %p") != "");  // nor is a value
  CHECK(said_of("%place = getelementptr i64, ptr %arguments, i64 3\n%constants = load ptr, ptr %place\n"
                "%p = load ptr, ptr %constants\n%v = load i64, ptr %p") != "");
  CHECK(
      said_of("%place = getelementptr i64, ptr %arguments, i64 8\n%p = load ptr, ptr %place\n%v = load i64, ptr %p") !=
      "");
  CHECK(said_of(std::string(out_at) + "%v = load i64, ptr %out") != "");
  CHECK(said_of("%v = load volatile i64, ptr %arguments") != "");
}

TEST_CASE("a kernel writes results alone") {
  CHECK(said_of("store i64 0, ptr %arguments") != "");
  CHECK(said_of(std::string(inputs_at) + "store i64 0, ptr %inputs") != "");
  CHECK(said_of(std::string(inputs_at) + "%column = load ptr, ptr %inputs\nstore i64 0, ptr %column") != "");
  CHECK(said_of(std::string(out_at) + "store ptr %out, ptr %out") != "");  // an address is no result
  CHECK(said_of(std::string(out_at) + "store atomic i64 0, ptr %out seq_cst, align 8") != "");
}

}  // namespace
}  // namespace huiyu::codegen
