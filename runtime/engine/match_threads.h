#pragma once

// Threads of a match, and what they found put together. Private to the engine.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "runtime/engine/matcher.h"

namespace huiyu::engine {

// No more than there are pieces of work, and at least one.
inline std::size_t thread_count(int wanted, std::int64_t pieces) {
  return static_cast<std::size_t>(std::clamp<std::int64_t>(wanted, 1, std::max<std::int64_t>(pieces, 1)));
}

// Calls work(0) … work(count − 1), each in its thread; of one thread none is started.
template <class Work> void run_threads(std::size_t count, Work work) {
  if (count == 1) return work(0);
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < count; ++thread) threads.emplace_back([&work, thread] { work(thread); });
  for (auto& thread : threads) thread.join();
}

// Counts and lists of all threads. `order`: which records the rows are; empty: as they are numbered.
MatchedTable collect(BoundPlan const& bound, std::vector<std::unique_ptr<Matcher>> const& matchers,
                     std::span<std::int64_t const> order = {});

}  // namespace huiyu::engine
