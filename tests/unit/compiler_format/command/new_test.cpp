#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/conformance/run_command.h"
#include "tests/unit/compiler_format/command/temporary.h"

namespace huiyu::format::test {
namespace {

namespace fs = std::filesystem;
using huiyu::test::run_command;

TEST_CASE("a new project is checked, tested, matched and laid out as it is") {
  TemporaryFolder folder;
  std::string const project = (folder / "小微补助").string();
  auto const made = run_command({"new", project});
  REQUIRE_MESSAGE(made.exit_code == 0, made.error);
  CHECK(read_text(fs::path(project) / "README.md").starts_with("# 小微补助\n"));
  std::string const rules = project + "/rules";

  auto const checked = run_command({"check", "--fail-on-warnings", rules});
  CHECK_MESSAGE(checked.exit_code == 0, checked.error);
  for (char const* const engine : {"oracle", "interpret"}) {
    auto const tested = run_command({"test", rules, "--engine", engine, "--lang", "zh"});
    CHECK_MESSAGE(tested.exit_code == 0, tested.out << tested.error);
    CHECK(tested.out == "3 个测试，3 个通过，0 个没有通过\n");
  }
  auto const result = run_command({"match", rules, "--data", project + "/虚构企业.csv", "--as-of", "2024-06-30",
                                   "--all", "--format", "json", "--strict"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.error);
  std::vector<std::string> outcomes;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    auto const row = nlohmann::json::parse(line);
    outcomes.push_back(row.at("outcome").get<std::string>() +
                       (row.contains("amount") ? " " + row["amount"].get<std::string>() : ""));
  }
  // One of each kind, so that a newcomer sees them all, and one that the cap cuts.
  CHECK(outcomes == std::vector<std::string>{"eligible 520000.00", "not_applicable", "unknown", "ineligible",
                                             "eligible 1000000.00"});
  auto const laid_out = run_command({"fmt", "--check", rules});
  CHECK_MESSAGE(laid_out.exit_code == 0, laid_out.out);
}

TEST_CASE("a project is made whole or not at all") {
  TemporaryFolder folder;
  std::string const taken = folder.write("有了/笔记.txt", "别动");
  CHECK(run_command({"new", (folder / "有了").string()}).exit_code == 2);
  CHECK(read_text(taken) == "别动");
  CHECK(std::distance(fs::directory_iterator(folder / "有了"), {}) == 1);
  CHECK(run_command({"new", taken}).exit_code == 2);
  CHECK(run_command({"new", (folder / "").string() + "有了/.."}).exit_code == 2);
  CHECK(run_command({"new"}).exit_code == 2);
  CHECK(std::distance(fs::directory_iterator(folder / ""), {}) == 1);
}

}  // namespace
}  // namespace huiyu::format::test
