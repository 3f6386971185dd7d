// One sub-command of `huiyu`. Each file of commands/ defines one named for its stem (`check_command` in check.cpp);
// the table of all of them is written by the build, so a new sub-command is one new file.
#pragma once

#include <span>
#include <string_view>

#include "compiler/driver/language.h"

namespace CLI {
class App;
}

namespace huiyu::driver {

// 0 and the codes a caller may rely on; 70 is a bug of ours (runtime/base/check.h).
enum class ExitCode : int { Fine = 0, Findings = 1, Usage = 2, RuleErrors = 3, DataErrors = 4 };

struct Command {
  std::string_view name;
  Text summary;
  int order = 0;  // place in --help
  // Adds options to the sub-command's parser and stores in `run` what to do once they are parsed.
  void (*set_up)(CLI::App& app, Language language, ExitCode& result);
};

// In the order of --help.
std::span<Command const* const> commands();

}  // namespace huiyu::driver
