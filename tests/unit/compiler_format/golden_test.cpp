// Goldens of tests/golden/format: a file as it was written, and beside it the file as it is laid out.
//
//   <name>.in[.hui|.hui.md]     what is laid out
//   <name>[.zh|.en].hui[.md]    the result, with keywords as written, in Chinese, in English
//
// HUIYU_UPDATE=1 rewrites the results that are there.

#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>

#include "tests/unit/compiler_format/reading.h"

namespace huiyu::format::test {
namespace {

namespace fs = std::filesystem;

fs::path const folder = "tests/golden/format";

void compare(fs::path const& input, fs::path const& output, FormatOptions const& options) {
  if (!fs::exists(output)) return;
  CAPTURE(output.string());
  std::string const laid_out = lay_out(output.string(), read_file(input), {}, options);
  if (std::getenv("HUIYU_UPDATE") != nullptr) {
    std::ofstream(output, std::ios::binary) << laid_out;
    return;
  }
  CHECK(laid_out == read_file(output));
}

TEST_CASE("goldens: as written and as laid out") {
  int compared = 0;
  for (auto const& entry : fs::directory_iterator(folder)) {
    std::string const name = entry.path().filename().string();
    std::size_t const in = name.find(".in.");
    if (in == std::string::npos) continue;
    std::string const stem = name.substr(0, in);
    std::string const ending = name.substr(in + 3);
    compare(entry.path(), folder / (stem + ending), {});
    compare(entry.path(), folder / (stem + ".zh" + ending), {diag::Language::Chinese});
    compare(entry.path(), folder / (stem + ".en" + ending), {diag::Language::English});
    ++compared;
  }
  CHECK(compared > 0);
}

}  // namespace
}  // namespace huiyu::format::test
