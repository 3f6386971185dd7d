// Native code for the shapes of a Plan, compiled in this process by LLVM ORC. No LLVM type shows here.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/engine/kernel.h"
#include "runtime/plan/plan.h"

namespace huiyu::jit {

struct CompileOptions {
  // Where compiled objects are kept between processes; none: nowhere. See cache::default_folder.
  std::string cache_folder;
  // Where objects lie that compile_ahead has made; none: nowhere. Those for other shapes, another machine or another
  // build are passed over.
  std::string ahead_folder;
  unsigned threads = 0;  // 0: as many as the machine has
  // Once it is true nothing more is compiled: what is neither kept nor begun stays with the interpreter.
  std::atomic<bool> const* stop = nullptr;
};

// What became of the shapes of one plan; equal shapes are compiled once and count once.
struct CompileReport {
  std::size_t compiled = 0;
  std::size_t from_cache = 0;
  std::size_t ahead = 0;              // from ahead_folder
  std::size_t left = 0;               // to the interpreter, because of `stop`
  std::vector<std::string> refusals;  // code that did not pass the allow-list: a bug, here or in LLVM
};

// Owns the machine code: kernels are valid as long as this lives. Thread-safe once made.
class NativeCode {
 public:
  // Makes a kernel of every shape that has a native form; the others have a null kernel and stay with the interpreter.
  // The plan has passed plan::verify.
  static Result<NativeCode> compile(plan::Plan const& plan, CompileOptions const& options);

  NativeCode(NativeCode&&) noexcept;
  NativeCode& operator=(NativeCode&&) noexcept;
  ~NativeCode();

  engine::FunctionTable const& functions() const;
  CompileReport const& report() const;

 private:
  struct State;
  explicit NativeCode(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Compiles the shapes of a plan into objects in `folder`, for machines like this one. Returns how many shapes they
// hold.
Result<std::size_t> compile_ahead(plan::Plan const& plan, std::string const& folder);

// HUIYU_OBJECT_DIR: where objects lie that were compiled ahead; empty: nowhere.
std::string ahead_folder();

// The LLVM IR of every shape that has a native form, optimised as `compile` does, for `huiyu dump --stage llvm`.
Result<std::string> print_ir(plan::Plan const& plan);

}  // namespace huiyu::jit
