#include "compiler/format/page.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/format/width.h"

namespace huiyu::format {
namespace {

// A comment behind a longer line stands close to it, so that one line does not push all comments off the screen.
constexpr std::size_t widest_commented_line = 100;
constexpr std::size_t comment_gap = 2;

void fill(std::string& out, std::size_t blanks) { out.append(blanks, ' '); }

// The cells between the bars of |---|:--:|.
std::vector<std::string_view> cells_of(std::string_view rule) {
  std::vector<std::string_view> cells;
  rule.remove_prefix(1);
  while (!rule.empty()) {
    std::size_t const bar = rule.find('|');
    cells.push_back(rule.substr(0, bar));
    if (bar == std::string_view::npos) break;
    rule.remove_prefix(bar + 1);
  }
  return cells;
}

}  // namespace

void Page::add_blank() {
  if (lines_.empty() || lines_.back().kind == PageLine::Kind::Blank || lines_.back().kind == PageLine::Kind::Foreign)
    return;
  lines_.push_back({.kind = PageLine::Kind::Blank});
}

void Page::add(PageLine line) {
  if (line.kind == PageLine::Kind::Foreign && !lines_.empty() && lines_.back().kind == PageLine::Kind::Blank)
    lines_.pop_back();
  lines_.push_back(std::move(line));
}

// Stops of one group stand below each other column by column, from the left.
void Page::line_up() {
  struct Place {
    std::size_t line = 0, part = 0;
  };
  std::map<std::pair<std::int32_t, std::uint8_t>, std::vector<Place>> stops;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    PageLine& line = lines_[i];
    if (line.kind != PageLine::Kind::Code) continue;
    line.part_starts.assign(line.parts.size(), line.indent);
    line.width = line.indent + display_width(line.parts.front().text);
    for (std::size_t part = 1; part < line.parts.size(); ++part)
      stops[{line.parts[part].group, line.parts[part].column}].push_back({i, part});
  }
  for (auto const& [stop, places] : stops) {
    std::size_t column = 0;
    for (Place const& place : places)
      column = std::max(column, lines_[place.line].width + lines_[place.line].parts[place.part].gap);
    for (Place const& place : places) {
      PageLine& line = lines_[place.line];
      line.part_starts[place.part] = column;
      line.width = column + display_width(line.parts[place.part].text);
    }
  }
}

// As wide as the columns of the row above.
std::string Page::print_rule(std::size_t at) const {
  PageLine const& rule = lines_[at];
  PageLine const* const row = at > 0 && lines_[at - 1].kind == PageLine::Kind::Code ? &lines_[at - 1] : nullptr;
  if (row == nullptr || row->parts.size() < 2) return rule.text;
  std::vector<std::string_view> const cells = cells_of(rule.text);
  std::string out;
  fill(out, row->indent);
  for (std::size_t i = 1; i < row->parts.size(); ++i) {
    std::string_view const cell = i - 1 < cells.size() ? cells[i - 1] : std::string_view();
    std::string dashes(row->part_starts[i] - row->part_starts[i - 1] - 1, '-');
    if (cell.find(':') < cell.find('-')) dashes.front() = ':';
    if (cell.rfind(':') != std::string_view::npos && cell.rfind(':') > cell.rfind('-')) dashes.back() = ':';
    out += "|" + dashes;
  }
  return out + "|";
}

// Lines without a blank line between them; the comments behind them stand below each other.
void Page::print_code(std::size_t from, std::size_t to, std::string_view line_end, std::string& out) {
  std::size_t column = 0;
  for (std::size_t i = from; i < to; ++i)
    if (!lines_[i].comment.empty() && lines_[i].width <= widest_commented_line)
      column = std::max(column, lines_[i].width + comment_gap);
  for (std::size_t i = from; i < to; ++i) {
    PageLine const& line = lines_[i];
    if (line.kind == PageLine::Kind::Rule) {
      out += print_rule(i);
    } else if (line.kind == PageLine::Kind::Comment) {
      fill(out, line.indent);
      out += line.text;
    } else {
      std::size_t width = 0;
      for (std::size_t part = 0; part < line.parts.size(); ++part) {
        fill(out, line.part_starts[part] - width);
        out += line.parts[part].text;
        width = line.part_starts[part] + display_width(line.parts[part].text);
      }
      if (!line.comment.empty()) {
        fill(out, std::max(column, line.width + comment_gap) - line.width);
        out += line.comment;
      }
    }
    out += line_end;
  }
}

std::string Page::print(std::string_view line_end) {
  while (!lines_.empty() && lines_.back().kind == PageLine::Kind::Blank) lines_.pop_back();
  line_up();
  std::string out;
  for (std::size_t i = 0; i < lines_.size();) {
    if (lines_[i].kind == PageLine::Kind::Blank || lines_[i].kind == PageLine::Kind::Foreign) {
      out += lines_[i].kind == PageLine::Kind::Blank ? line_end : std::string_view(lines_[i].text);
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < lines_.size() && lines_[end].kind != PageLine::Kind::Blank &&
           lines_[end].kind != PageLine::Kind::Foreign)
      ++end;
    print_code(i, end, line_end, out);
    i = end;
  }
  return out;
}

}  // namespace huiyu::format
