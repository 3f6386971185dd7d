#pragma once

// What the references share besides the workload: the command line, threads, the digest, the line of JSON.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/bench/province/reference/workload.h"

namespace huiyu::reference {

inline double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Of the clock, and of the processors in all threads.
struct Times {
  double clock = seconds(), processors = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;

  friend Times operator-(Times const& later, Times const& earlier) {
    return {later.clock - earlier.clock, later.processors - earlier.processors};
  }
};

// Who fits what, added up: see digest.py. A line of the cache for each thread.
struct alignas(64) Found {
  std::uint64_t matches = 0, digest = 0, paid = 0;

  void add(std::uint64_t policy, std::uint64_t record, std::int64_t fen) {
    ++matches;
    auto x = (policy << 40) + record + 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    digest += x ^ (x >> 31);
    if (fen != missing) paid += static_cast<std::uint64_t>(fen);
  }
  Found& operator+=(Found const& other) {
    matches += other.matches, digest += other.digest, paid += other.paid;
    return *this;
  }
};

// RAW THREADS REPETITIONS [WORD...] [NAME=NUMBER...]
struct Arguments {
  std::string raw;
  int threads = 0, repetitions = 0;
  std::vector<std::string_view> words;

  Arguments(int count, char** arguments);
  bool has(std::string_view word) const { return std::find(words.begin(), words.end(), word) != words.end(); }
  std::size_t number(std::string_view name, std::size_t otherwise) const;
};

template <class Work> void in_threads(int threads, Work work) {
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) running.emplace_back(work, i);
  for (auto& one : running) one.join();
}

// A repetition over all pairs, as a line.
void print(std::string_view reference, int threads, std::size_t policies, std::size_t records, Times took,
           double prepared, Found const& found);
// Records one after the other against all policies: microseconds of each, over all repetitions.
void print(std::string_view reference, std::size_t policies, std::size_t records, std::vector<double> microseconds,
           double prepared, Found const& found);

}  // namespace huiyu::reference
