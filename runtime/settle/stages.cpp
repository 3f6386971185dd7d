// 预算 … ：首期 60%；清算 40%: the stages in which a pool is paid.

#include <algorithm>
#include <numeric>

#include "runtime/base/big.h"
#include "runtime/plan/rows.h"
#include "runtime/settle/settlement.h"

namespace huiyu::settle {
namespace {

// Of a sum what the stages up to each make, in whole 分: the last makes all of it.
std::vector<std::int64_t> up_to_each(std::int64_t sum, std::span<plan::SettleStage const> stages) {
  std::vector<std::int64_t> made;
  BigRational share = 0;
  for (auto const& stage : stages) {
    share += BigRational(BigInt(stage.number), BigInt(stage.divisor));
    BigRational const exact = share * sum;
    made.push_back(to_int64(floor_div(BigInt(numerator(exact)), BigInt(denominator(exact)))).value_or(sum));
  }
  return made;
}

}  // namespace

// Each stage pays its share of what is granted, no more than it has, to each award in proportion to what it has not yet
// had. `shares`: what is granted; empty: nobody knows, and all of the pool is reserved.
void Population::draw(std::uint32_t index, std::span<Entry const> entries, std::vector<bool> const& certain,
                      std::vector<std::int64_t> shares, PoolReport const& whole) {
  auto const stages = plan::rows_of(settle_of(index).stages, plan_.settle_stages);
  if (stages.empty()) return;
  bool const open = shares.empty() && whole.reserved > 0;
  auto const granted = std::accumulate(shares.begin(), shares.end(), std::int64_t{0});
  auto const pools = up_to_each(whole.pool, stages), claims = up_to_each(whole.claimed, stages),
             wanted = up_to_each(granted, stages);
  std::int64_t drawn = 0;
  for (std::size_t s = 0; s < stages.size(); ++s) {
    auto const begins = [&](std::vector<std::int64_t> const& sums) { return s == 0 ? 0 : sums[s - 1]; };
    PoolReport report = whole;
    report.name += " " + std::string(plan_.text(stages[s].name));
    report.pool = pools[s] - begins(pools), report.claimed = claims[s] - begins(claims);
    report.paid = 0, report.reserved = open ? report.pool : 0;
    auto const now = std::min(report.pool, wanted[s] - drawn);
    drawn += now;
    auto const parts = largest_remainder(now, shares);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      shares[i] -= parts[i];
      (certain[i] ? report.paid : report.reserved) += parts[i];
      auto const award = entries[i].seat.pair;
      if (certain[i] && row_of(award).amount_fen > 0)
        note(award, index, SettledHow::Drawn, parts[i], static_cast<std::uint32_t>(s));
    }
    report.rest = report.pool - report.paid - report.reserved;
    reports_.push_back(std::move(report));
  }
}

}  // namespace huiyu::settle
