#include "compiler/driver/report_rows.h"

#include <algorithm>

namespace huiyu::driver {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The digits that a text begins with, without zeros before them.
std::string_view number_at(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  text = text.substr(0, end);
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  return text;
}

std::size_t digits_at(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
}

}  // namespace

Row place_of(SourceSet const& sources, Span span) {
  if (!sources.contains(span.file)) return nullptr;
  auto const& file = sources[span.file];
  auto const position = file.position(span.begin);
  return {{"file", file.path()}, {"line", position.line}, {"column", position.column}};
}

std::string place_text(SourceSet const& sources, Span span) {
  if (!sources.contains(span.file)) return {};
  auto const& file = sources[span.file];
  auto const position = file.position(span.begin);
  return file.path() + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
}

std::string json_line(Row const& row) {
  return row.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string csv_cell(std::string_view text) {
  std::string cell(text);
  if (!cell.empty() && std::string_view("=+-@\t").find(cell.front()) != std::string_view::npos &&
      cell.find_first_not_of("+-.0123456789") != std::string::npos)
    cell.insert(0, "'");
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (char c : cell) {
    quoted += c;
    if (c == '"') quoted += c;
  }
  return quoted + "\"";
}

bool before_by_number(std::string_view a, std::string_view b) {
  auto const whole_a = a, whole_b = b;
  while (!a.empty() && !b.empty()) {
    if (is_digit(a.front()) && is_digit(b.front())) {
      auto const left = number_at(a), right = number_at(b);
      if (left.size() != right.size()) return left.size() < right.size();
      if (left != right) return left < right;
      a.remove_prefix(digits_at(a));
      b.remove_prefix(digits_at(b));
      continue;
    }
    if (a.front() != b.front()) return static_cast<unsigned char>(a.front()) < static_cast<unsigned char>(b.front());
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  if (a.empty() != b.empty()) return a.empty();
  return whole_a < whole_b;
}

}  // namespace huiyu::driver
