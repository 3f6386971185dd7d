// 预算 and 遴选: what is decided over the whole population.

#include <algorithm>
#include <numeric>

#include "compiler/interpret/evaluator.h"
#include "compiler/interpret/settle.h"

namespace huiyu::interpret {
namespace {

BigInt sum_of(std::vector<BigInt> const& all) { return std::accumulate(all.begin(), all.end(), BigInt(0)); }

// What every holder gets of a pool that it claims so much of, none more than `each`.
std::vector<BigInt> among_holders(BigInt const& pool, std::vector<BigInt> const& claims, BigInt const& each,
                                  bool again) {
  std::vector<BigInt> shares(claims.size());
  if (!again) {
    shares = sum_of(claims) <= pool ? claims : largest_remainder(pool, claims);
    for (auto& share : shares) share = std::min(share, each);
    return shares;
  }
  std::vector<std::size_t> active(claims.size());
  std::iota(active.begin(), active.end(), std::size_t{0});
  for (BigInt left = pool;;) {
    std::vector<BigInt> wanted;
    for (auto const at : active) wanted.push_back(claims[at]);
    BigInt const all = sum_of(wanted);
    std::vector<std::size_t> rest;
    for (auto const at : active) {
      bool const over = all <= left ? claims[at] > each : claims[at] * left > each * all;
      if (over)
        shares[at] = each;
      else
        rest.push_back(at);
    }
    if (rest.size() == active.size()) {
      auto const given = all <= left ? wanted : largest_remainder(left, wanted);
      for (std::size_t i = 0; i < active.size(); ++i) shares[active[i]] = given[i];
      return shares;
    }
    left -= each * static_cast<std::int64_t>(active.size() - rest.size());
    active = std::move(rest);
  }
}

}  // namespace

std::string Settlement::holder_of(tir::Settle const& settle, std::size_t pair) const {
  auto const index = static_cast<std::size_t>(&settle - program_.settles.data());
  bool const joined = std::any_of(settle.members.begin(), settle.members.end(),
                                  [](tir::SettleMember const& member) { return member.unit.has_value(); });
  if (joined || !settle.subject.has_value()) return std::get<std::string>(asked_.at({index, pair}).unit.value);
  auto const& key = keys_[record_of(pair)];
  return key.empty() ? "#" + std::to_string(record_of(pair)) : key;
}

// Undecided claims count with the most that they can come to, never more than the pool.
void Settlement::budget(tir::Settle const& settle, std::size_t index, Seats const& seats, BigInt const& pool,
                        std::optional<BigInt> const& each) {
  Seats claims = seats;
  for (auto& seat : claims)
    if (seat.standing != Standing::Paid) seat.amount = seat.most ? std::min(*seat.most, pool) : pool;
  auto const shares = settle.cut == tir::SettleCut::Ranked ? ranked_pool(settle, index, claims, pool, each)
                                                           : shared_pool(settle, claims, pool, each);
  BigInt claimed = 0, paid = 0, reserved = 0;
  std::vector<bool> settled;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    auto const& seat = claims[i];
    claimed += seat.amount;
    bool const placed = settle.cut != tir::SettleCut::Ranked || asked_.at({index, seat.pair}).by.known();
    bool const certain = seat.standing == Standing::Paid && (placed || seat.amount == 0);
    settled.push_back(certain);
    (certain ? paid : reserved) += shares[i];
    if (certain && shares[i] != seat.amount) cut(seat.pair, settle, shares[i], "", SettledHow::Cut);
    if (certain) continue;
    if (seat.standing == Standing::Paid) {
      auto const& by = asked_.at({index, seat.pair}).by;
      wait_for({seat}, settle, by.missing() && !by.facts.empty() ? by.facts : Names{settle.name});
    }
    bounds_[seat.pair] = shares[i];
  }
  auto const fen = [](BigInt const& amount) { return to_int64(amount).value_or(INT64_MAX); };
  reports_.push_back({settle.name, SettledBy::Budget, fen(pool), fen(paid), fen(reserved),
                      fen(BigInt(pool - paid - reserved)), fen(claimed)});
  draw(settle, seats, settled, shares);
}

std::vector<BigInt> Settlement::shared_pool(tir::Settle const& settle, Seats const& seats, BigInt const& pool,
                                            std::optional<BigInt> const& each) const {
  std::vector<BigInt> claims;
  for (auto const& seat : seats) claims.push_back(seat.amount);
  if (!each) return sum_of(claims) <= pool ? claims : largest_remainder(pool, claims);
  std::map<std::string, std::vector<std::size_t>> holders;
  for (std::size_t i = 0; i < seats.size(); ++i) holders[holder_of(settle, seats[i].pair)].push_back(i);
  std::vector<BigInt> wanted;
  for (auto const& [name, own] : holders) {
    wanted.emplace_back(0);
    for (auto const at : own) wanted.back() += claims[at];
  }
  auto const given = among_holders(pool, wanted, *each, settle.share_again);
  std::vector<BigInt> shares(claims.size());
  std::size_t holder = 0;
  for (auto const& [name, own] : holders) {
    std::vector<BigInt> of_holder;
    for (auto const at : own) of_holder.push_back(claims[at]);
    auto const parts = largest_remainder(given[holder++], of_holder);
    for (std::size_t i = 0; i < own.size(); ++i) shares[own[i]] = parts[i];
  }
  return shares;
}

