// 预算: what is handed out by weight, and the stages in which a pool is paid.

#include <algorithm>
#include <numeric>

#include "compiler/interpret/settle.h"

namespace huiyu::interpret {
namespace {

BigInt sum_of(std::vector<BigInt> const& all) { return std::accumulate(all.begin(), all.end(), BigInt(0)); }

BigInt floor_of(BigRational const& number) { return floor_div(BigInt(numerator(number)), BigInt(denominator(number))); }

// The same weights as integers.
std::vector<BigInt> integers(std::vector<BigRational> const& weights) {
  BigInt common = 1;
  for (auto const& weight : weights) {
    BigInt const own = denominator(weight);
    if (common % own != 0) common *= own;
  }
  std::vector<BigInt> all;
  for (auto const& weight : weights) all.push_back(floor_of(weight * BigRational(common)));
  return all;
}

// What each gets of all of the pool, none more than `each`. 再分配: whoever would get more gets that and is out, and
// the rest share what is left.
std::vector<BigInt> by_weight(BigInt const& pool, std::vector<BigInt> const& weights, BigInt const& each, bool again) {
  std::vector<bool> full(weights.size(), false);
  for (;;) {
    BigInt left = pool;
    std::vector<BigInt> wanted;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      wanted.push_back(full[i] ? BigInt(0) : weights[i]);
      if (full[i]) left -= each;
    }
    BigInt const all = sum_of(wanted);
    bool more = false;
    for (std::size_t i = 0; i < weights.size() && again; ++i)
      if (wanted[i] * left > each * all) full[i] = more = true;
    if (more) continue;
    auto shares = largest_remainder(left, wanted);
    for (std::size_t i = 0; i < weights.size(); ++i) shares[i] = full[i] ? each : std::min(shares[i], each);
    return shares;
  }
}

}  // namespace

std::vector<BigInt> Settlement::weighted_pool(tir::Settle const& settle, Seats const& seats,
                                              std::vector<BigRational> const& exact, BigInt const& pool,
                                              std::optional<BigInt> const& each) const {
  auto const weights = integers(exact);
  if (!each) return largest_remainder(pool, weights);
  std::map<std::string, std::vector<std::size_t>> holders;
  for (std::size_t i = 0; i < seats.size(); ++i) holders[holder_of(settle, seats[i].pair)].push_back(i);
  std::vector<BigInt> together;
  for (auto const& [name, own] : holders) {
    together.emplace_back(0);
    for (auto const at : own) together.back() += weights[at];
  }
  auto const given = by_weight(pool, together, *each, settle.share_again);
  std::vector<BigInt> shares(weights.size());
  std::size_t holder = 0;
  for (auto const& [name, own] : holders) {
    std::vector<BigInt> of_holder;
    for (auto const at : own) of_holder.push_back(weights[at]);
    auto const parts = largest_remainder(given[holder++], of_holder);
    for (std::size_t i = 0; i < own.size(); ++i) shares[own[i]] = parts[i];
  }
  return shares;
}

// What a share hangs on where others' weights have no bound: what they lack, of their outcome and of their weight.
Names Settlement::needs_of_weights(std::size_t index, std::size_t pair,
                                   std::vector<std::size_t> const& boundless) const {
  Names needs;
  for (auto const other : boundless) {
    Names facts(pairs_[other].needs.begin(), pairs_[other].needs.end());
    auto const& weight = asked_.at({index, other}).by;
    if (weight.missing()) facts.insert(weight.facts.begin(), weight.facts.end());
    if (facts.empty()) facts.insert("政策." + policy_of(other).name);
    bool const own = record_of(other) == record_of(pair);
    for (auto const& fact : facts) needs.insert(own ? fact : keys_[record_of(other)] + "." + fact);
  }
  return needs;
}

