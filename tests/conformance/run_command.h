// Runs the real command as a user would, without a shell.
#pragma once

#include <string>
#include <vector>

namespace huiyu::test {

struct CommandResult {
  int exit_code = -1;  // -1: it did not end by itself
  std::string out, error;
};

// Arguments as they are, standard input empty.
CommandResult run_command(std::vector<std::string> const& arguments);

}  // namespace huiyu::test
