#include "tests/documents/markdown.h"

#include <fstream>
#include <iterator>
#include <sstream>

namespace huiyu::documents {
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

}  // namespace

std::string read_file(std::string const& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

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

}  // namespace huiyu::documents
