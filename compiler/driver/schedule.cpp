#include "compiler/driver/schedule.h"

#include "runtime/plan/rows.h"

namespace huiyu::driver {

std::vector<InstalmentRule> schedule_of(tir::Policy const& policy) {
  std::vector<InstalmentRule> rules;
  for (auto const& one : policy.instalments) {
    InstalmentRule rule{one.name, std::nullopt, one.share};
    if (one.amount) rule.fen = static_cast<std::int64_t>(BigInt(numerator(BigRational(*one.amount * 100))));
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::vector<InstalmentRule> schedule_of(plan::Plan const& plan, plan::Policy const& policy) {
  std::vector<InstalmentRule> rules;
  for (auto const& row : plan::rows_of(policy.instalments, plan.instalments)) {
    InstalmentRule rule{std::string(plan.text(row.name)), std::nullopt, std::nullopt};
    if (row.kind == plan::InstalmentKind::Amount) rule.fen = row.number;
    if (row.kind == plan::InstalmentKind::Share) rule.share = BigRational(BigInt(row.number), BigInt(row.divisor));
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace huiyu::driver
