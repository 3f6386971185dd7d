#include "runtime/genes/rank_codes.h"

#include <algorithm>
#include <limits>

namespace huiyu::genes {
namespace {

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t most_edges = std::numeric_limits<Code>::max() - 1;
// Up to so many values from the first edge to the last their codes are looked up: enumerations, counts.
constexpr std::uint64_t most_near = 2048;

}  // namespace

ValueSet complement(ValueSet const& set) {
  ValueSet rest;
  auto from = least;
  for (auto const& one : set) {
    if (one.low > from) rest.push_back({from, one.low - 1});
    if (one.high == greatest) return rest;
    from = one.high + 1;
  }
  rest.push_back({from, greatest});
  return rest;
}

bool contains(ValueSet const& set, std::int64_t value) {
  return std::any_of(set.begin(), set.end(),
                     [&](ValueInterval const& one) { return one.low <= value && value <= one.high; });
}

std::optional<RankCodes> RankCodes::of_edges(std::vector<std::int64_t> edges) {
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  if (edges.size() > most_edges) return std::nullopt;
  RankCodes codes;
  codes.edges_ = std::move(edges);
  auto const& all = codes.edges_;
  if (!all.empty() && static_cast<std::uint64_t>(all.back()) - static_cast<std::uint64_t>(all.front()) < most_near)
    for (std::size_t i = 1; i < all.size(); ++i)
      codes.near_.resize(static_cast<std::size_t>(all[i] - all[0]), static_cast<Code>(i + 1));
  return codes;
}

void RankCodes::add_edges(ValueSet const& set, std::vector<std::int64_t>& edges) {
  for (auto const& one : set) {
    if (one.low != least) edges.push_back(one.low);
    if (one.high != greatest) edges.push_back(one.high + 1);
  }
}

Code RankCodes::code(std::int64_t value) const {
  if (!near_.empty()) {
    if (value < edges_.front()) return 1;
    if (value >= edges_.back()) return top();
    return near_[static_cast<std::size_t>(value - edges_.front())];
  }
  // Halves without a branch: which half it is nobody can foretell.
  auto const* from = edges_.data();
  for (auto left = edges_.size(); left > 1;) {
    auto const half = left / 2;
    from += static_cast<std::size_t>(from[half - 1] <= value) * half;
    left -= half;
  }
  return static_cast<Code>(from - edges_.data() + (edges_.empty() || value < *from ? 1 : 2));
}

// Eight searches side by side: each step waits for memory, and not for the other seven.
template <class Value> void RankCodes::find(Value const* values, std::size_t count, Code* out) const {
  constexpr std::size_t lanes = 8;
  auto const* edges = edges_.data();
  for (std::size_t i = 0; i < count; i += lanes) {
    if (edges_.empty() || !near_.empty()) {
      for (std::size_t k = 0; k < lanes; ++k) out[i + k] = code(values[i + k]);
      continue;
    }
    std::uint32_t from[lanes] = {};
    for (auto left = edges_.size(); left > 1;) {
      auto const half = left / 2;
      for (std::size_t k = 0; k < lanes; ++k)
        from[k] += edges[from[k] + half - 1] <= values[i + k] ? static_cast<std::uint32_t>(half) : 0;
      left -= half;
    }
    for (std::size_t k = 0; k < lanes; ++k)
      out[i + k] = static_cast<Code>(from[k] + (values[i + k] < edges[from[k]] ? 1 : 2));
  }
}
void RankCodes::codes_of(std::int32_t const* values, std::size_t count, Code* out) const { find(values, count, out); }
void RankCodes::codes_of(std::int64_t const* values, std::size_t count, Code* out) const { find(values, count, out); }

CodeSet RankCodes::codes(ValueSet const& set) const {
  CodeSet coded;
  for (auto const& one : set) coded.push_back({code(one.low), code(one.high)});
  return coded;
}

}  // namespace huiyu::genes
