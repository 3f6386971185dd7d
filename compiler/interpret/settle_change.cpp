// What a settlement does to a pair.

#include <algorithm>

#include "compiler/interpret/settle.h"
#include "runtime/base/check.h"

namespace huiyu::interpret {
namespace {

SettledBy by_of(tir::SettleKind kind) {
  switch (kind) {
    case tir::SettleKind::HighestOnly: return SettledBy::HighestOnly;
    case tir::SettleKind::OneOnly: return SettledBy::OneOnly;
    case tir::SettleKind::TopUp: return SettledBy::TopUp;
    case tir::SettleKind::Cap: return SettledBy::Cap;
    case tir::SettleKind::Budget: return SettledBy::Budget;
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

// 分担 of what is left, by weights that are constants.
void Settlement::share_out(PairOutcome& pair) const {
  auto const& policy = program_.policies[tir::PolicyId{static_cast<std::int32_t>(pair.policy)}];
  pair.shares.clear();
  BigRational whole = 0;
  std::vector<BigRational> weights;
  for (auto const& share : policy.shares) {
    auto const* constant = std::get_if<tir::Constant>(&program_.exprs[share.weight].kind);
    HUIYU_CHECK(constant != nullptr, "the weight of a share is a literal");
    weights.push_back(std::get<BigRational>(constant->value));
    whole += weights.back();
  }
  if (whole <= 0) return;
  // One denominator for all, so that the weights are integers.
  BigInt denominators = 1;
  for (auto const& weight : weights) denominators *= BigInt(denominator(weight));
  std::vector<BigInt> integers;
  for (auto const& weight : weights) integers.emplace_back(numerator(BigRational(weight * BigRational(denominators))));
  auto const fen = largest_remainder(BigInt(*pair.amount_fen), integers);
  for (std::size_t i = 0; i < fen.size(); ++i)
    pair.shares.push_back({policy.shares[i].party, static_cast<std::int64_t>(fen[i])});
}

void Settlement::cut(std::size_t at, tir::Settle const& settle, BigInt const& to, std::string winner, SettledHow how) {
  auto& pair = pairs_[at];
  auto const after = static_cast<std::int64_t>(to);
  pair.settled.push_back({settle.name, by_of(settle.kind), how, std::move(winner), pair.amount_fen, after});
  pair.amount_fen = after;
  pair.needs.clear();
  share_out(pair);
}

void Settlement::leave_open(std::size_t at, tir::Settle const& settle, std::vector<std::size_t> const& blockers,
                            std::optional<BigInt> const& most) {
  auto& pair = pairs_[at];
  auto const needs = needs_of(at, blockers);
  pair.settled.push_back({settle.name, by_of(settle.kind), SettledHow::Pending, "", pair.amount_fen, std::nullopt});
  pair.amount_fen.reset();
  pair.shares.clear();
  pair.needs.assign(needs.begin(), needs.end());
  if (most) bounds_[at] = *most;
}

void Settlement::lose(std::size_t at, SettledBy by, std::string const& group, std::string winner) {
  auto& pair = pairs_[at];
  pair.settled.push_back({group, by, SettledHow::Lost, std::move(winner), pair.amount_fen, std::nullopt});
  pair.outcome = Outcome::Ineligible;
  clear_result(pair);
  pair.needs.clear();
}

void Settlement::doubt(std::size_t at, SettledBy by, std::string const& group, Names needs) {
  auto& pair = pairs_[at];
  pair.settled.push_back({group, by, SettledHow::Pending, "", pair.amount_fen, std::nullopt});
  pair.outcome = Outcome::Unknown;
  clear_result(pair);
  pair.alerts.clear();
  pair.needs.assign(needs.begin(), needs.end());
}

void Settlement::give(std::size_t at, tir::Settle const& settle, BigInt const& fen) {
  auto& pair = pairs_[at];
  auto const sum = static_cast<std::int64_t>(fen);
  pair.settled.push_back({settle.name, SettledBy::Budget, SettledHow::Allotted, "", std::nullopt, sum});
  pair.amount_fen = sum;
  pair.needs.clear();
  share_out(pair);
}

void Settlement::fail(std::size_t at, tir::Settle const& settle) {
  auto& pair = pairs_[at];
  pair.settled.push_back({settle.name, SettledBy::Budget, SettledHow::Faulty, "", std::nullopt, std::nullopt});
  pair.outcome = Outcome::Error;
  clear_result(pair);
  pair.alerts.clear();
  pair.needs.clear();
}

void Settlement::wait_for(Seats const& seats, tir::Settle const& settle, Names const& facts) {
  for (auto const& seat : seats) {
    auto& pair = pairs_[seat.pair];
    if (seat.standing == Standing::Held && settle.cut == tir::SettleCut::Weighted) {
      leave_open(seat.pair, settle, {}, std::nullopt);
      pair.needs.assign(facts.begin(), facts.end());
    } else if (seat.standing == Standing::Held) {
      doubt(seat.pair, by_of(settle.kind), settle.name, facts);
    } else if (seat.standing == Standing::Paid && seat.amount > 0) {
      leave_open(seat.pair, settle, {}, seat.amount);
      pair.needs.assign(facts.begin(), facts.end());
    }
  }
}

Names Settlement::facts_of(std::size_t at) const {
  auto const& pair = pairs_[at];
  auto const& key = keys_[record_of(at)];
  Names facts;
  for (auto const& need : pair.needs) facts.insert(key + "." + need);
  if (pair.needs.empty()) facts.insert(key + ".政策." + policy_of(at).name);
  return facts;
}

// Its own, and what the others hang on; facts of other records with their keys.
Names Settlement::needs_of(std::size_t at, std::vector<std::size_t> const& blockers) const {
  Names needs(pairs_[at].needs.begin(), pairs_[at].needs.end());
  for (auto const other : blockers) {
    auto const& pair = pairs_[other];
    if (record_of(other) != record_of(at))
      needs.merge(facts_of(other));
    else if (pair.needs.empty())
      needs.insert("政策." + policy_of(other).name);
    else
      needs.insert(pair.needs.begin(), pair.needs.end());
  }
  return needs;
}

std::string Settlement::winner_name(std::size_t winner, std::size_t loser) const {
  auto const& name = policy_of(winner).name;
  return record_of(winner) == record_of(loser) ? name : name + "（" + keys_[record_of(winner)] + "）";
}

}  // namespace huiyu::interpret
