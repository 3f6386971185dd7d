// What explanations and the checker owe to the clauses, on the clauses' own rules and all of their cases: R.1, R.3 and
// R.5 to R.7, in the form for programs. R.2, R.4, R.8 and the sums of a whole run are in report_cases_test.cpp.

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/conformance/cases.h"
#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

namespace fs = std::filesystem;

std::string rules_of(std::string const& clause) { return "tests/conformance/clauses/" + clause + "/rules.hui"; }

std::string text_of(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// One record of a case, explained policy by policy.
struct Told {
  std::string clause, name, key;
  Json answer;
};

// All cases of the clauses, each record that is asked about explained. None named: all clauses.
std::vector<Told> all_told(std::vector<std::string> const& clauses = {}) {
  Folder const folder;
  std::vector<Told> all;
  for (auto const& path : clause_folders()) {
    auto const clause = path.filename().string();
    if (!clauses.empty() && std::ranges::find(clauses, clause) == clauses.end()) continue;
    auto const rules = rules_of(clause);
    auto const subject = subject_of(run_command({"dump", "--stage", "schema", rules}).out);
    for (auto const& one : cases_of(path)) {
      auto const input = input_of(subject, one, false);
      std::vector<std::string> arguments{"explain",   rules,
                                         "--records", folder.write("记录.json", input.records),
                                         "--inputs",  folder.write("表.json", input.inputs),
                                         "--as-of",   one.at("as_of"),
                                         "--format",  "json"};
      for (auto const& name : input.given) arguments.insert(arguments.end(), {"--given", name});
      for (auto const& expected : one.at("expect")) {
        std::string const key = expected.at("key");
        auto with_key = arguments;
        with_key.insert(with_key.end(), {"--key", key});
        auto const done = run_command(with_key);
        REQUIRE_MESSAGE(done.exit_code == 0, done.error);
        std::istringstream answers(done.out);
        while (answers >> std::ws && answers.peek() != std::istringstream::traits_type::eof()) {
          all.push_back({clause, one.at("name"), key, Json()});
          answers >> all.back().answer;
        }
      }
    }
  }
  return all;
}

using Visit = std::function<void(Json const& node)>;

// Every node of an explanation, those above first.
void each_node(Json const& json, Visit const& visit) {
  if (json.is_object() && json.contains("op")) visit(json);
  if (json.is_structured())
    for (auto const& inner : json) each_node(inner, visit);
}

std::vector<Json> nodes_where(Json const& json, std::function<bool(Json const& node)> const& fits) {
  std::vector<Json> found;
  each_node(json, [&](Json const& node) {
    if (fits(node)) found.push_back(node);
  });
  return found;
}

bool is(Json const& node, char const* member, std::string const& value) {
  return node.contains(member) && node[member] == value;
}

bool is_cap(Json const& node) { return is(node, "op", "CapAtMost"); }

// `rules.hui:25:3`, a place in the clause's own text.
bool has_place(Json const& node, std::string const& clause) {
  return node.contains("place") && node["place"].get<std::string>().find(clause + "/rules.hui:") != std::string::npos;
}

// Without blanks and line breaks: an explanation puts a phrase onto one line.
std::string squeezed(std::string const& text) {
  std::string plain;
  for (char const c : text)
    if (c != ' ' && c != '\n') plain += c;
  return plain;
}

}  // namespace

TEST_CASE("R.1 every eligible outcome of S15 rests on declared facts, and names them") {
  int eligible = 0;
  for (auto const& told : all_told({"S15"})) {
    if (told.answer["outcome"] != "eligible") continue;
    CAPTURE(told.name + " " + told.key);
    ++eligible;
    REQUIRE(told.answer.contains("rests_on_declared"));
    std::set<std::string> names;
    for (auto const& fact : told.answer["rests_on_declared"]) names.insert(fact["name"]);
    CHECK(names == std::set<std::string>{"企业认定", "人才薪酬"});
  }
  CHECK(eligible > 4);
}

TEST_CASE("R.3 the exception clause that set 30 % for a large firm of N5 is named at its place") {
  int large = 0, others = 0;
  for (auto const& told : all_told({"N5"})) {
    if (told.answer["outcome"] != "eligible" || !told.answer.contains("amount")) continue;
    CAPTURE(told.name + " " + told.key);
    auto const exception = nodes_where(told.answer, [](Json const& node) { return is(node, "words", "划型 = 大型"); });
    REQUIRE(!exception.empty());
    CHECK(has_place(exception.front(), "N5"));
    bool const holds = exception.front()["state"] == "true";
    // Of the choice the one condition that holds decides, and its result is what the rate is.
    auto const choice = nodes_where(told.answer, [](Json const& node) { return is(node, "op", "ChooseUnique"); });
    REQUIRE(choice.size() == 1);
    auto const result = nodes_where(choice.front()["children"], [](Json const& node) {
      return (is(node, "role", "result") || is(node, "role", "otherwise")) && node["deciding"] == true;
    });
    REQUIRE(result.size() == 1);
    CHECK(result.front()["value"] == (holds ? "30%" : "60%"));
    CHECK(has_place(result.front(), "N5"));
    ++(holds ? large : others);
  }
  CHECK(large > 0);
  CHECK(others > 0);
}

