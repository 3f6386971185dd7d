#pragma once

// Native code that is made while the interpreter already works. Both give the same results, so what comes late, or
// never, changes the speed alone: docs/decisions/0035.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "compiler/jit/module_abi.h"
#include "runtime/plan/plan.h"

namespace huiyu::driver {

// Takes at once what is kept or was compiled ahead; compiles the rest, in one thread, where the run lasts. Without the
// module of native code the interpreter does all.
class BackgroundCode {
 public:
  // `plan` outlives it.
  explicit BackgroundCode(plan::Plan const& plan) : thread_([this, &plan] { make(plan); }) {}
  // What has been begun is finished and kept; the rest is left for another run.
  ~BackgroundCode();
  BackgroundCode(BackgroundCode const&) = delete;
  BackgroundCode& operator=(BackgroundCode const&) = delete;

  // What there is by now, valid as long as this lives; null: nothing yet. From any thread.
  engine::FunctionTable const* functions() const { return functions_.load(std::memory_order_acquire); }

 private:
  void make(plan::Plan const& plan);

  jit::LoadedCode kept_, all_;
  std::atomic<engine::FunctionTable const*> functions_{nullptr};
  std::mutex mutex_;
  std::condition_variable ended_;
  std::atomic<bool> stop_{false};
  std::thread thread_;  // last: it uses the others
};

}  // namespace huiyu::driver
