// The county shows how many kinds of clause are written: no two of its policies ask the same with other numbers.

#include <cctype>
#include <map>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

// The condition of each policy as `huiyu dump --stage tir` prints it, on one line.
std::map<std::string, std::string> conditions(std::string const& rules) {
  auto const dump = run_command({"dump", "--stage", "tir", rules});
  REQUIRE_MESSAGE(dump.exit_code == 0, dump.error);
  std::map<std::string, std::string> found;
  std::istringstream lines(dump.out);
  std::string policy;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("policy ")) found[policy = line];
    if (!line.starts_with("   ")) inside = !policy.empty() && line.starts_with("  condition ");
    if (inside) found[policy] += line.substr(line.find_first_not_of(' ')) + " ";
  }
  return found;
}

// 20人 and 1000万元 are the same place of a tree.
std::string without_numbers(std::string const& tree) {
  std::string shape;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    bool const number = std::isdigit(static_cast<unsigned char>(tree[i])) != 0 && (i == 0 || tree[i - 1] == ' ');
    shape += number ? '#' : tree[i];
    if (number)
      while (i + 1 < tree.size() && tree[i + 1] != ' ' && tree[i + 1] != ')') ++i;
  }
  return shape;
}

}  // namespace

TEST_CASE("no two policies of the county have the same tree of conditions, whatever their numbers") {
  std::map<std::string, std::string> by_shape;
  auto const all = conditions("examples/county/rules");
  CHECK(all.size() >= 30);
  for (auto const& [policy, tree] : all) {
    auto const [at, fresh] = by_shape.emplace(without_numbers(tree), policy);
    CHECK_MESSAGE(fresh, policy << " as " << at->second);
  }
}

}  // namespace huiyu::test
