// Work on many things by several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace huiyu {

// work(i) for every i below `count`, by at most `jobs` threads, the caller's among them: each takes the next one.
template <class Work> void each_of(std::size_t count, std::size_t jobs, Work const& work) {
  std::atomic<std::size_t> next{0};
  auto const run = [&] {
    for (auto i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> others;
  while (others.size() + 1 < std::min(jobs, count)) others.emplace_back(run);
  run();
  for (auto& other : others) other.join();
}

}  // namespace huiyu
