#include "runtime/columns/instalments.h"

#include <algorithm>

namespace huiyu {

std::vector<PartAmount> instalments_of(std::vector<InstalmentRule> const& rules, std::int64_t sum_fen) {
  std::vector<PartAmount> parts;
  std::int64_t rest = sum_fen;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    auto const& rule = rules[i];
    std::int64_t part = rest;
    if (i + 1 < rules.size() && rule.fen) part = std::min(rest, *rule.fen);
    if (i + 1 < rules.size() && rule.share) {
      BigRational const exact = *rule.share * sum_fen + BigRational(1, 2);
      part = std::min(rest, to_int64(floor_div(BigInt(numerator(exact)), BigInt(denominator(exact)))).value_or(rest));
    }
    parts.push_back({rule.name, part});
    rest -= part;
  }
  return parts;
}

}  // namespace huiyu
