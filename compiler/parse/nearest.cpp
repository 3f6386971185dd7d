#include <algorithm>
#include <utility>

#include "compiler/parse/run_cutter.h"
#include "runtime/base/utf8.h"

namespace huiyu::parse {
namespace {

constexpr std::size_t longest_searched = 24;  // characters; a longer run is no single name
constexpr std::size_t most_names_searched = 20'000;

std::u32string characters_of(std::string_view text) {
  std::u32string out;
  for (CodePoint const c : code_points(text)) out += c.value;
  return out;
}

// Levenshtein's distance, given up once it exceeds `limit`.
std::size_t distance(std::u32string_view a, std::u32string_view b, std::size_t limit) {
  std::size_t const gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > limit) return limit + 1;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::vector<std::string> nearest_names(std::string_view word, Dictionary const& visible, Dictionary const& own) {
  std::u32string const wanted = characters_of(word.substr(0, longest_searched * 4));
  if (wanted.size() > longest_searched) return {};
  // Half of the characters may differ, at most three.
  std::size_t const limit = std::min<std::size_t>(3, (wanted.size() + 1) / 2);
  std::vector<std::pair<std::size_t, std::string>> found;
  auto const consider = [&](std::string const& name) {
    if (name.size() > longest_searched * 4) return;
    std::u32string const other = characters_of(name);
    std::size_t const away = distance(wanted, other, limit);
    // Two names must share a character to be near.
    if (away <= limit && away < std::max(wanted.size(), other.size())) found.emplace_back(away, name);
  };
  for (Dictionary const* dictionary : {&own, &visible}) {
    std::size_t searched = 0;
    for (DeclaredName const& name : dictionary->names()) {
      if (++searched > most_names_searched) break;
      if (!is_local(name.kind)) consider(name.text);
    }
  }
  for (std::size_t i = 1; i < ast::word_count(); ++i) {
    ast::WordInfo const& info = ast::info(static_cast<ast::Word>(i));
    if ((info.acts & (ast::acts::any | ast::acts::line)) != 0) consider(std::string(info.zh));
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> names;
  for (auto& [away, name] : found)
    if (names.size() < 3 && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  return names;
}

}  // namespace huiyu::parse
