#include "compiler/base/nearest.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "runtime/base/utf8.h"

namespace huiyu {
namespace {

// Code points, so that one wrong Chinese character counts once.
std::u32string decoded(std::string_view text) {
  std::u32string points;
  for (CodePoint const point : code_points(text)) points += point.value;
  return points;
}

// Insertions, deletions, replacements and swaps of neighbours.
std::size_t edit_distance(std::u32string const& a, std::u32string const& b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  return cost[a.size()][b.size()];
}

}  // namespace

std::vector<std::string> all_near(std::string_view name, std::span<std::string const> candidates, std::size_t most) {
  std::u32string const wanted = decoded(name);
  // A third of the characters may differ, at least one: 营业收人 is near 营业收入, 金额 is not near 面积.
  std::size_t const limit = std::max<std::size_t>(1, wanted.size() / 3);
  std::vector<std::pair<std::size_t, std::string>> found;
  for (auto const& candidate : candidates) {
    if (candidate.size() > 4 * (wanted.size() + limit)) continue;
    std::u32string const points = decoded(candidate);
    std::size_t const shorter = std::min(points.size(), wanted.size()), longer = std::max(points.size(), wanted.size());
    if (longer - shorter > limit || shorter < 2) continue;
    std::size_t const distance = edit_distance(wanted, points);
    if (distance > 0 && distance <= limit) found.emplace_back(distance, candidate);
  }
  std::ranges::stable_sort(found, {}, &std::pair<std::size_t, std::string>::first);
  std::vector<std::string> names;
  for (auto& [distance, candidate] : found)
    if (names.size() < most && std::ranges::find(names, candidate) == names.end())
      names.push_back(std::move(candidate));
  return names;
}

std::optional<std::string> nearest(std::string_view name, std::span<std::string const> candidates) {
  auto names = all_near(name, candidates, 1);
  if (names.empty()) return std::nullopt;
  return std::move(names.front());
}

}  // namespace huiyu
