// How the command reaches native code: a shared module that only a command which compiles loads, so that the others
// start without LLVM. Module and command come from one build; `build` says so.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "runtime/base/result.h"
#include "runtime/engine/kernel.h"
#include "runtime/plan/plan.h"

namespace huiyu::jit {

inline constexpr char const* module_symbol = "huiyu_native_module";
inline constexpr char const* module_build = __VERSION__ " native 4";

// Kernels by position of the shape, valid as long as a copy of `owner` lives.
struct LoadedCode {
  std::shared_ptr<void const> owner;
  engine::FunctionTable const* functions = nullptr;
  bool whole = true;  // false: shapes were left to the interpreter because of `stop`
};

// As native.h's CompileOptions.
struct CompileManner {
  unsigned threads = 0;
  std::atomic<bool> const* stop = nullptr;
};

struct ModuleTable {
  char const* build;
  Result<LoadedCode> (*compile)(plan::Plan const& plan, CompileManner const& manner);
  Result<std::string> (*print_ir)(plan::Plan const& plan);
  // Objects for another run, into a folder; how many shapes they hold.
  Result<std::size_t> (*compile_ahead)(plan::Plan const& plan, std::string const& folder);
};

}  // namespace huiyu::jit

extern "C" huiyu::jit::ModuleTable const* huiyu_native_module();
