// A kernel is one loop without branches wherever its operations allow: LLVM makes vectors of no other.

#include <doctest/doctest.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>

#include "compiler/codegen/codegen.h"

namespace huiyu::codegen {
namespace {

TEST_CASE("looking up a code takes no branch") {
  plan::Plan plan;
  plan.nodes.resize(2);
  plan.nodes[0].op = plan::Op::Input;
  plan.nodes[1].op = plan::Op::InClass;
  plan.nodes[1].truth = 1;
  plan.nodes[1].operand_count = 1;
  plan.operands = {0};
  plan::Shape shape;
  shape.nodes = {0, 2};
  shape.input_count = shape.constant_count = 1;
  plan.shapes.push_back(shape);
  llvm::LLVMContext context;
  llvm::Module module("loop", context);
  auto const* kernel = emit_kernel(module, plan, {0}, "kernel");
  CHECK(kernel->size() == 4);  // the way in, what is loaded before, the rows, the way out
}

}  // namespace
}  // namespace huiyu::codegen
