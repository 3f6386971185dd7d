// Explanations as `huiyu explain` prints them, compared whole with those of tests/golden/explain.
// HUIYU_UPDATE=1 rewrites them.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

std::string const folder = "tests/golden/explain/";

void compare(std::string const& key, std::string const& language, std::string const& expected) {
  CAPTURE(expected);
  auto const said = run_command({"explain", folder + "rules.hui", "--records", folder + "records.json", "--as-of",
                                 "2024-06-30", "--key", key, "--lang", language});
  CHECK(said.exit_code == 0);
  if (std::getenv("HUIYU_UPDATE") != nullptr) {
    std::ofstream(folder + expected, std::ios::binary) << said.out;
    return;
  }
  std::ifstream in(folder + expected, std::ios::binary);
  CHECK(said.out == std::string(std::istreambuf_iterator<char>(in), {}));
}

// shows L4.18
TEST_CASE("who is paid, who is refused and who cannot be judged are told why") {
  compare("够格", "zh", "paid.zh.txt");
  compare("差几项", "zh", "refused.zh.txt");
  compare("差几项", "en", "refused.en.txt");
  compare("不知道", "zh", "unknown.zh.txt");
  compare("不知道", "en", "unknown.en.txt");
}

}  // namespace
}  // namespace huiyu::test
