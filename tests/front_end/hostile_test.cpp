// Text that means harm, through `huiyu check`: it ends in a diagnostic, exit code 3, within 256 MiB.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/conformance/run_command.h"
#include "tests/front_end/hostile_text.h"

namespace {

using huiyu::test::before_clause;
using huiyu::test::CommandResult;
using huiyu::test::repeat;
using huiyu::test::run_command;

// The sanitizers reserve far more addresses than they use.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool limit_memory = false;
#else
constexpr bool limit_memory = true;
#endif

// Lets programs started meanwhile have 256 MiB of address space.
class MemoryLimit {
 public:
  MemoryLimit() {
    getrlimit(RLIMIT_AS, &before_);
    rlimit limit = before_;
    limit.rlim_cur = rlim_t{256} << 20;
    if (limit_memory) REQUIRE(setrlimit(RLIMIT_AS, &limit) == 0);
  }
  ~MemoryLimit() { setrlimit(RLIMIT_AS, &before_); }
  MemoryLimit(MemoryLimit const&) = delete;
  MemoryLimit& operator=(MemoryLimit const&) = delete;

 private:
  rlimit before_{};
};

CommandResult check(std::string const& text) {
  auto const path = std::filesystem::temp_directory_path() / ("huiyu-hostile-" + std::to_string(getpid()) + ".hui");
  std::ofstream(path, std::ios::binary) << text;
  CommandResult result;
  {
    MemoryLimit const limit;
    result = run_command({"--lang", "zh", "check", path.string()});
  }
  std::filesystem::remove(path);
  return result;
}

void refused(std::string const& text, std::string_view code) {
  CommandResult const result = check(text);
  CAPTURE(code);
  CHECK(result.exit_code == 3);
  CHECK_MESSAGE(result.error.find(code) != std::string::npos, result.error.substr(0, 2000));
  CHECK(result.error.size() < 2'000'000);
}

void refused_clause(std::string const& clause, std::string_view code) {
  refused(std::string(before_clause) + clause, code);
}

}  // namespace

TEST_SUITE_BEGIN("hostile");

TEST_CASE("a fair text passes within the limit") {
  CHECK(check(std::string(before_clause) + "专精特新\n  补助 1万元\n").exit_code == 0);
}

TEST_CASE("a mebibyte of brackets, and of 没有") {
  refused_clause(repeat("（", 349'525), "P0121");
  refused_clause(repeat("没有", 174'762), "P0147");
  refused_clause(repeat("没有 ", 149'796), "P0204");
}

TEST_CASE("bytes that are no text") {
  refused_clause(repeat("\xFF", 1'000'000), "P0102");
  refused_clause(std::string(1'000'000, '\0'), "P0103");
}

TEST_CASE("invisible marks of direction are refused and not shown") {
  CommandResult const result = check(std::string(before_clause) + "专精特新 \u202E且 专精特新\n");
  CHECK(result.exit_code == 3);
  CHECK(result.error.find("P0112") != std::string::npos);
  CHECK(result.error.find("\u202E") == std::string::npos);
  refused_clause(repeat("\u202E", 349'525), "P0112");
}

TEST_CASE("of a hundred thousand errors a thousand are shown and the others counted") {
  CommandResult const result = check(std::string(before_clause) + "专精特新\n" + repeat("  条件 未知的词\n", 100'000));
  CHECK(result.exit_code == 3);
  CHECK(result.error.ends_with("另有 99000 条未列出\n"));
  refused(std::string(before_clause) + "专精特新\n" + repeat("  条件 员工人数 20 30\n", 100'000), "P0201");
}

TEST_CASE("a name and a number of a million characters") {
  refused("定义 " + repeat("长", 1'000'000) + " ： 金额 = 1元\n", "P0147");
  refused_clause("员工人数 超过 " + repeat("1", 1'000'000), "P0147");
}

TEST_SUITE_END();
