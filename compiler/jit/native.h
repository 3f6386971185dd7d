// Native code for the shapes of a Plan, compiled in this process by LLVM ORC. No LLVM type shows here.
#pragma once

#include <memory>
#include <string>

#include "runtime/base/result.h"
#include "runtime/engine/kernel.h"
#include "runtime/plan/plan.h"

namespace huiyu::jit {

// Owns the machine code: kernels are valid as long as this lives. Thread-safe once made.
class NativeCode {
 public:
  // Compiles every shape that has a native form; the others have a null kernel and stay with the interpreter.
  static Result<NativeCode> compile(plan::Plan const& plan);

  NativeCode(NativeCode&&) noexcept;
  NativeCode& operator=(NativeCode&&) noexcept;
  ~NativeCode();

  engine::FunctionTable const& functions() const;

 private:
  struct State;
  explicit NativeCode(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The LLVM IR of every shape that has a native form, optimised as `compile` does, for `huiyu dump --stage llvm`.
Result<std::string> print_ir(plan::Plan const& plan);

}  // namespace huiyu::jit
