// Batches read by a thread of their own while those before them are worked on.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/batch.h"

namespace huiyu::driver {

// A batch and the cells in it that could not be read.
struct ReadBatch {
  columns::Batch batch;
  std::vector<columns::CellReport> reports;
};

class ReadAhead {
 public:
  // None at the end. Called by the other thread only, and no more after an error or the end.
  using Read = std::function<Result<std::optional<ReadBatch>>()>;

  explicit ReadAhead(Read read);
  // Waits for the batch that is being read, if any.
  ~ReadAhead();
  ReadAhead(ReadAhead const&) = delete;
  ReadAhead& operator=(ReadAhead const&) = delete;

  // The next batch, in order; waits for it.
  Result<std::optional<ReadBatch>> next();

 private:
  void run();

  Read read_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Result<std::optional<ReadBatch>>> ready_;
  bool stop_ = false;
  bool ended_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace huiyu::driver
