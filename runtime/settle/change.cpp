// What a settlement does to a pair.

#include <algorithm>
#include <set>

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

void clear_result(PairOutcome& pair) {
  pair.amount_fen.reset();
  pair.parts.clear();
  pair.shares.clear();
  pair.value.clear();
}

}  // namespace

void Population::apply(plan::Settle const& row, std::span<Seat const> seats, Ruling const& ruling) {
  auto const blockers_of = [&](Verdict const& verdict) { return std::span(ruling.blockers).first(verdict.blockers); };
  // Needs are told from the pairs as they stand before any of them is changed.
  std::vector<std::vector<std::string>> needs(seats.size());
  for (std::size_t i = 0; i < seats.size(); ++i)
    if (ruling.verdicts[i].fate == Fate::Pending || ruling.verdicts[i].fate == Fate::Doubted)
      needs[i] = needs_of(seats[i].pair, seats, blockers_of(ruling.verdicts[i]));
  for (std::size_t i = 0; i < seats.size(); ++i) {
    auto const pair = seats[i].pair;
    auto const& verdict = ruling.verdicts[i];
    if (verdict.most != unbounded) bounds_[pair] = std::min(bounds_[pair], verdict.most);
    auto const winner = [&] {
      return verdict.winner < 0 ? std::string()
                                : winner_name(seats[static_cast<std::size_t>(verdict.winner)].pair, pair);
    };
    switch (verdict.fate) {
      case Fate::Stays: break;
      case Fate::Cut: cut(pair, row, verdict.amount, {}, SettledHow::Cut); break;
      case Fate::Lost: cut(pair, row, verdict.amount, winner(), SettledHow::Lost); break;
      case Fate::Refused: refuse(pair, row, winner()); break;
      case Fate::Pending: leave_open(pair, row, std::move(needs[i]), verdict.most); break;
      case Fate::Doubted: doubt(pair, row, std::move(needs[i])); break;
    }
  }
}

// 分担 of what is left.
void Population::share_out(PairOutcome& pair) const {
  pair.shares.clear();
  auto const rows = plan::rows_of(plan_.policies[pair.policy].shares, plan_.shares);
  std::vector<BigRational> weights;
  BigInt common = 1;
  for (auto const& row : rows) {
    weights.push_back(explain::literal_value(plan_, plan_.explains[row.weight.index]).number.big());
    common *= BigInt(denominator(weights.back()));
  }
  std::vector<std::int64_t> integers;
  BigInt sum = 0;
  for (auto const& weight : weights) {
    BigInt const integer = numerator(BigRational(weight * BigRational(common)));
    sum += integer;
    integers.push_back(to_int64(integer).value_or(0));
  }
  if (sum <= 0) return;
  auto const fen = largest_remainder(*pair.amount_fen, integers);
  for (std::size_t i = 0; i < fen.size(); ++i) pair.shares.push_back({std::string(plan_.text(rows[i].party)), fen[i]});
}

void Population::cut(std::uint32_t at, plan::Settle const& row, std::int64_t to, std::string winner, SettledHow how) {
  auto& pair = pairs_[at];
  pair.settled.push_back({name_of(row), by_of(row.kind), how, std::move(winner), pair.amount_fen, to});
  pair.amount_fen = to;
  pair.needs.clear();
  share_out(pair);
}

void Population::leave_open(std::uint32_t at, plan::Settle const& row, std::vector<std::string> needs,
                            std::int64_t most) {
  auto& pair = pairs_[at];
  pair.settled.push_back({name_of(row), by_of(row.kind), SettledHow::Pending, "", pair.amount_fen, std::nullopt});
  pair.amount_fen.reset();
  pair.shares.clear();
  pair.needs = std::move(needs);
  bounds_[at] = std::min(bounds_[at], most);
}

void Population::refuse(std::uint32_t at, plan::Settle const& row, std::string winner) {
  auto& pair = pairs_[at];
  pair.settled.push_back(
      {name_of(row), by_of(row.kind), SettledHow::Lost, std::move(winner), pair.amount_fen, std::nullopt});
  pair.outcome = Outcome::Ineligible;
  clear_result(pair);
  pair.needs.clear();
}

void Population::doubt(std::uint32_t at, plan::Settle const& row, std::vector<std::string> needs) {
  auto& pair = pairs_[at];
  pair.settled.push_back({name_of(row), by_of(row.kind), SettledHow::Pending, "", pair.amount_fen, std::nullopt});
  pair.outcome = Outcome::Unknown;
  clear_result(pair);
  pair.alerts.clear();
  pair.needs = std::move(needs);
}

void Population::wait_for(Seat const& seat, plan::Settle const& row, std::vector<std::string> const& facts) {
  if (seat.standing == Standing::Held) doubt(seat.pair, row, facts);
  if (seat.standing == Standing::Paid && seat.amount > 0) leave_open(seat.pair, row, facts, seat.amount);
}

std::vector<std::string> Population::facts_of(std::uint32_t at) const {
  auto const& pair = pairs_[at];
  auto const& key = keys_[static_cast<std::size_t>(pair.row)];
  std::vector<std::string> facts;
  for (auto const& need : pair.needs) facts.push_back(key + "." + need);
  if (pair.needs.empty()) facts.push_back(key + ".政策." + std::string(plan_.text(plan_.policies[pair.policy].name)));
  return facts;
}

// Its own, and what the others hang on; facts of other records with their keys.
std::vector<std::string> Population::needs_of(std::uint32_t at, std::span<Seat const> seats,
                                              std::span<std::uint32_t const> blockers) const {
  std::set<std::string> needs(pairs_[at].needs.begin(), pairs_[at].needs.end());
  for (auto const blocker : blockers) {
    auto const other = seats[blocker].pair;
    auto const& pair = pairs_[other];
    if (pair.row != pairs_[at].row)
      for (auto& fact : facts_of(other)) needs.insert(std::move(fact));
    else if (pair.needs.empty())
      needs.insert("政策." + std::string(plan_.text(plan_.policies[pair.policy].name)));
    else
      needs.insert(pair.needs.begin(), pair.needs.end());
  }
  return {needs.begin(), needs.end()};
}

std::string Population::winner_name(std::uint32_t winner, std::uint32_t loser) const {
  auto const& pair = pairs_[winner];
  std::string name(plan_.text(plan_.policies[pair.policy].name));
  return pair.row == pairs_[loser].row ? name : name + "（" + keys_[static_cast<std::size_t>(pair.row)] + "）";
}

}  // namespace huiyu::settle
