#include "tests/conformance/run_command.h"

#include <array>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace huiyu::test {

CommandResult run_command(std::vector<std::string> const& arguments) {
  std::array<std::array<int, 2>, 2> pipes{};
  for (auto& ends : pipes)
    if (pipe(ends.data()) != 0) throw std::runtime_error("pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipes[0][1], 1);
  posix_spawn_file_actions_adddup2(&actions, pipes[1][1], 2);
  for (auto& ends : pipes)
    for (int end : ends) posix_spawn_file_actions_addclose(&actions, end);
  std::vector<char*> argv;
  std::string command = HUIYU_COMMAND;
  argv.push_back(command.data());
  std::vector<std::string> copies = arguments;
  for (auto& argument : copies) argv.push_back(argument.data());
  argv.push_back(nullptr);
  pid_t process = 0;
  int failed = posix_spawn(&process, command.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  for (auto& ends : pipes) close(ends[1]);
  CommandResult result;
  if (failed == 0) {
    std::array<std::string*, 2> texts{&result.out, &result.error};
    std::array<pollfd, 2> waiting{pollfd{pipes[0][0], POLLIN, 0}, pollfd{pipes[1][0], POLLIN, 0}};
    for (int open = 2; open > 0;) {
      poll(waiting.data(), waiting.size(), -1);
      for (std::size_t i = 0; i < waiting.size(); ++i) {
        if (waiting[i].fd < 0 || waiting[i].revents == 0) continue;
        std::array<char, 65536> buffer{};
        auto count = read(waiting[i].fd, buffer.data(), buffer.size());
        if (count > 0) {
          texts[i]->append(buffer.data(), static_cast<std::size_t>(count));
        } else {
          waiting[i].fd = -1;
          --open;
        }
      }
    }
    int status = 0;
    waitpid(process, &status, 0);
    if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  }
  for (auto& ends : pipes) close(ends[0]);
  return result;
}

}  // namespace huiyu::test