TEST_CASE("R.5 at the cap of S2, S13 and S14: the sum before it, the cap, what is paid") {
  std::set<std::string> cut;
  for (auto const& told : all_told({"S2", "S13", "S14"})) {
    if (told.answer["outcome"] != "eligible") continue;
    CAPTURE(told.clause + " " + told.name + " " + told.key);
    for (auto const& cap : nodes_where(told.answer, is_cap)) {
      if (cap["state"] != "value") continue;
      REQUIRE(cap["children"].size() == 2);
      auto const &before = cap["children"][0], &bound = cap["children"][1];
      CHECK(bound["role"] == "bound");
      CHECK(!before["value"].get<std::string>().empty());
      CHECK(!bound["value"].get<std::string>().empty());
      CHECK(has_place(bound, told.clause));
      CHECK((cap["value"] == before["value"] || cap["value"] == bound["value"]));
      if (cap["value"] != before["value"]) cut.insert(told.clause);
    }
  }
  CHECK(cut == std::set<std::string>{"S2", "S13", "S14"});
  // The figures of one of them: 5 % of 1000.01万元 that is new.
  for (auto const& told : all_told({"S2"})) {
    if (told.name != "50万封顶" || told.key != "e2") continue;
    auto const cap = nodes_where(told.answer, is_cap);
    REQUIRE(cap.size() == 1);
    CHECK(cap[0]["children"][0]["words"] == "新增配套额 × 5%");
    CHECK(cap[0]["children"][0]["value"] == "500005元");
    CHECK(cap[0]["children"][1]["value"] == "50万元");
    CHECK(told.answer["amount"] == "500000.00");
  }
}

TEST_CASE("R.6 every refusal says what fails, every unknown what lacks, every error where, in the clause's words") {
  int refused = 0, unknown = 0, pending = 0, error = 0;
  for (auto const& told : all_told()) {
    auto const& answer = told.answer;
    CAPTURE(told.clause + " " + told.name + " " + told.key + " " + answer["policy"].get<std::string>());
    auto const text = squeezed(text_of(rules_of(told.clause)));
    if (answer["outcome"] == "ineligible") {
      ++refused;
      // What failed stands in the text; where no row of a ladder was hit, the ladder's subject does.
      auto const fails =
          nodes_where(answer, [](Json const& node) { return node["deciding"] == true && node["state"] == "false"; });
      auto const missed = nodes_where(answer, [](Json const& node) { return is(node, "fault", "no_row_holds"); });
      bool const settled = answer.contains("settled") || answer.contains("in_force") == false;
      CHECK_MESSAGE((!fails.empty() || !missed.empty() || settled), answer.dump());
      for (auto const& node : fails) {
        if (is(node, "role", "item")) continue;  // one row of a list, or one year
        CHECK(has_place(node, told.clause));
        CHECK_MESSAGE(text.find(squeezed(node["words"])) != std::string::npos, node.dump());
      }
    } else if (answer["outcome"] == "unknown") {
      ++unknown;
      CHECK(answer.contains("needs"));
      CHECK_FALSE(answer.contains("amount"));
    } else if (answer["outcome"] == "eligible" && answer.contains("needs")) {
      ++pending;
      CHECK_FALSE(answer.contains("amount"));
    } else if (answer["outcome"] == "error") {
      ++error;
      auto const faulty = nodes_where(answer, [](Json const& node) { return node.contains("fault"); });
      REQUIRE(!faulty.empty());
      CHECK(std::ranges::any_of(faulty, [&](Json const& node) {
        return has_place(node, told.clause) && node.contains("words") &&
               text.find(squeezed(node["words"])) != std::string::npos;
      }));
    }
  }
  MESSAGE(refused << " refused, " << unknown << " unknown, " << pending << " pending, " << error << " errors");
  CHECK(refused > 100);
  CHECK(unknown > 30);
  CHECK(pending > 10);
  CHECK(error > 1);
}

TEST_CASE("R.7 N1's rows are proved without gap and overlap; a bound made strict names the value at which two meet") {
  auto const check = [](std::string const& text) {
    Folder const folder;
    return run_command({"check", "--json", folder.write("规则.hui", text)});
  };
  auto const text = text_of(rules_of("N1"));
  auto const whole = check(text);
  CHECK(whole.exit_code == 0);
  CHECK(whole.out.find("\"code\":\"R02") == std::string::npos);
  std::string const bound = "≥";
  int rows = 0, bounds = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    auto const end = std::min(text.find('\n', begin), text.size());
    bool of_the_row = false;
    for (auto at = text.find(bound, begin); at < end; at = text.find(bound, at + 1)) {
      // 300 of X≥300; the other bounds of the row still include theirs.
      auto const digits = at + bound.size();
      auto const number = std::stoi(text.substr(digits, text.find_first_not_of("0123456789", digits) - digits));
      bool const of_staff = text[at - 1] == 'X';
      auto const value = of_staff              ? std::to_string(number) + "人"
                         : number % 10000 == 0 ? std::to_string(number / 10000) + "亿元"
                                               : std::to_string(number) + "万元";
      auto const line = text.substr(begin, end - begin);
      CAPTURE(line);
      CAPTURE(value);
      auto const said = check(std::string(text).replace(at, bound.size(), ">"));
      bool named = false;
      std::istringstream lines(said.out);
      for (std::string each; std::getline(lines, each);) {
        auto const found = Json::parse(each);
        named = named || (found["code"].get<std::string>().starts_with("R02") &&
                          found["message"].get<std::string>().find("超过 " + value) != std::string::npos);
      }
      CHECK_MESSAGE(named, said.out);
      of_the_row = true;
      ++bounds;
    }
    rows += of_the_row ? 1 : 0;
    begin = end + 1;
  }
  CHECK(rows == 15);
  CHECK(bounds == 84);
}

}  // namespace huiyu::test
