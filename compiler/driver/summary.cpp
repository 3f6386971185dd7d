#include "compiler/driver/summary.h"

#include <algorithm>

#include "compiler/driver/report_rows.h"
#include "runtime/base/decimal.h"

namespace huiyu::driver {
namespace {

std::string yuan(Int128 fen) { return print_decimal(fen, 2); }

Row pool_row(PoolReport const& pool) {
  if (pool.by == SettledBy::Selection)
    return {{"selection", pool.name}, {"wanted", pool.pool},   {"candidates", pool.claimed},
            {"chosen", pool.paid},    {"open", pool.reserved}, {"shortage", pool.rest}};
  return {{"budget", pool.name},     {"pool", yuan(pool.pool)},         {"claimed", yuan(pool.claimed)},
          {"paid", yuan(pool.paid)}, {"reserved", yuan(pool.reserved)}, {"left", yuan(pool.rest)}};
}

}  // namespace

Result<Summary> summarize(Session& session, Language language) {
  Summary summary;
  auto const& names = session.runner->policies();
  for (auto const& name : names) summary.policies.push_back({name, {}, {}, {}});
  std::vector<PolicyCount> counts;
  auto const see = [&](RowKeys const&, OutcomeTable const& listed) -> Result<void> {
    for (auto const& pair : listed.pairs()) {
      auto& policy = summary.policies[pair.policy];
      auto& needs = pair.outcome == Outcome::Unknown ? policy.needs : policy.pending_needs;
      for (auto const& need : pair.needs) ++needs[need];
    }
    return {};
  };
  if (auto done = run_all(session, true, counts, see, language); !done) return done.error();
  for (std::size_t i = 0; i < counts.size(); ++i) summary.policies[i].count = counts[i];
  summary.pools = session.pools;
  for (auto i = counts.size(); i-- > 0;)
    if (!session.runner->asked()[i]) summary.policies.erase(summary.policies.begin() + static_cast<std::ptrdiff_t>(i));
  std::ranges::stable_sort(summary.policies, [](PolicySummary const& a, PolicySummary const& b) {
    return before_by_number(a.policy.id, b.policy.id);
  });
  return summary;
}

std::string summary_text(Summary const& summary, Language language) {
  std::vector<PolicyName> names;
  std::vector<PolicyCount> counts;
  for (auto const& each : summary.policies) {
    names.push_back(each.policy);
    counts.push_back(each.count);
  }
  return summary_table(names, counts, Counted::All, language) + pool_lines(summary.pools, language);
}

std::string summary_json(Summary const& summary) {
  std::string text;
  for (auto const& each : summary.policies) {
    auto const& count = each.count;
    Row row{{"policy", each.policy.id},       {"name", each.policy.name}, {"eligible", count.eligible},
            {"ineligible", count.ineligible}, {"unknown", count.unknown}, {"not_applicable", count.not_applicable},
            {"error", count.error},           {"pending", count.pending}};
    if (each.policy.pays) row["paid"] = yuan(count.sum_fen);
    if (!each.needs.empty()) row["needs"] = each.needs;
    if (!each.pending_needs.empty()) row["pending_needs"] = each.pending_needs;
    text += json_line(row);
  }
  for (auto const& pool : summary.pools) text += json_line(pool_row(pool));
  return text;
}

}  // namespace huiyu::driver
