// Shapes → a relocatable object in memory.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace llvm {
class LLVMContext;
class Module;
class TargetMachine;
}  // namespace llvm

namespace huiyu::jit {

struct NamedShape {
  plan::Ref<plan::Shape> shape;
  std::string symbol;
};

// The optimised module of some shapes. It has passed no allow-list yet.
std::unique_ptr<llvm::Module> optimised_module(plan::Plan const& plan, std::span<NamedShape const> shapes,
                                               llvm::LLVMContext& context, llvm::TargetMachine& machine);

// The object of some shapes: refused if its IR or the object itself reaches for anything of the process.
Result<std::string> build_object(plan::Plan const& plan, std::span<NamedShape const> shapes,
                                 llvm::TargetMachine& machine);

// Why an object is not closed: a name it lacks, data it would change, code that runs by itself. None if it is.
std::optional<std::string> object_refusal(std::string_view object);

}  // namespace huiyu::jit
