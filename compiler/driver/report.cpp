#include "compiler/driver/report.h"

#include <cstdio>

namespace huiyu::driver {

ExitCode report(Error const& error, Language language) {
  constexpr Text label{"错误：", "error: "};
  auto prefix = label.in(language);
  std::fprintf(stderr, "huiyu: %.*s%s\n", static_cast<int>(prefix.size()), prefix.data(), error.message.c_str());
  switch (error.kind) {
    case ErrorKind::Usage: return ExitCode::Usage;
    case ErrorKind::Rules: return ExitCode::RuleErrors;
    case ErrorKind::Data: return ExitCode::DataErrors;
    case ErrorKind::Environment: return ExitCode::Findings;
  }
  return ExitCode::Findings;
}

}  // namespace huiyu::driver
