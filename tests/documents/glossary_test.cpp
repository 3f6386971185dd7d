// Tables of the documents against the project: each domain word once in docs/glossary.md, every type in
// docs/language/types.md, every link somewhere.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/types/type.h"

namespace {

std::string trimmed(std::string const& text) {
  auto const first = text.find_first_not_of(' ');
  return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> cells_of(std::string const& line) {
  std::vector<std::string> cells;
  std::istringstream parts(line.substr(1));
  for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(trimmed(cell));
  return cells;
}

std::string read_file(std::string const& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// The rows below the headings whose first cell is `heading`, from all such tables.
std::vector<std::vector<std::string>> table_rows(std::string const& page, std::string const& heading) {
  std::vector<std::vector<std::string>> rows;
  bool inside = false, wanted = false;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with('|')) {
      inside = false;
      continue;
    }
    auto cells = cells_of(line);
    if (!inside) {
      inside = true;
      wanted = cells.front() == heading;
    } else if (wanted && !cells.front().starts_with("---")) {
      rows.push_back(std::move(cells));
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("a term stands once in the glossary, with its word in the other language and its meaning") {
  auto const rows = table_rows(read_file("docs/glossary.md"), "中文");
  CHECK(rows.size() > 50);
  std::set<std::string> seen;
  for (auto const& row : rows) {
    REQUIRE(row.size() == 3);
    for (auto const& cell : row) CHECK(!cell.empty());
    CHECK_MESSAGE(seen.insert(row[0]).second, row[0]);
    CHECK_MESSAGE(seen.insert(row[1]).second, row[1]);
  }
}

TEST_CASE("the reference has every type, with what it can hold") {
  auto const rows = table_rows(read_file("docs/language/types.md"), "类型");
  for (auto const& type : huiyu::types::builtin_types()) {
    CAPTURE(std::string(type.zh));
    auto const row = std::ranges::find(rows, type.zh, [](auto const& cells) { return std::string_view(cells[0]); });
    REQUIRE(row != rows.end());
    REQUIRE(row->size() == 4);
    CHECK((*row)[1] == type.en);
    CHECK((*row)[3] == type.note);
  }
}

TEST_CASE("links between pages lead somewhere") {
  namespace fs = std::filesystem;
  std::vector<fs::path> pages{"README.md"};
  for (auto const* folder : {"docs", "examples"})
    for (auto const& entry : fs::recursive_directory_iterator(folder))
      if (entry.path().extension() == ".md") pages.push_back(entry.path());
  static std::regex const link(R"(\]\(([^)#:]+)(#[^)]*)?\))");
  int followed = 0;
  for (auto const& page : pages) {
    auto const text = read_file(page.string());
    for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at, ++followed)
      CHECK_MESSAGE(fs::exists(page.parent_path() / (*at)[1].str()), page.string() << ": " << (*at)[1].str());
  }
  CHECK(followed > 30);
}

TEST_CASE("the reference has every word of the language in both languages") {
  auto const spellings = [](std::string const& path) {
    std::vector<std::string> found;
    std::istringstream lines(read_file(path));
    for (std::string line; std::getline(lines, line);)
      if (!line.empty() && line[0] != '#') found.push_back(trimmed(line.substr(line.find(' '))));
    return found;
  };
  auto const chinese = spellings("grammar/vocabulary/zh"), english = spellings("grammar/vocabulary/en");
  auto const rows = table_rows(read_file("docs/language/words.md"), "用处");
  REQUIRE(chinese.size() == english.size());
  std::vector<std::pair<std::string, std::string>> shown, known;
  for (auto const& row : rows) shown.emplace_back(row[1], row[2]);
  for (std::size_t i = 0; i < chinese.size(); ++i) known.emplace_back(chinese[i], english[i]);
  CHECK(shown == known);
}
