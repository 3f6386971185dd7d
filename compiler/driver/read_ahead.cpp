#include "compiler/driver/read_ahead.h"

#include <exception>
#include <utility>

namespace huiyu::driver {
namespace {

// Enough that neither side waits for long; each batch is held in memory.
constexpr std::size_t most_ready = 2;

}  // namespace

ReadAhead::ReadAhead(Read read) : read_(std::move(read)), thread_([this] { run(); }) {}

ReadAhead::~ReadAhead() {
  {
    std::lock_guard const lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void ReadAhead::run() {
  for (bool more = true; more;) {
    Result<std::optional<ReadBatch>> batch = Error{ErrorKind::Environment, "out of memory"};
    try {
      batch = read_();
    } catch (std::bad_alloc const&) {
      // The error that stands there already: an exception must not leave the thread.
    }
    more = batch && batch->has_value();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stop_ || ready_.size() < most_ready; });
    if (stop_) return;
    ready_.push_back(std::move(batch));
    changed_.notify_all();
  }
}

Result<std::optional<ReadBatch>> ReadAhead::next() {
  if (ended_) return std::optional<ReadBatch>{};
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !ready_.empty(); });
  auto batch = std::move(ready_.front());
  ready_.pop_front();
  ended_ = !batch || !batch->has_value();
  changed_.notify_all();
  return batch;
}

}  // namespace huiyu::driver
