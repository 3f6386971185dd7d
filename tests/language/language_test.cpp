// The 测试 blocks beside this file, through the real command: what a rule means is the same on every engine.

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/conformance/run_command.h"

namespace {

namespace fs = std::filesystem;
using huiyu::test::run_command;

std::vector<std::string> sources() {
  std::vector<std::string> found;
  for (auto const& entry : fs::directory_iterator("tests/language")) {
    auto const name = entry.path().string();
    if (name.ends_with(".hui") || name.ends_with(".hui.md")) found.push_back(name);
  }
  std::ranges::sort(found);
  return found;
}

void run_all(std::string const& engine) {
  REQUIRE(!sources().empty());
  for (auto const& path : sources()) {
    CAPTURE(path);
    auto const result = run_command({"test", path, "--engine", engine});
    CHECK_MESSAGE(result.exit_code == 0, result.out << result.error);
  }
}

TEST_CASE("oracle") { run_all("oracle"); }
TEST_CASE("interpret") { run_all("interpret"); }
TEST_CASE("native") { run_all("native"); }

TEST_CASE("the sources are laid out") {
  for (auto const& path : sources()) {
    if (path.ends_with("/text.hui")) continue;  // it shows what else may be written
    CAPTURE(path);
    auto const result = run_command({"fmt", "--check", path});
    CHECK_MESSAGE(result.exit_code == 0, result.out << result.error);
  }
}

}  // namespace
