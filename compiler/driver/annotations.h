// Findings as GitHub shows them beside the lines of a change: `::error file=…,line=…::…`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/diag/diagnostics.h"
#include "compiler/driver/language.h"
#include "compiler/source/source_set.h"

namespace huiyu::driver {

struct Annotation {
  std::string_view level;  // error, warning, notice
  std::string file;
  std::uint32_t line = 0, column = 0;  // 0: none
  std::string title, message;
};

// One workflow command, with its line break; what would end it early is escaped.
std::string annotation(Annotation const& what);

// All diagnostics by place.
std::string annotations(Diagnostics const& diagnostics, SourceSet const& sources, Language language);

}  // namespace huiyu::driver
