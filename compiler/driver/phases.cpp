#include "compiler/driver/phases.h"

#include <fmt/format.h>

#include "compiler/driver/results.h"

namespace huiyu::driver {

std::string Phases::text(Language language) const {
  struct Name {
    char const *zh, *en;
  };
  static constexpr std::array<Name, static_cast<std::size_t>(Phase::Count)> names{{
      {"读规则", "rules"},
      {"备引擎", "engine"},
      {"开数据", "open data"},
      {"等数据", "wait for data"},
      {"读单元格", "read cells"},
      {"匹配", "match"},
      {"说缘由", "explain"},
      {"等匹配", "wait for match"},
      {"收结果", "collect rows"},
      {"写结果", "write rows"},
  }};
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto const microseconds = std::chrono::duration_cast<std::chrono::microseconds>(spent_[i]).count();
    text += pad(language == Language::Chinese ? names[i].zh : names[i].en, 14) +
            fmt::format("{:>8}.{} ms\n", microseconds / 1000, microseconds % 1000 / 100);
  }
  return text;
}

}  // namespace huiyu::driver
