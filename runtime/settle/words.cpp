// What was settled, as it is listed.

#include <algorithm>

#include "runtime/explain/evaluate.h"
#include "runtime/plan/rows.h"
#include "runtime/settle/settlement.h"

namespace huiyu::settle {
namespace {

SettledBy by_of(plan::SettleKind kind) {
  switch (kind) {
    case plan::SettleKind::Selection: return SettledBy::Selection;
    case plan::SettleKind::HighestOnly: return SettledBy::HighestOnly;
    case plan::SettleKind::OneOnly: return SettledBy::OneOnly;
    case plan::SettleKind::TopUp: return SettledBy::TopUp;
    case plan::SettleKind::Cap: return SettledBy::Cap;
    case plan::SettleKind::Budget: return SettledBy::Budget;
  }
  return SettledBy::Cap;
}

}  // namespace

std::string Population::winner_name(std::uint32_t winner, std::uint32_t loser) const {
  auto const& pair = row_of(winner);
  std::string name(plan_.text(plan_.policies[pair.policy].name));
  return pair.row == row_of(loser).row ? name : name + "（" + keys_[pair.row] + "）";
}

// The weights of a policy's 分担 as integers; none: it has none, or they come to nothing.
std::vector<std::int64_t> Population::weights_of(std::uint32_t policy) const {
  std::vector<BigRational> weights;
  BigInt common = 1, sum = 0;
  for (auto const& row : plan::rows_of(plan_.policies[policy].shares, plan_.shares)) {
    weights.push_back(explain::literal_value(plan_, plan_.explains[row.weight.index]).number.big());
    common *= BigInt(denominator(weights.back()));
  }
  std::vector<std::int64_t> integers;
  for (auto const& weight : weights) {
    BigInt const integer = numerator(BigRational(weight * BigRational(common)));
    sum += integer;
    integers.push_back(to_int64(integer).value_or(0));
  }
  return sum > 0 ? integers : std::vector<std::int64_t>{};
}

// 分担 of what is left; of no sum none.
std::vector<PartAmount> Population::shares_of(OutcomeRow const& pair, std::span<std::int64_t const> weights) const {
  if (!pair.has_amount || weights.empty()) return {};
  auto const rows = plan::rows_of(plan_.policies[pair.policy].shares, plan_.shares);
  auto const fen = largest_remainder(pair.amount_fen, weights);
  std::vector<PartAmount> shares;
  for (std::size_t i = 0; i < fen.size(); ++i) shares.push_back({std::string(plan_.text(rows[i].party)), fen[i]});
  return shares;
}

// Only what is listed: most of what a run settles, nobody reads.
void Population::put_into_words(bool all) {
  std::vector<std::vector<std::int64_t>> weights;  // by policy
  for (std::uint32_t policy = 0; policy < plan_.policies.size(); ++policy) weights.push_back(weights_of(policy));
  std::vector<std::uint32_t> steps;
  for (std::uint32_t award = 0; award < awards_.size(); ++award) {
    auto& pair = row_of(award);
    if (last_steps_[award] == none || (!all && pair.outcome != Outcome::Eligible)) continue;
    if (pair.besides == 0) {
      pair.besides = static_cast<std::uint32_t>(besides_.size());
      besides_.emplace_back();
    }
    auto& besides = besides_[pair.besides];
    besides.shares = shares_of(pair, weights[pair.policy]);
    steps.clear();
    for (auto at = last_steps_[award]; at != none; at = steps_[at].before) steps.push_back(at);
    besides.settled.reserve(steps.size());
    for (auto at = steps.rbegin(); at != steps.rend(); ++at) {
      auto const& step = steps_[*at];
      SettleStep made{name_of(step.rule), by_of(settle_of(step.rule).kind), step.how, {}, {}, {}};
      if (step.winner != none) made.winner = winner_name(step.winner, award);
      if (step.has_before) made.before_fen = step.before_fen;
      if (step.has_after) made.after_fen = step.after_fen;
      besides.settled.push_back(std::move(made));
    }
  }
}

static_assert(sizeof(OutcomeRow) == 32, "what settlement.h says is kept of a pair");

// The lists that rows name, which are given away.
OutcomeTable Population::lists() {
  OutcomeTable table;
  for (std::uint32_t i = 1; i < values_.size(); ++i) table.values.push_back(values_[i]);
  for (std::uint32_t i = 1; i < needs_.size(); ++i) table.needs.push_back(needs_[i]);
  table.besides = std::move(besides_);
  return table;
}

OutcomeTable Population::take(bool all) {
  put_into_words(all);
  auto table = lists();
  std::vector<std::size_t> next(plan_.policies.size() + 1, 0);
  auto const wanted = [&](OutcomeRow const& row) { return all || row.outcome == Outcome::Eligible; };
  for (auto const& row : rows_) next[row.policy + 1] += wanted(row) ? 1 : 0;
  for (std::size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
  table.rows.resize(next.back());
  for (auto const& row : rows_)
    if (wanted(row)) table.rows[next[row.policy]++] = row;
  // Of one policy they stand as they came: by record, where they came so.
  auto const before = [](OutcomeRow const& a, OutcomeRow const& b) {
    return a.policy != b.policy ? a.policy < b.policy : a.row < b.row;
  };
  if (!std::ranges::is_sorted(table.rows, before)) std::ranges::stable_sort(table.rows, before);
  rows_ = {};
  return table;
}

std::vector<PairOutcome> Population::finish() {
  settle();
  put_into_words(true);
  auto const table = lists();
  std::vector<PairOutcome> pairs;
  for (auto const& row : rows_) pairs.push_back(table.pair(row));
  return pairs;
}

}  // namespace huiyu::settle
