// The clauses that the product must carry, as they are written for the acceptance suite.
#include <algorithm>
#include <filesystem>

#include <doctest/doctest.h>

#include "compiler/tir/print.h"
#include "compiler/tir/verify.h"
#include "tests/unit/compiler_check/support.h"

using namespace huiyu;
using namespace huiyu::test;

TEST_CASE("every clause of the acceptance suite is checked without a word and keeps the invariants") {
  std::vector<std::string> paths;
  for (auto const& entry : std::filesystem::recursive_directory_iterator("tests/conformance/clauses"))
    if (entry.path().extension() == ".hui") paths.push_back(entry.path().generic_string());
  std::sort(paths.begin(), paths.end());
  REQUIRE(paths.size() >= 3);
  std::vector<ModuleText> standards;  // a clause may use them
  for (auto const& entry : std::filesystem::directory_iterator("stdlib-policies/国家标准/2024"))
    if (entry.path().extension() == ".hui")
      standards.push_back({"国家标准", "2024", read_file(entry.path().generic_string())});
  for (auto const& path : paths) {
    CAPTURE(path);
    Checked const checked = check_files({{path, read_file(path)}}, standards);
    CHECK(checked.messages() == "");
    for (auto const& violation : tir::verify(checked.program)) {
      std::string const text = std::string(violation.invariant) + ": " + violation.text;
      CHECK(text == "");
    }
  }
}

TEST_CASE("the order in which files are given changes nothing") {
  std::string const rules = "政策 甲 编号 1 辖区 全国 有效 长期\n  条件 营业收入 2000万元以上\n  补助 10万元\n";
  std::string const more = "政策 乙 编号 2 辖区 全国 有效 长期\n  条件 员工人数 20人以上\n  补助 5万元\n";
  Checked const one = check_files({{"a.hui", firm()}, {"b.hui", rules}, {"c.hui", more}});
  Checked const other = check_files({{"c.hui", more}, {"b.hui", rules}, {"a.hui", firm()}});
  CHECK(one.messages() == "");
  CHECK(tir::print(one.program) == tir::print(other.program));
}
