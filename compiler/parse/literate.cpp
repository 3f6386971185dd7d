#include "compiler/parse/literate.h"

namespace huiyu::parse {
namespace {

std::string_view strip(std::string_view line) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

// The length of the fence that the line begins with; 0 if it begins with none.
std::size_t fence_length(std::string_view line) {
  std::size_t length = 0;
  while (length < line.size() && line[length] == '`') ++length;
  return length >= 3 ? length : 0;
}

bool awaits_table(std::string_view last_line) {
  return last_line.ends_with(':') || last_line.ends_with("：") || last_line.starts_with("记") ||
         last_line.starts_with("let ") || last_line.starts_with("let\t");
}

}  // namespace

std::vector<CodeRange> find_code(std::string_view markdown) {
  enum class Where { Outside, Code, Foreign, AfterOpenTable, Table };
  std::vector<CodeRange> found;
  Where where = Where::Outside;
  std::size_t fence = 0;
  std::string_view last_line;
  for (std::size_t begin = 0; begin < markdown.size();) {
    std::size_t const line_break = markdown.find('\n', begin);
    std::size_t const end = line_break == std::string_view::npos ? markdown.size() : line_break + 1;
    std::string_view const line = strip(markdown.substr(begin, end - begin - (line_break != std::string_view::npos)));
    auto const from = static_cast<std::uint32_t>(begin);
    auto const to = static_cast<std::uint32_t>(end);
    begin = end;
    std::size_t const opening = fence_length(line);
    if (where == Where::Code || where == Where::Foreign) {
      if (opening >= fence && strip(line.substr(opening)).empty()) {
        where = where == Where::Code && awaits_table(last_line) ? Where::AfterOpenTable : Where::Outside;
      } else if (where == Where::Code) {
        found.back().end = to;
        if (!line.empty() && line.front() != '#') last_line = line;
      }
      continue;
    }
    if (opening > 0) {
      std::string_view const tag = strip(line.substr(opening));
      fence = opening;
      where = tag == "hui" || tag.starts_with("hui ") ? Where::Code : Where::Foreign;
      last_line = {};
      if (where == Where::Code) found.push_back({to, to});
      continue;
    }
    bool const row = line.starts_with('|');
    if (where == Where::AfterOpenTable && row) {
      where = Where::Table;
      found.push_back({from, to});
    } else if (where == Where::Table && row) {
      found.back().end = to;
    } else if (where == Where::Table || !line.empty()) {
      where = Where::Outside;
    }
  }
  return found;
}

}  // namespace huiyu::parse
