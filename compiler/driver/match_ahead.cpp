#include "compiler/driver/match_ahead.h"

#include <algorithm>
#include <new>
#include <utility>

namespace huiyu::driver {
namespace {

using Clock = Phases::Clock;

template <class Work> auto timed(Clock::duration& spent, Work work) {
  auto const begin = Clock::now();
  auto result = work();
  spent += Clock::now() - begin;
  return result;
}

}  // namespace

MatchAhead::MatchAhead(RecordSource& source, Runner const& runner, bool all)
    : source_(source), runner_(runner), all_(all), times_(static_cast<std::size_t>(std::max(runner.threads(), 1))) {
  for (auto& times : times_) threads_.emplace_back([this, &times] { run(times); });
}

MatchAhead::~MatchAhead() { stop(); }

void MatchAhead::stop() {
  {
    std::lock_guard const lock(mutex_);
    no_more_ = true;
  }
  changed_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

void MatchAhead::run(Times& times) {
  for (;;) {
    Answer answer = Error{ErrorKind::Environment, "out of memory"};
    std::optional<std::size_t> number;
    try {
      Result<std::optional<Unread>> unread = std::optional<Unread>{};
      number = timed(times.read, [&] { return fetch(unread); });
      if (!number) return;
      answer = work(unread, times);
    } catch (std::bad_alloc const&) {
      // The error that stands there already: an exception must not leave the thread.
    }
    std::lock_guard const lock(mutex_);
    if (!answer || !answer->has_value()) no_more_ = true;
    ready_.emplace(number.value_or(fetched_), std::move(answer));
    changed_.notify_all();
  }
}

std::optional<std::size_t> MatchAhead::fetch(Result<std::optional<Unread>>& unread) {
  std::lock_guard const one_at_a_time(fetching_);
  {
    // What is ready and not yet asked for is held in memory.
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return no_more_ || fetched_ < given_ + 2 * times_.size(); });
    if (no_more_) return std::nullopt;
  }
  unread = source_.fetch();
  std::lock_guard const lock(mutex_);
  if (!unread || !unread->has_value()) no_more_ = true;
  return fetched_++;
}

MatchAhead::Answer MatchAhead::work(Result<std::optional<Unread>> const& unread, Times& times) const {
  if (!unread) return unread.error();
  if (!unread->has_value()) return std::optional<MatchedBatch>{};
  auto read = timed(times.cells, (*unread)->read);
  if (!read) return read.error();
  auto result = timed(times.match, [&] { return runner_.run(read->batch, all_); });
  if (!result) return result.error();
  times.match -= result->explaining;
  times.explain += result->explaining;
  return std::optional<MatchedBatch>{{std::move(*read), std::move(*result)}};
}

MatchAhead::Answer MatchAhead::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ready_.contains(given_); });
  auto answer = std::move(ready_.extract(given_).mapped());
  ++given_;
  changed_.notify_all();
  return answer;
}

void MatchAhead::stop(Phases& phases) {
  stop();
  auto most = [&](Clock::duration Times::* phase) {
    Clock::duration longest{};
    for (auto const& times : times_) longest = std::max(longest, times.*phase);
    return longest;
  };
  phases.add(Phase::Read, most(&Times::read));
  phases.add(Phase::Cells, most(&Times::cells));
  phases.add(Phase::Match, most(&Times::match));
  phases.add(Phase::Explain, most(&Times::explain));
}

}  // namespace huiyu::driver
