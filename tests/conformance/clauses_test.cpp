// Every case of every clause in tests/conformance/clauses, through the real command, on every engine.
//
// A clause is a folder: rules.hui and the cases of the clause corpus. Nothing here names a clause: facts become an
// input record under their own names, facts that the rules derive are given (--given), and the whole expectation is
// compared.

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/conformance/cases.h"
#include "tests/conformance/run_command.h"

namespace {

namespace fs = std::filesystem;
using namespace huiyu::test;

Subject subject_in(fs::path const& folder) {
  auto dump = run_command({"dump", "--stage", "schema", (folder / "rules.hui").string()});
  REQUIRE_MESSAGE(dump.exit_code == 0, dump.error);
  return subject_of(dump.out);
}

std::string temporary(std::string const& name, std::string const& text) {
  auto folder = fs::temp_directory_path() / ("huiyu-clauses-" + std::to_string(getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / name) << text;
  return (folder / name).string();
}

struct Run {
  fs::path folder;
  Subject subject;
  std::string engine;
  bool reversed = false;
};

// The outcome of each record, as the command gives it.
std::map<std::string, std::vector<Json>> answers(Run const& run, Json const& one) {
  auto const input = input_of(run.subject, one, run.reversed);
  std::vector<std::string> arguments{"eval",      (run.folder / "rules.hui").string(),
                                     "--records", temporary("records.json", input.records),
                                     "--inputs",  temporary("inputs.json", input.inputs),
                                     "--as-of",   one.at("as_of"),
                                     "--engine",  run.engine,
                                     "--format",  "json"};
  for (auto const& name : input.given) {
    arguments.emplace_back("--given");
    arguments.push_back(name);
  }
  auto result = run_command(arguments);
  REQUIRE_MESSAGE(result.exit_code == 0, result.error);
  CHECK_MESSAGE(result.error.empty(), result.error);

  std::map<std::string, std::vector<Json>> found;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    auto row = Json::parse(line);
    auto& rows = found[row.at("key")];
    for (auto const& other : rows)
      CHECK_MESSAGE(other.at("policy") != row.at("policy"), "two outcomes of one policy for one record");
    rows.push_back(row);
  }
  return found;
}

void check_all(std::string const& engine) {
  int compared = 0;
  for (auto const& folder : clause_folders()) {
    auto subject = subject_in(folder);
    for (auto const& one : cases_of(folder)) {
      for (bool reversed : {false, true}) {
        CAPTURE(std::string(one.at("clause")) + " " + std::string(one.at("name")) + (reversed ? " (reversed)" : ""));
        auto found = answers({folder, subject, engine, reversed}, one);
        for (auto const& expected : one.at("expect")) {
          std::string key = expected.at("key");
          CAPTURE(key);
          REQUIRE(found.contains(key));
          CHECK(as_expectation(found[key]) == expectation(expected));
          ++compared;
        }
        CHECK(found.size() == one.at("expect").size());
      }
    }
  }
  MESSAGE(engine << ": " << compared << " expectations compared");
}

}  // namespace

TEST_CASE("clauses answer as their cases say: native") { check_all("native"); }
TEST_CASE("clauses answer as their cases say: interpret") { check_all("interpret"); }
TEST_CASE("clauses answer as their cases say: oracle") { check_all("oracle"); }

TEST_CASE("the fields of a clause's schema are the facts of its cases") {
  for (auto const& folder : clause_folders()) {
    CAPTURE(folder.string());
    auto subject = subject_in(folder);
    std::set<std::string> facts;
    for (auto const& one : cases_of(folder))
      for (auto const& record : one.at("records"))
        for (auto const& [name, fact] : record.at("facts").items()) facts.insert(name);
    for (auto const& fact : facts)
      CHECK_MESSAGE((subject.fields.contains(fact) || subject.definitions.contains(fact)), fact);
    for (auto const& field : subject.fields)
      if (field != subject.key) CHECK_MESSAGE(facts.contains(field), field);
  }
}
