// 预算: what each claim gets of a pool.

#include <algorithm>

#include "runtime/settle/rules.h"

namespace huiyu::settle {
namespace {

Int128 sum_of(std::span<std::int64_t const> all) {
  Int128 sum = 0;
  for (auto const one : all) sum += one;
  return sum;
}

std::vector<std::int64_t> in_proportion(std::int64_t pool, std::vector<std::int64_t> claims) {
  return sum_of(claims) <= pool ? std::move(claims) : largest_remainder(pool, claims);
}

// 再分配: who would get more than `each` gets that, and the rest share what is left, until none would.
std::vector<std::int64_t> shared_again(std::int64_t pool, std::vector<std::int64_t> const& claims, std::int64_t each) {
  std::vector<std::int64_t> shares(claims.size());
  std::vector<std::uint32_t> active(claims.size());
  for (std::uint32_t i = 0; i < active.size(); ++i) active[i] = i;
  for (Int128 left = pool;;) {
    Int128 all = 0;
    for (auto const at : active) all += claims[at];
    auto const over = [&](std::uint32_t at) {
      if (all <= left) return claims[at] > each;
      return static_cast<Int128>(claims[at]) * left > static_cast<Int128>(each) * all;
    };
    auto const rest = std::stable_partition(active.begin(), active.end(), [&](std::uint32_t at) { return !over(at); });
    if (rest == active.end()) {
      std::vector<std::int64_t> wanted;
      for (auto const at : active) wanted.push_back(claims[at]);
      auto const given = in_proportion(static_cast<std::int64_t>(left), std::move(wanted));
      for (std::size_t i = 0; i < active.size(); ++i) shares[active[i]] = given[i];
      return shares;
    }
    for (auto at = rest; at != active.end(); ++at) shares[*at] = each, left -= each;
    active.erase(rest, active.end());
  }
}

}  // namespace

std::vector<std::int64_t> share_pool(std::span<Claim const> claims, std::int64_t pool, std::optional<std::int64_t> each,
                                     bool again, std::uint32_t holders) {
  std::vector<std::int64_t> amounts;
  for (auto const& claim : claims) amounts.push_back(claim.amount);
  if (!each) return in_proportion(pool, std::move(amounts));
  std::vector<std::vector<std::uint32_t>> of_holder(holders);
  for (std::uint32_t i = 0; i < claims.size(); ++i) of_holder[claims[i].holder].push_back(i);
  std::vector<std::int64_t> wanted(holders);
  for (auto const& claim : claims) wanted[claim.holder] += claim.amount;
  std::vector<std::int64_t> given;
  if (again) {
    given = shared_again(pool, wanted, *each);
  } else {
    given = in_proportion(pool, wanted);
    for (auto& share : given) share = std::min(share, *each);
  }
  std::vector<std::int64_t> own;
  for (std::uint32_t holder = 0; holder < holders; ++holder) {
    own.clear();
    for (auto const at : of_holder[holder]) own.push_back(amounts[at]);
    auto const parts = largest_remainder(given[holder], own);
    for (std::size_t i = 0; i < own.size(); ++i) amounts[of_holder[holder][i]] = parts[i];
  }
  return amounts;
}

std::vector<std::int64_t> rank_pool(std::span<Claim const> claims, std::span<std::uint32_t const> order,
                                    std::int64_t pool, std::optional<std::int64_t> each, std::uint32_t holders) {
  std::vector<std::int64_t> shares(claims.size()), taken(holders);
  for (auto const at : order) {
    auto share = std::min(claims[at].amount, pool);
    if (each) share = std::min(share, *each - taken[claims[at].holder]);
    taken[claims[at].holder] += share;
    shares[at] = share;
    pool -= share;
  }
  return shares;
}

}  // namespace huiyu::settle
