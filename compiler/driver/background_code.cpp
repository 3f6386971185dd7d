#include "compiler/driver/background_code.h"

#include <chrono>

#include "compiler/driver/native_module.h"

namespace huiyu::driver {

namespace {

// A run that is over sooner is not worth the compiler's time: a county's 3.6 million pairs are interpreted in a third
// of it.
constexpr std::chrono::milliseconds before_compiling{1000};

}  // namespace

void BackgroundCode::make(plan::Plan const& plan) {
  auto const module = native_module();
  if (!module) return;
  std::atomic<bool> const kept_alone{true};
  if (auto kept = (*module)->compile(plan, {1, &kept_alone})) {
    kept_ = std::move(*kept);
    functions_.store(kept_.functions, std::memory_order_release);
    if (kept_.whole) return;
  }
  {
    std::unique_lock lock(mutex_);
    if (ended_.wait_for(lock, before_compiling, [&] { return stop_.load(); })) return;
  }
  if (auto all = (*module)->compile(plan, {1, &stop_})) {
    all_ = std::move(*all);
    functions_.store(all_.functions, std::memory_order_release);
  }
}

BackgroundCode::~BackgroundCode() {
  {
    std::lock_guard const lock(mutex_);
    stop_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

}  // namespace huiyu::driver
