// Plan shapes → LLVM IR. With compiler/jit the only folder that sees LLVM.
//
// A kernel is a loop over dense rows that touches nothing but the arrays of engine::KernelArguments and calls nothing:
// what it cannot say that way (256-bit and wider numbers, calendar arithmetic) stays with the interpreter.
#pragma once

#include <memory>
#include <string>

#include "runtime/plan/plan.h"

namespace llvm {
class Function;
class Module;
}  // namespace llvm

namespace huiyu::codegen {

// Whether every operation of the shape has a native form here.
bool can_compile(plan::Plan const& plan, plan::Ref<plan::Shape> shape);

// Adds `void name(KernelArguments const*)` for the shape; can_compile holds.
llvm::Function* emit_kernel(llvm::Module& module, plan::Plan const& plan, plan::Ref<plan::Shape> shape, std::string const& name);

}  // namespace huiyu::codegen
