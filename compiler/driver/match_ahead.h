// Batches matched by several threads while those before them are written.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "compiler/driver/engines.h"
#include "compiler/driver/phases.h"
#include "compiler/driver/records.h"

namespace huiyu::driver {

// A batch with the answers for it.
struct MatchedBatch {
  ReadBatch read;
  BatchResult result;
};

// Each thread takes the next batch, reads it cell by cell and matches it; there are as many as the runner allows.
// INVARIANT (order): batches come as they were fetched, whichever is done first.
class MatchAhead {
 public:
  // All arguments must outlive it.
  MatchAhead(RecordSource& source, Runner const& runner, bool all);
  // Waits for the batches that are being worked on.
  ~MatchAhead();
  MatchAhead(MatchAhead const&) = delete;
  MatchAhead& operator=(MatchAhead const&) = delete;

  // The next batch; none at the end, and no more after an error.
  Result<std::optional<MatchedBatch>> next();

  // Waits for all threads and adds the times of the one that had most of each phase. Afterwards there is no `next`.
  void stop(Phases& phases);

 private:
  using Answer = Result<std::optional<MatchedBatch>>;
  struct Times {
    Phases::Clock::duration read{}, cells{}, match{}, explain{};
  };

  void run(Times& times);
  void stop();
  // The next batch and its number; waits until it may be begun. None after the end.
  std::optional<std::size_t> fetch(Result<std::optional<Unread>>& unread);
  Answer work(Result<std::optional<Unread>> const& unread, Times& times) const;

  RecordSource& source_;
  Runner const& runner_;
  bool all_;
  std::mutex fetching_;  // one thread at a time; taken before the other
  std::mutex mutex_;     // of all that follows
  std::condition_variable changed_;
  std::map<std::size_t, Answer> ready_;  // by number
  std::size_t fetched_ = 0, given_ = 0;
  bool no_more_ = false;  // nothing more is fetched
  std::vector<Times> times_;
  std::vector<std::thread> threads_;  // last: they use all of the above
};

}  // namespace huiyu::driver
