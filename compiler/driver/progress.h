// How far a long run is, on a terminal; nothing where standard error is a file or a pipe.
#pragma once

#include <chrono>
#include <cstdint>

#include "compiler/driver/language.h"

namespace huiyu::driver {

class Progress {
 public:
  explicit Progress(Language language);
  Progress(Progress const&) = delete;
  Progress& operator=(Progress const&) = delete;
  // A run that ends in an error leaves no line either.
  ~Progress() { finish(); }
  // So many more records are done.
  void advance(std::int64_t records);
  // Takes the line away.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  Language language_;
  bool on_terminal_;
  bool shown_ = false;
  std::int64_t records_ = 0;
  Clock::time_point begin_ = Clock::now(), last_ = begin_;
};

}  // namespace huiyu::driver
