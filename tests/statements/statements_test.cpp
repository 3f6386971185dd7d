// docs/language says what rules mean in numbered statements (`- **L5.3** …`); a test that shows one says so in a
// comment (`shows L5.3`). Here the two are compared, and the table of both is written.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

namespace fs = std::filesystem;

struct Statement {
  std::string page, text;
};

// Orders L2.10 behind L2.9.
struct ByNumber {
  static std::pair<int, int> parts(std::string const& id) {
    auto const dot = id.find('.');
    return {std::stoi(id.substr(1, dot - 1)), std::stoi(id.substr(dot + 1))};
  }
  bool operator()(std::string const& a, std::string const& b) const { return parts(a) < parts(b); }
};

std::string read_text(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> files_below(fs::path const& folder, std::set<std::string> const& kinds) {
  std::vector<fs::path> found;
  for (auto const& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && kinds.contains(entry.path().extension().string())) found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

std::map<std::string, Statement, ByNumber> read_statements(fs::path const& folder, std::vector<std::string>& problems) {
  static std::regex const line_of(R"(^- \*\*(L[0-9]+\.[0-9]+)\*\* (.+)$)");
  std::map<std::string, Statement, ByNumber> statements;
  for (auto const& path : files_below(folder, {".md"})) {
    std::istringstream lines(read_text(path));
    for (std::string line; std::getline(lines, line);) {
      std::smatch parts;
      if (!std::regex_match(line, parts, line_of)) continue;
      auto const fresh = statements.emplace(parts[1], Statement{path.filename().string(), parts[2]}).second;
      if (!fresh) problems.push_back(parts[1].str() + " stands twice");
    }
  }
  return statements;
}

// Where each statement is said to be shown: `tests/language/truth.hui:12`.
std::map<std::string, std::vector<std::string>, ByNumber> read_claims(fs::path const& folder) {
  static std::regex const claim(R"((?://|#) shows ((?:L[0-9]+\.[0-9]+[, ]*)+))");
  static std::regex const number(R"(L[0-9]+\.[0-9]+)");
  std::map<std::string, std::vector<std::string>, ByNumber> claims;
  for (auto const& path : files_below(folder, {".hui", ".md", ".cpp", ".h", ".txt"})) {
    if (path.parent_path().filename() == "statements") continue;
    std::istringstream lines(read_text(path));
    int count = 0;
    for (std::string line; std::getline(lines, line);) {
      ++count;
      std::smatch found;
      if (!std::regex_search(line, found, claim)) continue;
      std::string const list = found[1];
      for (std::sregex_iterator at(list.begin(), list.end(), number), end; at != end; ++at)
        claims[at->str()].push_back(path.generic_string() + ":" + std::to_string(count));
    }
  }
  return claims;
}

TEST_CASE("each statement is shown by a test, and each test shows a statement that there is") {
  std::vector<std::string> problems;
  auto const statements = read_statements("docs/language", problems);
  auto const claims = read_claims("tests");
  REQUIRE(!statements.empty());

  std::ofstream table(HUIYU_STATEMENTS_TABLE, std::ios::binary);
  table << "| 编号 | 含义 | 页 | 由何证明 |\n|---|---|---|---|\n";
  for (auto const& [id, statement] : statements) {
    table << "| " << id << " | " << std::regex_replace(statement.text, std::regex(R"(\|)"), "\\|") << " | "
          << statement.page << " | ";
    auto const shown = claims.find(id);
    if (shown == claims.end())
      problems.push_back(id + " (" + statement.page + ") is shown by no test");
    else
      for (auto const& place : shown->second) table << (place == shown->second.front() ? "" : "<br>") << place;
    table << " |\n";
  }
  for (auto const& [id, places] : claims)
    if (!statements.contains(id)) problems.push_back(places.front() + " shows " + id + ", which no page states");
  for (auto const& problem : problems) {
    CAPTURE(problem);
    CHECK(false);
  }
}

TEST_CASE("a missing claim, a claim of nothing and a number that stands twice are found") {
  auto const folder = fs::temp_directory_path() /
                      ("huiyu-statements-" + std::to_string(std::hash<std::string>{}(HUIYU_STATEMENTS_TABLE)));
  fs::create_directories(folder);
  std::ofstream(folder / "page.md") << "- **L1.1** 一。\n- **L1.1** 又一。\n- **L1.2** 二。\nL1.3 is no statement\n";
  std::ofstream(folder / "a.hui") << "# shows L1.1, L9.9\n# L1.2 is only named\n";
  std::vector<std::string> problems;
  auto const statements = read_statements(folder, problems);
  CHECK(statements.size() == 2);
  CHECK(problems.size() == 1);
  auto const claims = read_claims(folder);
  CHECK(claims.size() == 2);
  CHECK(claims.contains("L9.9"));
  CHECK(!claims.contains("L1.2"));
  fs::remove_all(folder);
}

}  // namespace
