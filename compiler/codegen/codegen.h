// Plan shapes → LLVM IR. With compiler/jit the only folder that sees LLVM.
//
// INVARIANT (closed): a kernel is a loop over dense rows that reads and writes nothing but the arrays of
// engine::KernelArguments and calls nothing. `refusal` checks it after optimisation, compiler/jit again in the object.
// INVARIANT (same answer): rows stand as the interpreter of runtime/engine has them, known ones with the same limbs.
#pragma once

#include <optional>
#include <string>

#include "runtime/plan/plan.h"

namespace llvm {
class Function;
class Module;
}  // namespace llvm

namespace huiyu::codegen {

// Whether the shape has a native form: every operation has one, but not every shape is worth the time.
bool can_compile(plan::Plan const& plan, plan::Ref<plan::Shape> shape);

// Adds `void name(KernelArguments const*)` for the shape; can_compile holds. The plan has passed plan::verify.
llvm::Function* emit_kernel(llvm::Module& module, plan::Plan const& plan, plan::Ref<plan::Shape> shape,
                            std::string const& name);

// Everything that the code of a shape depends on, as bytes: equal bytes, equal code.
std::string shape_bytes(plan::Plan const& plan, plan::Ref<plan::Shape> shape);

// Why a module is not closed; none if it is. For modules whose functions are kernels, before or after optimisation.
std::optional<std::string> refusal(llvm::Module const& module);

}  // namespace huiyu::codegen
