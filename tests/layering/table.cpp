#include <algorithm>
#include <cstddef>

#include "tests/layering/layering.h"

namespace huiyu::layering {
namespace {

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r`";
  std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The cells of a Markdown table row; empty if the line is none.
std::vector<std::string_view> cells_of(std::string_view line) {
  line = trim(line);
  if (line.size() < 2 || line.front() != '|' || line.back() != '|') return {};
  line = line.substr(1, line.size() - 2);
  std::vector<std::string_view> cells;
  while (true) {
    std::size_t bar = line.find('|');
    cells.push_back(trim(line.substr(0, bar)));
    if (bar == std::string_view::npos) return cells;
    line.remove_prefix(bar + 1);
  }
}

bool is_ruler(std::vector<std::string_view> const& cells) {
  return std::all_of(cells.begin(), cells.end(),
                     [](std::string_view cell) { return cell.find_first_not_of(":-") == std::string_view::npos; });
}

void add_row(Table& table, std::string_view folder, std::string_view allowed) {
  std::set<std::string>& targets = table.may_include[std::string(folder)];
  if (allowed == "(nothing)") return;
  if (allowed == "everything") {
    table.may_include_everything.emplace(folder);
    return;
  }
  while (!allowed.empty()) {
    std::size_t space = allowed.find(' ');
    std::string_view target = trim(allowed.substr(0, space));
    if (!target.empty()) targets.emplace(target);
    allowed = space == std::string_view::npos ? std::string_view{} : allowed.substr(space + 1);
  }
}

enum class Visit { Open, Done };

// Depth first; on meeting an open folder again, `path` holds the circle.
bool finds_circle(Table const& table, std::string const& folder, std::map<std::string, Visit>& visited,
                  std::vector<std::string>& path) {
  auto [visit, is_new] = visited.emplace(folder, Visit::Open);
  path.push_back(folder);
  if (!is_new) {
    if (visit->second == Visit::Open) return true;
    path.pop_back();
    return false;
  }
  auto row = table.may_include.find(folder);
  if (row != table.may_include.end())
    for (std::string const& target : row->second)
      if (finds_circle(table, target, visited, path)) return true;
  visited[folder] = Visit::Done;
  path.pop_back();
  return false;
}

}  // namespace

std::optional<Table> parse_table(std::string_view markdown) {
  std::optional<Table> table;
  while (!markdown.empty()) {
    std::size_t end = markdown.find('\n');
    std::vector<std::string_view> cells = cells_of(markdown.substr(0, end));
    markdown = end == std::string_view::npos ? std::string_view{} : markdown.substr(end + 1);

    if (!table) {
      if (cells.size() >= 2 && cells[0] == "folder" && cells[1] == "may include") table.emplace();
    } else if (cells.size() < 2) {
      break;
    } else if (!is_ruler(cells)) {
      add_row(*table, cells[0], cells[1]);
    }
  }
  return table;
}

std::vector<std::string> check_table(Table const& table) {
  std::vector<std::string> problems;
  // A folder that may include everything is on top of the others: nobody may include it.
  for (auto const& [folder, targets] : table.may_include)
    for (std::string const& target : targets) {
      if (!table.may_include.contains(target))
        problems.push_back(folder + " may include " + target + ", which has no row");
      if (table.may_include_everything.contains(target))
        problems.push_back(folder + " may include " + target + ", which may include everything");
    }

  std::map<std::string, Visit> visited;
  for (auto const& [folder, targets] : table.may_include) {
    std::vector<std::string> path;
    if (!finds_circle(table, folder, visited, path)) continue;
    std::string circle = "circle:";
    for (auto step = std::find(path.begin(), path.end(), path.back()); step != path.end(); ++step)
      circle += " " + *step;
    problems.push_back(circle);
    break;
  }
  return problems;
}

std::optional<std::string> row_of(Table const& table, std::string_view path) {
  std::size_t slash = path.rfind('/');
  bool is_direct = true;
  while (slash != std::string_view::npos) {
    std::string folder(path.substr(0, slash));
    bool is_single = folder.find('/') == std::string::npos;
    if (table.may_include.contains(folder) && (is_direct || !is_single)) return folder;
    is_direct = false;
    slash = slash == 0 ? std::string_view::npos : path.rfind('/', slash - 1);
  }
  return std::nullopt;
}

}  // namespace huiyu::layering
