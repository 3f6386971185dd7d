#pragma once

// Numbers in a row, most of them equal to the one before: what nearly all columns of results are.

#include <cstdint>
#include <vector>

namespace huiyu::records {

class Runs {
 public:
  struct Run {
    std::uint32_t number = 0, count = 0;  // so many times
  };

  void add(std::uint32_t number, std::uint32_t count = 1) {
    if (count == 0) return;
    size_ += count;
    if (!runs_.empty() && runs_.back().number == number)
      runs_.back().count += count;
    else
      runs_.push_back({number, count});
  }

  // How many numbers there are.
  std::int64_t size() const { return size_; }
  auto begin() const { return runs_.begin(); }
  auto end() const { return runs_.end(); }

 private:
  std::vector<Run> runs_;  // neighbours differ
  std::int64_t size_ = 0;
};

}  // namespace huiyu::records
