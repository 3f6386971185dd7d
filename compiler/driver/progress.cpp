#include "compiler/driver/progress.h"

#include <cstdio>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "compiler/driver/counted.h"

namespace huiyu::driver {

namespace {
// A run that is over at once shows nothing, and no line is written more often than an eye reads it.
constexpr std::chrono::milliseconds first_after{700}, then_every{200};
}  // namespace

Progress::Progress(Language language) : language_(language), on_terminal_(::isatty(STDERR_FILENO) == 1) {}

void Progress::advance(std::int64_t records) {
  records_ += records;
  auto const now = Clock::now();
  if (!on_terminal_ || now - begin_ < first_after || now - last_ < then_every) return;
  last_ = now;
  shown_ = true;
  auto const milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now - begin_).count();
  auto const each_second = records_ * 1000 / milliseconds;
  fmt::print(
      stderr, "\r\x1b[K{}",
      language_ == Language::Chinese
          ? fmt::format("已匹配 {} 条记录，每秒 {} 条", records_, each_second)
          : fmt::format("{} matched, {} a second", counted(static_cast<std::size_t>(records_), "record"), each_second));
  std::fflush(stderr);
}

void Progress::finish() {
  if (!std::exchange(shown_, false)) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

}  // namespace huiyu::driver
