// Internal: the lines of the result, before it is known where columns stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace huiyu::format {

// A stretch of a line that begins at the margin, or at a place that is lined up with the lines around it.
struct Part {
  std::string text;
  std::int32_t group = -1;  // of the stop before it; -1 at the margin
  std::uint8_t column = 0;
  std::size_t gap = 0;  // the least room before it
};

struct PageLine {
  enum class Kind : std::uint8_t { Blank, Comment, Rule, Foreign, Code };
  Kind kind{};
  std::size_t indent = 0;
  std::vector<Part> parts{};               // of Code
  std::string text{};                      // of the others
  std::string comment{};                   // behind Code
  std::size_t width = 0;                   // of Code, once it is lined up
  std::vector<std::size_t> part_starts{};  // likewise: columns
};

class Page {
 public:
  // Runs of blank lines are one; none stands at the edges of the text or of a block in a document.
  void add_blank();
  void add(PageLine line);

  std::vector<PageLine> const& lines() const { return lines_; }

  // The text, lines ending as given.
  std::string print(std::string_view line_end);

 private:
  void line_up();
  std::string print_rule(std::size_t line) const;
  void print_code(std::size_t from, std::size_t to, std::string_view line_end, std::string& out);

  std::vector<PageLine> lines_;
};

}  // namespace huiyu::format
