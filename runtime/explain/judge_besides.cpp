// What stands beside an outcome: alerts, and who bears the sum.

#include <algorithm>

#include "runtime/explain/judge.h"
#include "runtime/plan/rows.h"

namespace huiyu::explain {

std::vector<AlertColour> alerts_of(Record const& record, plan::Policy const& policy, Evaluator& evaluator) {
  std::vector<AlertColour> shining;
  plan::TextRef settled;
  for (auto const& row : plan::rows_of(policy.alerts, record.plan.alerts)) {
    if (settled.has_value() && row.name == settled) continue;  // a later row of the same alert
    auto const state = evaluator.value(evaluator.evaluate(row.explain)).state;
    if (state == State::False) continue;
    settled = row.name;
    shining.push_back({std::string(record.plan.text(row.name)),
                       state == State::True ? std::string(record.plan.text(row.colour)) : std::string()});
  }
  return shining;
}

namespace {

struct Split {
  std::vector<PartAmount> shares;
  std::vector<std::string> odd;  // who got one 分 more than its part cut to whole 分
};

Split split(Record const& record, plan::Policy const& policy, std::int64_t sum_fen, Evaluator& evaluator) {
  auto const rows = plan::rows_of(policy.shares, record.plan.shares);
  std::vector<BigRational> weights;
  BigRational whole;
  for (auto const& row : rows) {
    auto const& weight = evaluator.value(evaluator.evaluate(row.weight));
    if (!weight.known()) return {};
    weights.push_back(weight.number.big());
    whole += weights.back();
  }
  if (whole <= 0) return {};
  Split made;
  auto& shares = made.shares;
  std::vector<BigRational> remainders;
  auto rest = sum_fen;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    BigRational const exact = weights[i] * sum_fen / whole;
    BigInt const fen = floor_div(BigInt(numerator(exact)), BigInt(denominator(exact)));
    shares.push_back({std::string(record.plan.text(rows[i].party)), static_cast<std::int64_t>(fen)});
    remainders.push_back(exact - fen);
    rest -= shares.back().amount_fen;
  }
  for (; rest > 0; --rest) {
    auto const largest = std::max_element(remainders.begin(), remainders.end());
    auto& share = shares[static_cast<std::size_t>(largest - remainders.begin())];
    ++share.amount_fen;
    made.odd.push_back(share.name);
    *largest = -1;
  }
  return made;
}

Evaluator evaluator_for(Record const& record, plan::Policy const& policy) {
  Evaluator evaluator(record);
  if (policy.explain_year.has_value()) evaluator.set_year(policy.explain_year);
  return evaluator;
}

}  // namespace

std::vector<PartAmount> shares_of(Record const& record, plan::Policy const& policy, std::int64_t sum_fen,
                                  Evaluator& evaluator) {
  return split(record, policy, sum_fen, evaluator).shares;
}

std::vector<std::string> odd_fen_of(Record const& record, std::uint32_t position, std::int64_t sum_fen) {
  auto const& policy = record.plan.policies[position];
  auto evaluator = evaluator_for(record, policy);
  return split(record, policy, sum_fen, evaluator).odd;
}

std::vector<AlertColour> alerts_of(Record const& record, std::uint32_t position) {
  auto const& policy = record.plan.policies[position];
  auto evaluator = evaluator_for(record, policy);
  return alerts_of(record, policy, evaluator);
}

std::vector<PartAmount> shares_of(Record const& record, std::uint32_t position, std::int64_t sum_fen) {
  auto const& policy = record.plan.policies[position];
  auto evaluator = evaluator_for(record, policy);
  return shares_of(record, policy, sum_fen, evaluator);
}

}  // namespace huiyu::explain
