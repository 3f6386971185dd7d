#include <algorithm>

#include "compiler/check/context.h"
#include "compiler/tir/print.h"
#include "runtime/base/utf8.h"

namespace huiyu::check {
namespace {

std::string english_unit(types::Unit const& unit) {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(types::BaseUnit::Count_)> words{
      "yuan", "persons", "items", "mu", "kWh", "days", "working days", "months", "points"};
  std::string above, below;
  for (std::size_t i = 0; i < words.size(); ++i) {
    int const exponent = unit.exponents[i];
    std::string& side = exponent > 0 ? above : below;
    if (exponent == 0) continue;
    side += (side.empty() ? "" : "·") + std::string(words[i]);
    if (exponent != 1 && exponent != -1) side += "^" + std::to_string(exponent > 0 ? exponent : -exponent);
  }
  return below.empty() ? above : (above.empty() ? "1" : above) + "/" + below;
}

}  // namespace

diag::Phrase phrase(Context const& context, Type const& type) {
  std::string const zh = tir::describe(context.program, type);
  switch (type.kind) {
    case Kind::Number:
      if (auto const row = types::builtin_type_of(type.unit)) return {zh, std::string(row->en)};
      return {zh, english_unit(type.unit)};
    case Kind::Enumeration:
    case Kind::Record: return {zh, zh};
    case Kind::List: return {zh, "list of " + context.program.schemas[type.schema].name};
    case Kind::Set: return {zh, "set"};
    case Kind::Poison: return {zh, "?"};
    case Kind::Truth:
    case Kind::Date:
    case Kind::Year:
    case Kind::Month:
    case Kind::Code:
    case Kind::Text:
    case Kind::CreditCode: break;
  }
  for (auto const& row : types::builtin_types())
    if (row.type == type) return {zh, std::string(row.en)};
  return {zh, zh};
}

std::string source_text(Context const& context, Span span) {
  if (span.empty() || !context.sources.contains(span.file)) return {};
  std::string text;
  for (char const c : context.sources[span.file].slice(span)) {
    bool const blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank)
      text += c;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

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

std::optional<std::string> nearest(std::string_view name, std::span<std::string const> candidates) {
  std::u32string const wanted = decoded(name);
  // A third of the characters may differ, at least one: 营业收人 is near 营业收入, 金额 is not near 面积.
  std::size_t best = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  std::optional<std::string> found;
  for (auto const& candidate : candidates) {
    std::u32string const points = decoded(candidate);
    std::size_t const shorter = std::min(points.size(), wanted.size()), longer = std::max(points.size(), wanted.size());
    if (longer - shorter >= best || shorter < 2) continue;
    std::size_t const distance = edit_distance(wanted, points);
    if (distance > 0 && distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

}  // namespace huiyu::check
