#include <algorithm>
#include <array>
#include <cstddef>

#include "tests/layering/layering.h"

namespace huiyu::layering {
namespace {

// A third-party library and the folders that may see it, directly or through a header of ours.
struct Wall {
  std::string_view library;
  std::array<std::string_view, 2> prefixes;  // what its headers start with; empty: unused
  std::array<std::string_view, 2> folders;
};

constexpr std::array walls{
    Wall{"ANTLR", {"antlr4", ""}, {"compiler/parse", ""}},
    Wall{"LLVM", {"llvm/", "llvm-c/"}, {"compiler/codegen", "compiler/jit"}},
    Wall{"Arrow C++", {"arrow/", "parquet/"}, {"runtime/columns", ""}},
};

// Tables that the build writes from grammar/ and the like; they lie in the build folder and hold rows, no code.
bool is_generated_table(std::string_view target) {
  return target.ends_with(".inc") && target.find('/') == std::string_view::npos;
}

bool is_ours(std::string_view target) { return target.starts_with("runtime/") || target.starts_with("compiler/"); }

bool belongs_to(Wall const& wall, std::string_view target) {
  return std::any_of(wall.prefixes.begin(), wall.prefixes.end(),
                     [&](std::string_view prefix) { return !prefix.empty() && target.starts_with(prefix); });
}

bool is_inside(Wall const& wall, std::string const& row) {
  return std::find(wall.folders.begin(), wall.folders.end(), row) != wall.folders.end();
}

using IncludesByPath = std::map<std::string, std::vector<Include>>;

// The chain of headers by which `path` comes to see the library; empty if it does not.
std::vector<std::string> way_to(Wall const& wall, std::string const& path, IncludesByPath const& includes,
                                std::set<std::string>& visited) {
  auto found = includes.find(path);
  if (found == includes.end() || !visited.insert(path).second) return {};
  for (Include const& include : found->second) {
    if (belongs_to(wall, include.target)) return {path, include.target};
    std::vector<std::string> rest = way_to(wall, include.target, includes, visited);
    if (rest.empty()) continue;
    rest.insert(rest.begin(), path);
    return rest;
  }
  return {};
}

std::string at(File const& file, Include const& include) {
  return file.path + ":" + std::to_string(include.line) + ": ";
}

void check_edges(Table const& table, File const& file, std::string const& row, std::vector<Include> const& includes,
                 std::vector<std::string>& problems) {
  for (Include const& include : includes) {
    if (!is_ours(include.target)) {
      if (include.is_quoted && !is_generated_table(include.target))
        problems.push_back(at(file, include) + "\"" + include.target +
                           "\" is not written from the project root (third-party and generated headers stand in <>)");
      continue;
    }
    std::optional<std::string> target = row_of(table, include.target);
    if (!target) {
      problems.push_back(at(file, include) + include.target + " lies in a folder without a row in the table");
      continue;
    }
    bool is_allowed =
        *target == row || table.may_include_everything.contains(row) || table.may_include.at(row).contains(*target);
    if (!is_allowed)
      problems.push_back(at(file, include) + row + " may not include " + *target + " (" + include.target + ")");
  }
}

}  // namespace

std::vector<Include> find_includes(std::string_view text) {
  std::vector<Include> includes;
  int line_number = 0;
  while (!text.empty()) {
    ++line_number;
    std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);

    auto skip_blanks = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
    skip_blanks();
    if (!line.starts_with('#')) continue;
    line.remove_prefix(1);
    skip_blanks();
    if (!line.starts_with("include")) continue;
    line.remove_prefix(std::string_view("include").size());
    skip_blanks();
    if (line.empty() || (line.front() != '"' && line.front() != '<')) continue;
    bool is_quoted = line.front() == '"';
    line.remove_prefix(1);
    std::size_t close = line.find(is_quoted ? '"' : '>');
    if (close != std::string_view::npos)
      includes.push_back({std::string(line.substr(0, close)), is_quoted, line_number});
  }
  return includes;
}

std::vector<std::string> check_files(Table const& table, std::vector<File> const& files) {
  IncludesByPath includes;
  for (File const& file : files) includes[file.path] = find_includes(file.text);

  std::vector<std::string> problems;
  for (File const& file : files) {
    std::optional<std::string> row = row_of(table, file.path);
    if (!row) {
      problems.push_back(file.path + ": its folder has no row in the table");
      continue;
    }
    check_edges(table, file, *row, includes[file.path], problems);
    for (Wall const& wall : walls) {
      if (is_inside(wall, *row)) continue;
      std::set<std::string> visited;
      std::vector<std::string> way = way_to(wall, file.path, includes, visited);
      if (way.empty()) continue;
      std::string problem = file.path + ": sees " + std::string(wall.library) + " by";
      for (std::size_t step = 1; step < way.size(); ++step) problem += " " + way[step];
      problems.push_back(problem);
    }
  }
  return problems;
}

}  // namespace huiyu::layering
