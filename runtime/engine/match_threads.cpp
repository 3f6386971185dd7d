#include "runtime/engine/match_threads.h"

namespace huiyu::engine {

MatchedTable collect(BoundPlan const& bound, std::vector<std::unique_ptr<Matcher>> const& matchers,
                     std::span<std::int64_t const> order) {
  MatchedTable result;
  result.policies.resize(bound.plan->policies.size());
  std::vector<OutcomeCollector> listed;
  for (auto const& matcher : matchers) {
    auto const& counts = matcher->counts();
    for (std::size_t i = 0; i < counts.size(); ++i) {
      auto& total = result.policies[i];
      for (std::size_t k = 0; k < total.outcomes.size(); ++k) total.outcomes[k] += counts[i].outcomes[k];
      total.pending += counts[i].pending;
      total.sum_fen += counts[i].sum_fen;
    }
    listed.push_back(matcher->take_listed());
    if (!order.empty()) listed.back().renumber(order);
    result.explaining = std::max(result.explaining, matcher->explaining());
  }
  result.listed = OutcomeCollector::join(std::move(listed), result.policies.size());
  return result;
}

}  // namespace huiyu::engine
