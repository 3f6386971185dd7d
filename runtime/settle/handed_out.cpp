// 预算 分配 按: what each weight gets of a pool that nobody claims from.

#include <algorithm>

#include "runtime/base/big.h"
#include "runtime/settle/remainder.h"
#include "runtime/settle/rules.h"

namespace huiyu::settle {
namespace {

template <class Wide> Wide sum_of(std::vector<Wide> const& all) {
  Wide sum = 0;
  for (auto const& one : all) sum += one;
  return sum;
}

template <class Wide> std::vector<std::int64_t> among(std::int64_t whole, std::vector<Wide> const& weights) {
  Wide const sum = sum_of(weights);
  if (sum == 0) return std::vector<std::int64_t>(weights.size());
  return shares_of<Wide>(whole, std::span<Wide const>(weights), sum);
}

// 再分配: who would get more than `each` gets that, and the rest share what is left, until none would.
template <class Wide>
std::vector<std::int64_t> among_again(std::int64_t whole, std::vector<Wide> const& weights, std::int64_t each) {
  std::vector<std::int64_t> shares(weights.size());
  std::vector<std::uint32_t> active(weights.size());
  for (std::uint32_t i = 0; i < active.size(); ++i) active[i] = i;
  for (auto left = whole;;) {
    std::vector<Wide> wanted;
    for (auto const at : active) wanted.push_back(weights[at]);
    Wide const all = sum_of(wanted);
    auto const fits = [&](std::uint32_t at) { return Wide(weights[at] * left) <= Wide(all * each); };
    auto const rest = std::stable_partition(active.begin(), active.end(), fits);
    if (rest == active.end()) {
      auto const given = among(left, wanted);
      for (std::size_t i = 0; i < active.size(); ++i) shares[active[i]] = given[i];
      return shares;
    }
    for (auto at = rest; at != active.end(); ++at) shares[*at] = each, left -= each;
    active.erase(rest, active.end());
  }
}

template <class Wide>
std::vector<std::int64_t> handed_out(std::vector<Wide> const& weights, std::span<std::uint32_t const> holder_of,
                                     std::int64_t pool, std::optional<std::int64_t> each, bool again,
                                     std::uint32_t holders) {
  if (!each) return among(pool, weights);
  std::vector<std::vector<std::uint32_t>> of_holder(holders);
  std::vector<Wide> wanted(holders);
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    of_holder[holder_of[i]].push_back(i);
    wanted[holder_of[i]] += weights[i];
  }
  auto given = again ? among_again(pool, wanted, *each) : among(pool, wanted);
  for (auto& share : given) share = std::min(share, *each);
  std::vector<std::int64_t> shares(weights.size());
  std::vector<Wide> own;
  for (std::uint32_t holder = 0; holder < holders; ++holder) {
    own.clear();
    for (auto const at : of_holder[holder]) own.push_back(weights[at]);
    auto const parts = among(given[holder], own);
    for (std::size_t i = 0; i < own.size(); ++i) shares[of_holder[holder][i]] = parts[i];
  }
  return shares;
}

}  // namespace

std::vector<std::int64_t> hand_out(std::span<BigRational const> weights, std::span<std::uint32_t const> holder_of,
                                   std::int64_t pool, std::optional<std::int64_t> each, bool again,
                                   std::uint32_t holders) {
  BigInt common = 1;
  for (auto const& weight : weights) {
    BigInt const own = denominator(weight);
    common = BigInt(common / gcd(common, own)) * own;
  }
  std::vector<BigInt> whole;
  for (auto const& weight : weights) whole.emplace_back(numerator(BigRational(weight * BigRational(common))));
  return handed_out(whole, holder_of, pool, each, again, holders);
}

std::vector<std::int64_t> hand_out(std::span<std::int64_t const> weights, std::span<std::uint32_t const> holder_of,
                                   std::int64_t pool, std::optional<std::int64_t> each, bool again,
                                   std::uint32_t holders) {
  std::vector<Int128> const wide(weights.begin(), weights.end());
  // Products of the sum with the pool, or with what one holder gets, fit.
  Int128 const most = std::max<std::int64_t>({pool, each.value_or(0), 1});
  if (sum_of(wide) <= int128_max / most) return handed_out(wide, holder_of, pool, each, again, holders);
  std::vector<BigInt> const wider(weights.begin(), weights.end());
  return handed_out(wider, holder_of, pool, each, again, holders);
}

}  // namespace huiyu::settle
