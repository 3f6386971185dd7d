// The machine that code is made for: this one.
#pragma once

#include <string>

#include <llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h>

#include "runtime/base/result.h"

namespace huiyu::jit {

// An error of LLVM as ours.
Error failed(llvm::Error error);

// What makes code generators for this machine: its CPU with all its features.
Result<llvm::orc::JITTargetMachineBuilder> host_target();

// Our sources, LLVM's version, triple, CPU and features: what code depends on besides its shapes.
std::string target_identity(llvm::orc::JITTargetMachineBuilder const& target);

}  // namespace huiyu::jit
