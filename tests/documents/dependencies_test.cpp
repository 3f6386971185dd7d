// docs/dependencies.md against .ci/install-packages and against what the code includes.

#include <filesystem>
#include <set>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "tests/documents/markdown.h"

namespace huiyu::documents {
namespace {

namespace fs = std::filesystem;

std::set<std::string> installed_packages() {
  std::set<std::string> names;
  std::istringstream lines(read_file(".ci/install-packages"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string group, bar, package;
    bool const tells_how = line.find("| command:") != std::string::npos || line.find("| file:") != std::string::npos;
    if (words >> group >> bar >> package && bar == "|" && tells_how) names.insert(package);
  }
  return names;
}

// What stands in angle brackets and is neither the language's nor the operating system's.
std::set<std::string> foreign_headers() {
  std::set<std::string> headers;
  for (auto const* house : {"compiler", "runtime", "tests"})
    for (auto const& entry : fs::recursive_directory_iterator(house)) {
      auto const path = entry.path().generic_string();
      if (!entry.is_regular_file() || path.find("/third_party/") != std::string::npos ||
          path.find("/node_modules/") != std::string::npos || !(path.ends_with(".h") || path.ends_with(".cpp")))
        continue;
      std::istringstream lines(read_file(path));
      for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("#include <")) continue;
        auto const name = line.substr(10, line.find('>') - 10);
        auto const slash = name.find('/');
        if (slash != std::string::npos && !name.starts_with("sys/"))
          headers.insert(name.substr(0, slash + 1));
        else if (slash == std::string::npos && name.ends_with(".h") && name != "Huiyu.h")
          headers.insert(name);
      }
    }
  // POSIX and C.
  for (auto const* name : {"unistd.h", "fcntl.h", "dlfcn.h", "spawn.h", "poll.h", "dirent.h", "stdint.h", "stddef.h",
                           "stdlib.h", "stdbool.h", "signal.h", "string.h"})
    headers.erase(name);
  return headers;
}

}  // namespace

TEST_CASE("each package that is installed has its row, and each row is installed") {
  auto const page = read_file("docs/dependencies.md");
  std::set<std::string> documented;
  for (auto const& row : table_rows(page, "package")) {
    REQUIRE(row.size() >= 4);
    CHECK_MESSAGE(!row[2].empty(), row[0]);
    if (!row[0].starts_with("npm `")) documented.insert(row[0]);
  }
  auto const installed = installed_packages();
  CHECK(installed.size() > 15);
  for (auto const& package : installed)
    CHECK_MESSAGE(documented.contains(package), package << " is installed and has no row in docs/dependencies.md");
  for (auto const& package : documented)
    CHECK_MESSAGE(installed.contains(package), package << " has a row and is not installed");
}

TEST_CASE("each library whose header the code includes has its row") {
  std::string listed;
  for (auto const& row : table_rows(read_file("docs/dependencies.md"), "package")) listed += " " + row[1] + " ";
  auto const headers = foreign_headers();
  CHECK(headers.contains("doctest/"));
  for (auto const& header : headers)
    CHECK_MESSAGE(listed.find(" " + header + " ") != std::string::npos,
                  header << " is no header of docs/dependencies.md");
}

}  // namespace huiyu::documents
