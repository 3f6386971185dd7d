// What one thread makes while another uses what was made before.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <new>
#include <optional>
#include <thread>
#include <utility>

#include "runtime/base/result.h"

namespace huiyu::driver {

template <class Item> class ReadAhead {
 public:
  // None at the end. Called by the other thread only, and no more after an error or the end.
  using Read = std::function<Result<std::optional<Item>>()>;

  explicit ReadAhead(Read read) : read_(std::move(read)), thread_([this] { run(); }) {}
  // Waits for the item that is being made, if any.
  ~ReadAhead() {
    {
      std::lock_guard const lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  ReadAhead(ReadAhead const&) = delete;
  ReadAhead& operator=(ReadAhead const&) = delete;

  // The next item, in order; waits for it.
  Result<std::optional<Item>> next() {
    if (ended_) return std::optional<Item>{};
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ready_.empty(); });
    auto item = std::move(ready_.front());
    ready_.pop_front();
    ended_ = !item || !item->has_value();
    changed_.notify_all();
    return item;
  }

 private:
  // Enough that neither side waits for long; each is held in memory.
  static constexpr std::size_t most_ready = 2;

  void run() {
    for (bool more = true; more;) {
      Result<std::optional<Item>> item = Error{ErrorKind::Environment, "out of memory"};
      try {
        item = read_();
      } catch (std::bad_alloc const&) {
        // The error that stands there already: an exception must not leave the thread.
      }
      more = item && item->has_value();
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stop_ || ready_.size() < most_ready; });
      if (stop_) return;
      ready_.push_back(std::move(item));
      changed_.notify_all();
    }
  }

  Read read_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Result<std::optional<Item>>> ready_;
  bool stop_ = false;
  bool ended_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace huiyu::driver
