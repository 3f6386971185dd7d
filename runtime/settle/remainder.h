#pragma once

// A whole in whole 分 among weights, by largest remainder. Private to the folder.

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace huiyu::settle {

// Of equal remainders the first. Whole: an integer that holds the product of the whole and any weight, and the sum of
// the weights, which is above 0.
template <class Whole, class Weight>
std::vector<std::int64_t> shares_of(std::int64_t whole, std::span<Weight const> weights, Whole const& sum) {
  std::vector<std::int64_t> shares(weights.size());
  std::vector<Whole> remainders(weights.size());
  auto rest = whole;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    Whole const product = static_cast<Whole>(whole) * weights[i];
    shares[i] = static_cast<std::int64_t>(Whole(product / sum));
    remainders[i] = product % sum;
    rest -= shares[i];
  }
  // Fewer than there are weights are left over: one each to the greatest remainders.
  std::vector<std::uint32_t> order(weights.size());
  std::iota(order.begin(), order.end(), 0U);
  auto const before = [&](std::uint32_t a, std::uint32_t b) {
    return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
  };
  auto const end = order.begin() + static_cast<std::ptrdiff_t>(rest);
  if (rest > 0) std::nth_element(order.begin(), end - 1, order.end(), before);
  for (auto at = order.begin(); at != end; ++at) ++shares[*at];
  return shares;
}

}  // namespace huiyu::settle
