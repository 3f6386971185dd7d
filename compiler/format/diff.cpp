#include "compiler/format/diff.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

namespace huiyu::format {
namespace {

constexpr std::size_t context_lines = 1;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    std::size_t const end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos || line == "　";
}

struct Step {
  std::string_view before, after;
  bool removed = false;  // a blank line that is gone
  bool changed = false;
  std::size_t before_line = 0, after_line = 0;  // from 1
};

std::vector<Step> compare(std::string_view before, std::string_view after) {
  std::vector<std::string_view> const old_lines = lines_of(before);
  std::vector<std::string_view> const new_lines = lines_of(after);
  std::vector<Step> steps;
  std::size_t n = 0;
  for (std::size_t o = 0; o < old_lines.size(); ++o) {
    bool const at_end = n >= new_lines.size();
    if (at_end || (is_blank(old_lines[o]) && !is_blank(new_lines[n]))) {
      steps.push_back({old_lines[o], {}, true, true, o + 1, n + 1});
      continue;
    }
    steps.push_back({old_lines[o], new_lines[n], false, old_lines[o] != new_lines[n], o + 1, n + 1});
    ++n;
  }
  return steps;
}

}  // namespace

std::string show_changes(std::string_view before, std::string_view after) {
  if (before == after) return {};
  std::vector<Step> const steps = compare(before, after);
  std::string out;
  for (std::size_t i = 0; i < steps.size();) {
    if (!steps[i].changed) {
      ++i;
      continue;
    }
    // As far as changes lie so close that their contexts would touch.
    std::size_t const begin = i - std::min(i, context_lines);
    std::size_t last = i;
    for (std::size_t k = i; k < steps.size() && k <= last + 2 * context_lines + 1; ++k)
      if (steps[k].changed) last = k;
    std::size_t const end = std::min(steps.size(), last + context_lines + 1);
    auto const kept = static_cast<std::size_t>(std::count_if(steps.begin() + static_cast<std::ptrdiff_t>(begin),
                                                             steps.begin() + static_cast<std::ptrdiff_t>(end),
                                                             [](Step const& step) { return !step.removed; }));
    out += fmt::format("@@ -{},{} +{},{} @@\n", steps[begin].before_line, end - begin, steps[begin].after_line, kept);
    for (std::size_t k = begin; k < end; ++k) {
      if (!steps[k].changed) {
        out += fmt::format(" {}\n", steps[k].before);
        continue;
      }
      // A block of changed lines: all as they were, then all as they are.
      std::size_t block = k;
      for (; block < end && steps[block].changed; ++block) out += fmt::format("-{}\n", steps[block].before);
      for (std::size_t one = k; one < block; ++one)
        if (!steps[one].removed) out += fmt::format("+{}\n", steps[one].after);
      k = block - 1;
    }
    i = end;
  }
  // Only the end of the last line differs.
  if (out.empty()) out = "\\ 文件末尾 / end of file\n";
  return out;
}

}  // namespace huiyu::format
