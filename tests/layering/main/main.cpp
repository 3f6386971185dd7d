// Usage: check_layering <project root>
// Holds every #include in runtime/ and compiler/ against the table in docs/architecture.md.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/layering/layering.h"

namespace {

namespace fs = std::filesystem;
using huiyu::layering::File;

std::string read(fs::path const& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// Our own sources, by path; third_party folders hold copies of other projects' headers, which are not held to the
// table.
std::vector<File> read_sources(fs::path const& root) {
  std::vector<File> files;
  for (char const* house : {"runtime", "compiler"}) {
    for (auto entry = fs::recursive_directory_iterator(root / house); entry != fs::recursive_directory_iterator();
         ++entry) {
      std::string name = entry->path().filename().string();
      if (entry->is_directory() && (name == "third_party" || name == "node_modules")) {
        entry.disable_recursion_pending();
        continue;
      }
      if (name.ends_with(".h") || name.ends_with(".cpp"))
        files.push_back({entry->path().lexically_relative(root).generic_string(), read(entry->path())});
    }
  }
  std::sort(files.begin(), files.end(), [](File const& left, File const& right) { return left.path < right.path; });
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: check_layering <project root>\n", stderr);
    return 2;
  }
  fs::path root = argv[1];
  auto table = huiyu::layering::parse_table(read(root / "docs/architecture.md"));
  if (!table) {
    std::fputs("docs/architecture.md holds no table headed `| folder | may include |`\n", stderr);
    return 1;
  }
  std::vector<File> files = read_sources(root);
  std::vector<std::string> problems = huiyu::layering::check_table(*table);
  std::vector<std::string> in_files = huiyu::layering::check_files(*table, files);
  problems.insert(problems.end(), in_files.begin(), in_files.end());

  for (std::string const& problem : problems) std::fprintf(stderr, "%s\n", problem.c_str());
  std::printf("%zu files, %zu rows, %zu problems\n", files.size(), table->may_include.size(), problems.size());
  return problems.empty() ? 0 : 1;
}
