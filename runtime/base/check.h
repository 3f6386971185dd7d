// HUIYU_CHECK: an assumption that only a bug of ours can break.
//
// It stays on in release builds: a wrong amount that is paid costs more than a process that ends.
// Faults of the drafter, of the data or of the machine are never reported this way.
#pragma once

#include <string_view>

namespace huiyu {

// The exit code of a process that found a bug in itself (EX_SOFTWARE of sysexits.h).
inline constexpr int internal_error_exit_code = 70;

struct CheckFailure {
  std::string_view text;
  std::string_view file;  // from the project root, so that it names no machine
  int line = 0;
};

// Told of a failed check. It may throw (tests) or not return; if it returns, the process ends with exit code 70.
using CheckHandler = void (*)(CheckFailure const&);

// Replaces the handler and returns the one before; null brings back the default, which prints to standard error.
CheckHandler set_check_handler(CheckHandler handler);

// Reports a failed check; never returns. Called by HUIYU_CHECK alone.
[[noreturn]] void check_failed(std::string_view text, std::string_view file, int line);

}  // namespace huiyu

#define HUIYU_CHECK(condition, text)                     \
  do {                                                   \
    if (!(condition)) [[unlikely]]                       \
      ::huiyu::check_failed((text), __FILE__, __LINE__); \
  } while (false)
