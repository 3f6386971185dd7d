// The pages of what can be wrong with data: the first record is refused with just that code, the second is read.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/driver/elements.h"
#include "compiler/driver/engines.h"
#include "compiler/driver/records.h"
#include "runtime/base/civil.h"
#include "runtime/records/json_records.h"
#include "tests/conformance/run_command.h"
#include "tests/unit/compiler_format/command/temporary.h"

namespace huiyu::driver {
namespace {

std::vector<std::string> blocks(std::string const& page, std::string const& kind) {
  std::vector<std::string> found;
  std::string const open = "```" + kind + "\n", close = "```\n";
  for (auto at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
    at += open.size();
    auto const end = page.find(close, at);
    found.push_back(page.substr(at, end - at));
    at = end;
  }
  return found;
}

// The codes of what is said of a record.
std::set<std::string> codes_of(std::string const& rules, std::string const& record) {
  Project project;
  project.sources.add("test.hui", rules + "政策 例 辖区 全国 有效 长期\n  列入 名单\n");
  check_project(project);
  REQUIRE_FALSE(project.diagnostics.has_errors());
  RunInputs inputs;
  inputs.as_of_day = *parse_date("2024-06-30");
  auto const runner = Runner::make(project, inputs, EngineChoice::Oracle);
  REQUIRE(runner);
  auto const read = records::read_json_records(record, (*runner)->layout());
  REQUIRE(read);
  std::set<std::string> codes;
  for (auto const& report : read->reports) {
    auto const text = describe(report, Language::English);
    codes.insert(text.substr(text.find('[') + 1, text.find(']') - text.find('[') - 1));
  }
  return codes;
}

// ```csv name: the files that the mappings of a page are about.
void write_tables(std::string const& page, format::test::TemporaryFolder const& folder) {
  std::string const open = "```csv ", close = "```\n";
  for (auto at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
    at += open.size();
    auto const line = page.find('\n', at), end = page.find(close, line);
    folder.write(page.substr(at, line - at), page.substr(line + 1, end - line - 1));
    at = end;
  }
}

// The codes of what is said of the data under a mapping.
std::set<std::string> codes_under(std::string const& page, std::string const& rules, std::string const& mapping) {
  format::test::TemporaryFolder const folder;
  write_tables(page, folder);
  auto const rule_file = folder.write("规则.hui", rules + "政策 例 辖区 全国 有效 长期\n  列入 名单\n");
  auto const result = huiyu::test::run_command({"data", "check", (folder / "企业.csv").string(), rule_file, "--mapping",
                                                folder.write("映射.toml", mapping), "--lang", "en"});
  CHECK(result.exit_code != 2);
  std::set<std::string> codes;
  auto const said = result.error + result.out;
  for (auto at = said.find("[D"); at != std::string::npos; at = said.find("[D", at + 1))
    codes.insert(said.substr(at + 1, said.find(']', at) - at - 1));
  return codes;
}

// The codes of what is said of records of policies.
std::set<std::string> codes_of_elements(std::string const& rules, std::string const& records) {
  Project project;
  project.sources.add("test.hui", rules);
  check_project(project);
  REQUIRE_FALSE(project.diagnostics.has_errors());
  auto const elements = elements_of(project, Language::English);
  REQUIRE(elements);
  SourceSet sources;
  Diagnostics found;
  REQUIRE(check_elements("records.json", records, project, *elements, sources, found));
  std::set<std::string> codes;
  for (auto const& one : found.all()) codes.emplace(one.kind->code);
  return codes;
}

}  // namespace

TEST_CASE("pages of the messages about data") {
  std::set<std::string> pages;
  for (auto const& entry : std::filesystem::directory_iterator("docs/diagnostics")) {
    auto const code = entry.path().stem().string();
    if (!code.starts_with("D")) continue;
    CAPTURE(code);
    pages.insert(code);
    std::ifstream file(entry.path());
    std::string const page(std::istreambuf_iterator<char>(file), {});
    auto const rules = blocks(page, "hui"), records = blocks(page, "json");
    REQUIRE(rules.size() == 1);
    if (auto const mappings = blocks(page, "toml"); !mappings.empty()) {
      REQUIRE(mappings.size() == 2);
      CHECK(codes_under(page, rules[0], mappings[0]) == std::set{code});
      CHECK(codes_under(page, rules[0], mappings[1]).empty());
      continue;
    }
    REQUIRE(records.size() == 2);
    if (rules[0].find("必填") != std::string::npos) {
      CHECK(codes_of_elements(rules[0], records[0]) == std::set{code});
      CHECK(codes_of_elements(rules[0], records[1]).empty());
      continue;
    }
    CHECK(codes_of(rules[0], records[0]) == std::set{code});
    CHECK(codes_of(rules[0], records[1]).empty());
  }
  for (auto const* kind : diag::all_kinds())
    if (kind->code.starts_with("D")) CHECK_MESSAGE(pages.contains(std::string(kind->code)), kind->code);
}

}  // namespace huiyu::driver
