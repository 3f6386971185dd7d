// What was settled, as it is listed.

#include <algorithm>
#include <numeric>
#include <utility>

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
std::vector<PartAmount> Population::shares_of(OutcomeRow const& pair) {
  weights_.resize(plan_.policies.size());
  auto& weights = weights_[pair.policy];
  if (!weights) weights = weights_of(pair.policy);
  if (!pair.has_amount || weights->empty()) return {};
  auto const rows = plan::rows_of(plan_.policies[pair.policy].shares, plan_.shares);
  auto const fen = largest_remainder(pair.amount_fen, *weights);
  std::vector<PartAmount> shares;
  for (std::size_t i = 0; i < fen.size(); ++i) shares.push_back({std::string(plan_.text(rows[i].party)), fen[i]});
  return shares;
}

// What the pair brought, which is given away, and what was done to it: only of what is listed, since most of what a run
// settles nobody reads.
OutcomeBesides Population::besides_of(std::size_t row) {
  auto const& pair = rows_[row];
  auto besides = std::exchange(besides_[pair.besides], {});
  auto const found = std::ranges::lower_bound(awards_, row);
  auto const award = static_cast<std::size_t>(found - awards_.begin());
  if (found == awards_.end() || *found != row || last_steps_[award] == none) return besides;
  besides.shares = shares_of(pair);
  std::vector<std::uint32_t> steps;
  for (auto at = last_steps_[award]; at != none; at = steps_[at].before) steps.push_back(at);
  besides.settled.reserve(steps.size());
  for (auto at = steps.rbegin(); at != steps.rend(); ++at) {
    auto const& step = steps_[*at];
    SettleStep made{name_of(step.rule), by_of(settle_of(step.rule).kind), step.how, {}, {}, {}};
    if (step.how == SettledHow::Drawn)
      made.winner = plan_.text(plan_.settle_stages[settle_of(step.rule).stages.begin + step.winner].name);
    else if (step.winner != none)
      made.winner = winner_name(step.winner, static_cast<std::uint32_t>(award));
    if (step.has_before) made.before_fen = step.before_fen;
    if (step.has_after) made.after_fen = step.after_fen;
    besides.settled.push_back(std::move(made));
  }
  return besides;
}

static_assert(sizeof(OutcomeRow) == 32, "what settlement.h says is kept of a pair");

void Population::list(bool all) {
  listed_.clear();
  taken_ = 0;
  for (std::uint32_t i = 0; i < rows_.size(); ++i)
    if (all || rows_[i].outcome == Outcome::Eligible) listed_.push_back(i);
  // Of one policy they stand as they came: by record, where they came so.
  auto const before = [&](std::uint32_t a, std::uint32_t b) {
    auto const &one = rows_[a], &other = rows_[b];
    return one.policy != other.policy ? one.policy < other.policy : one.row < other.row;
  };
  if (!std::ranges::is_sorted(listed_, before)) std::ranges::stable_sort(listed_, before);
}

OutcomeTable Population::take(std::size_t most_rows) {
  OutcomeTable table;
  std::unordered_map<std::uint32_t, std::uint32_t> values{{0, 0}}, needs{{0, 0}};  // places in the lists of the table
  auto const end = listed_.size() - taken_ <= most_rows ? listed_.size() : taken_ + most_rows;
  for (; taken_ < end; ++taken_) {
    auto row = rows_[listed_[taken_]];
    auto const [value, fresh_value] = values.emplace(row.value, static_cast<std::uint32_t>(table.values.size()));
    if (fresh_value) table.values.push_back(values_[row.value]);
    auto const [need, fresh_need] = needs.emplace(row.needs, static_cast<std::uint32_t>(table.needs.size()));
    if (fresh_need) table.needs.push_back(needs_[row.needs]);
    auto besides = besides_of(listed_[taken_]);
    row.value = value->second, row.needs = need->second, row.besides = 0;
    if (!besides.parts.empty() || !besides.shares.empty() || !besides.alerts.empty() || !besides.settled.empty()) {
      row.besides = static_cast<std::uint32_t>(table.besides.size());
      table.besides.push_back(std::move(besides));
    }
    table.rows.push_back(row);
  }
  table.rows.close();
  return table;
}

std::vector<PairOutcome> Population::finish() {
  settle();
  listed_.resize(rows_.size());
  std::iota(listed_.begin(), listed_.end(), 0U);
  return take(rows_.size()).pairs();
}

}  // namespace huiyu::settle
