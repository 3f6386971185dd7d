// Every case of every clause in tests/conformance/clauses, through the real command, on every engine.
//
// A clause is a folder: rules.hui and the cases of the clause corpus. Nothing here names a clause: facts become an
// input record under their own names, facts that the rules derive are given (--given), and the whole expectation is
// compared.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "tests/conformance/run_command.h"

namespace {

namespace fs = std::filesystem;
using huiyu::test::run_command;
using Json = nlohmann::ordered_json;

fs::path const clauses = "tests/conformance/clauses";

std::vector<fs::path> clause_folders() {
  std::vector<fs::path> folders;
  for (auto const& entry : fs::directory_iterator(clauses))
    if (entry.is_directory()) folders.push_back(entry.path());
  std::ranges::sort(folders);
  REQUIRE(!folders.empty());
  return folders;
}

std::vector<Json> cases_of(fs::path const& folder) {
  std::ifstream file(folder / "cases.jsonl");
  std::vector<Json> all;
  for (std::string line; std::getline(file, line);) all.push_back(Json::parse(line));
  REQUIRE(!all.empty());
  return all;
}

// What the rules say of their records: `huiyu dump --stage schema`.
struct Subject {
  std::string key;
  std::set<std::string> fields, definitions;
};

Subject subject_of(fs::path const& folder) {
  auto dump = run_command({"dump", "--stage", "schema", (folder / "rules.hui").string()});
  REQUIRE_MESSAGE(dump.exit_code == 0, dump.error);
  auto schema = Json::parse(dump.out);
  Subject subject{schema.at("subject").at("key"), {}, {}};
  for (auto const& field : schema.at("subject").at("fields")) subject.fields.insert(field.at("name"));
  for (auto const& definition : schema.at("definitions")) subject.definitions.insert(definition.at("name"));
  return subject;
}

fs::path temporary(std::string const& name) {
  auto folder = fs::temp_directory_path() / ("huiyu-clauses-" + std::to_string(getpid()));
  fs::create_directories(folder);
  return folder / name;
}

struct Run {
  fs::path folder;
  Subject subject;
  std::string engine;
  bool reversed = false;
};

// The outcome of each record, in the form of the expectation.
std::map<std::string, Json> answers(Run const& run, Json const& one) {
  Json records = Json::array();
  std::set<std::string> given;
  for (auto const& record : one.at("records")) {
    Json row;
    row[run.subject.key] = record.at("key");
    for (auto const& [name, fact] : record.at("facts").items()) {
      row[name] = fact;
      if (!run.subject.fields.contains(name) && run.subject.definitions.contains(name)) given.insert(name);
    }
    records.push_back(std::move(row));
  }
  if (run.reversed) std::ranges::reverse(records);
  auto input = temporary("records.json");
  std::ofstream(input) << records.dump();

  std::vector<std::string> arguments{"eval",      (run.folder / "rules.hui").string(),
                                     "--records", input.string(),
                                     "--as-of",   one.at("as_of"),
                                     "--engine",  run.engine,
                                     "--format",  "json"};
  for (auto const& name : given) {
    arguments.emplace_back("--given");
    arguments.push_back(name);
  }
  auto result = run_command(arguments);
  REQUIRE_MESSAGE(result.exit_code == 0, result.error);
  CHECK_MESSAGE(result.error.empty(), result.error);

  std::map<std::string, Json> found;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    auto row = Json::parse(line);
    CHECK_MESSAGE(!found.contains(row.at("key")), "two outcomes for one record");
    found[row.at("key")] = row;
  }
  return found;
}

// 元 with two decimals to fen.
Json fen(Json const& amount) {
  if (amount.is_null()) return nullptr;
  std::string text = amount;
  text.erase(text.find('.'), 1);
  return std::stoll(text);
}

// The row of the command in the shape of an expectation, keys sorted.
nlohmann::json as_expectation(Json const& row) {
  nlohmann::json answer{
      {"key", row.at("key")}, {"outcome", row.at("outcome")}, {"amount_fen", fen(row.value("amount", Json()))}};
  if (row.contains("value")) answer["value"] = row["value"];
  if (row.contains("needs")) answer["needs"] = std::set<std::string>(row["needs"].begin(), row["needs"].end());
  if (row.contains("parts"))
    for (auto const& [name, amount] : row["parts"].items()) answer["parts_fen"][name] = fen(amount);
  return answer;
}

nlohmann::json expectation(Json const& expected) {
  nlohmann::json answer = expected;
  if (answer.contains("needs")) answer["needs"] = std::set<std::string>(answer["needs"].begin(), answer["needs"].end());
  return answer;
}

void check_all(std::string const& engine) {
  int compared = 0;
  for (auto const& folder : clause_folders()) {
    auto subject = subject_of(folder);
    for (auto const& one : cases_of(folder)) {
      for (bool reversed : {false, true}) {
        auto found = answers({folder, subject, engine, reversed}, one);
        for (auto const& expected : one.at("expect")) {
          std::string key = expected.at("key");
          CAPTURE(std::string(one.at("clause")) + " " + std::string(one.at("name")) + " " + key +
                  (reversed ? " (reversed)" : ""));
          REQUIRE(found.contains(key));
          CHECK(as_expectation(found[key]).dump() == expectation(expected).dump());
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
    auto subject = subject_of(folder);
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