// First what nobody knows the place of: it may come first. Then each in turn, until the pool is empty.
std::vector<BigInt> Settlement::ranked_pool(tir::Settle const& settle, std::size_t index, Seats const& seats,
                                            BigInt const& pool, std::optional<BigInt> const& each) const {
  auto const place = [&](std::size_t at) -> Answer const& { return asked_.at({index, seats[at].pair}).by; };
  std::vector<std::size_t> order(seats.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (place(a).known() != place(b).known()) return place(b).known();
    if (!place(a).known()) return false;
    auto const& [first, second] = settle.descending ? std::pair(b, a) : std::pair(a, b);
    return ranks_below(place(first).value, place(second).value);
  });
  std::map<std::string, BigInt> taken;
  std::vector<BigInt> shares(seats.size());
  BigInt left = pool;
  for (auto const at : order) {
    BigInt share = std::min(seats[at].amount, left);
    if (each) {
      auto& own = taken[holder_of(settle, seats[at].pair)];
      share = std::min(share, BigInt(*each - own));
      own += share;
    }
    shares[at] = share;
    left -= share;
  }
  return shares;
}

// Whether candidate a stands before b, or `possibly`: whether it may.
bool Settlement::ahead(tir::Selection const& selection, std::size_t a, std::size_t b, bool possibly) const {
  auto const& mine = asked_.at({program_.settles.size(), a});
  auto const& other = asked_.at({program_.settles.size(), b});
  auto const before = [](Answer const& x, Answer const& y, bool descending) {
    return descending ? ranks_below(y.value, x.value) : ranks_below(x.value, y.value);
  };
  if (!mine.by.known() || !other.by.known()) return possibly;
  if (before(mine.by, other.by, selection.descending)) return true;
  if (before(other.by, mine.by, selection.descending) || selection.at_least) return false;
  if (!mine.tie.known() || !other.tie.known()) return possibly;
  if (before(mine.tie, other.tie, selection.tie_descending)) return true;
  if (before(other.tie, mine.tie, selection.tie_descending)) return false;
  return std::pair(keys_[record_of(a)], record_of(a)) < std::pair(keys_[record_of(b)], record_of(b));
}

void Settlement::select(std::size_t policy) {
  auto const& chosen_by = program_.policies[tir::PolicyId{static_cast<std::int32_t>(policy)}];
  auto const& selection = *chosen_by.selection;
  auto const& name = chosen_by.name;
  std::vector<std::size_t> candidates;
  for (std::size_t pair = 0; pair < pairs_.size(); ++pair)
    if (pairs_[pair].policy == policy && standing_of(pair) != Standing::Out) candidates.push_back(pair);
  Evaluator evaluator(program_, inputs_);
  Frame nobody;
  nobody.this_year = evaluator.application_year();
  nobody.this_month = evaluator.month_of_as_of();
  auto const count = evaluator.evaluate(selection.count, nobody);
  auto const certain = [&](std::size_t pair) { return standing_of(pair) != Standing::Doubtful; };
  if (!count.known()) {
    for (auto const pair : candidates)
      if (certain(pair))
        doubt(pair, SettledBy::Selection, name, count.missing() && !count.facts.empty() ? count.facts : Names{name});
    return;
  }
  BigRational const exact = number(count);
  BigInt const down = floor_div(BigInt(numerator(exact)), BigInt(denominator(exact)));
  bool const up = selection.at_least && BigRational(down) != exact;
  BigInt const wanted = std::max(BigInt(0), BigInt(down + (up ? 1 : 0)));

  auto const own_facts = [&](std::size_t pair) {
    Names facts;
    auto const& asked = asked_.at({program_.settles.size(), pair});
    for (auto const* place : {&asked.by, &asked.tie})
      if (place->missing())
        for (auto const& fact : place->facts) facts.insert(keys_[record_of(pair)] + "." + fact);
    return facts;
  };
  struct Decision {
    std::size_t pair;
    bool loses;
    Names needs;
  };
  std::vector<Decision> decisions;
  BigInt taken = 0, open = 0;
  for (auto const pair : candidates) {
    BigInt sure = 0, possible = 0;
    Names facts;
    for (auto const other : candidates) {
      if (other == pair || !ahead(selection, other, pair, true)) continue;
      ++possible;
      bool const placed = ahead(selection, other, pair, false);
      if (placed && certain(other)) {
        ++sure;
        continue;
      }
      if (!certain(other)) facts.merge(facts_of(other));
      if (!placed) facts.merge(own_facts(other));
    }
    if (sure >= wanted) {
      decisions.push_back({pair, true, {}});
      continue;
    }
    bool const fits = possible < wanted;
    if (fits && certain(pair)) {
      ++taken;
      continue;
    }
    ++open;
    if (fits) facts.clear();
    if (!certain(pair)) facts.merge(facts_of(pair));
    if (!fits) facts.merge(own_facts(pair));
    decisions.push_back({pair, false, std::move(facts)});
  }
  // What was undecided before stays so; its facts are named with its key, as those of the others are.
  for (auto const& [pair, loses, needs] : decisions) {
    if (certain(pair) && loses)
      lose(pair, SettledBy::Selection, name, "");
    else if (certain(pair))
      doubt(pair, SettledBy::Selection, name, needs);
    else if (pairs_[pair].outcome == Outcome::Unknown && !loses)
      pairs_[pair].needs.assign(needs.begin(), needs.end());
  }
  auto const number_of = [](BigInt const& n) { return to_int64(n).value_or(INT64_MAX); };
  BigInt const rest = std::max(BigInt(0), BigInt(wanted - taken - open));
  reports_.push_back({name, SettledBy::Selection, number_of(wanted), number_of(taken), number_of(open), number_of(rest),
                      static_cast<std::int64_t>(candidates.size())});
}

}  // namespace huiyu::interpret