// Nobody claims anything: who is eligible counts with its weight, who may be with the most that it can come to. Where
// nothing proves that most, all of the pool is open.
void Settlement::allot(tir::Settle const& settle, std::size_t index, Seats const& seats, BigInt const& pool,
                       std::optional<BigInt> const& each) {
  std::vector<BigRational> weights;
  std::vector<std::size_t> boundless;  // pairs
  BigRational all = 0;
  for (auto const& seat : seats) {
    auto const& asked = asked_.at({index, seat.pair}).by;
    bool const sound = asked.known() && number(asked) >= 0;
    if (!sound && !settle.most_weight) boundless.push_back(seat.pair);
    BigRational const most = BigRational(BigInt(settle.most_weight.value_or(1)), BigInt(1'000'000));
    weights.push_back(sound ? number(asked) : most);
    all += weights.back();
  }
  std::vector<BigInt> shares(seats.size());
  if (boundless.empty()) shares = weighted_pool(settle, seats, weights, pool, each);
  struct Decision {
    bool paid = false, fails = false;
    std::optional<Names> needs;
  };
  std::vector<Decision> decisions;
  for (std::size_t i = 0; i < seats.size(); ++i) {
    auto const& [pair, standing, amount, most] = seats[i];
    auto const& asked = asked_.at({index, pair}).by;
    Decision one;
    if (standing == Standing::Held && asked.missing())
      one.needs = asked.facts.empty() ? Names{settle.name} : asked.facts;
    else if (standing == Standing::Held && (!asked.known() || number(asked) < 0))
      one.fails = true;
    else if (standing == Standing::Held && !boundless.empty() && weights[i] > 0)
      one.needs = needs_of_weights(index, pair, boundless);
    else
      one.paid = standing == Standing::Held;
    decisions.push_back(std::move(one));
  }
  BigInt paid = 0, reserved = boundless.empty() ? BigInt(0) : pool;
  std::vector<bool> certain;
  for (std::size_t i = 0; i < seats.size(); ++i) {
    auto const& one = decisions[i];
    certain.push_back(one.paid);
    (one.paid ? paid : reserved) += shares[i];
    if (one.paid) give(seats[i].pair, settle, shares[i]);
    if (one.fails) fail(seats[i].pair, settle);
    if (one.needs) {
      leave_open(seats[i].pair, settle, {}, std::nullopt);
      pairs_[seats[i].pair].needs.assign(one.needs->begin(), one.needs->end());
    }
  }
  auto const fen = [](BigInt const& amount) { return to_int64(amount).value_or(INT64_MAX); };
  reports_.push_back({settle.name, SettledBy::Budget, fen(pool), fen(paid), fen(reserved),
                      fen(BigInt(pool - paid - reserved)), all > 0 ? fen(pool) : 0});
  if (boundless.empty()) return draw(settle, seats, certain, shares);
  draw(settle, seats, certain, std::nullopt);
}

// Each stage has its share of the pool, and pays its share of what is granted, no more than it has. `shares`: what is
// granted; absent: nobody knows, and all is reserved.
void Settlement::draw(tir::Settle const& settle, Seats const& seats, std::vector<bool> const& certain,
                      std::optional<std::vector<BigInt>> shares) {
  auto const whole = reports_.back();
  BigInt const granted = shares ? sum_of(*shares) : BigInt(0);
  auto const fen = [](BigInt const& amount) { return to_int64(amount).value_or(INT64_MAX); };
  BigRational until = 0, before = 0;
  BigInt drawn = 0;
  for (auto const& stage : settle.stages) {
    until += stage.share;
    auto const part = [&](std::int64_t sum) {
      return BigInt(floor_of(until * BigRational(sum)) - floor_of(before * BigRational(sum)));
    };
    BigInt const has = part(whole.pool), wanted = floor_of(until * BigRational(granted)) - drawn;
    BigInt const pays = std::min(has, wanted);
    drawn += pays;
    BigInt paid = 0, reserved = shares ? BigInt(0) : has;
    if (shares) {
      auto const parts = largest_remainder(pays, *shares);
      for (std::size_t i = 0; i < seats.size(); ++i) {
        (*shares)[i] -= parts[i];
        (certain[i] ? paid : reserved) += parts[i];
        auto& pair = pairs_[seats[i].pair];
        if (certain[i] && pair.amount_fen > 0)
          pair.settled.push_back(
              {settle.name, SettledBy::Budget, SettledHow::Drawn, stage.name, std::nullopt, fen(parts[i])});
      }
    }
    reports_.push_back({settle.name + " " + stage.name, SettledBy::Budget, fen(has), fen(paid), fen(reserved),
                        fen(BigInt(has - paid - reserved)), fen(part(whole.claimed))});
    before = until;
  }
}

}  // namespace huiyu::interpret
