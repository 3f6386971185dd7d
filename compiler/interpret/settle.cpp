#include "compiler/interpret/settle.h"

#include <algorithm>
#include <limits>

#include "compiler/interpret/evaluator.h"

namespace huiyu::interpret {
namespace {

// 元 as whole 分, what is less than one left out.
BigInt fen_of(Answer const& yuan) {
  BigRational const fen = number(yuan) * 100;
  return std::max(BigInt(0), floor_div(BigInt(numerator(fen)), BigInt(denominator(fen))));
}

// What is missing, or that the value itself is in error.
Names lacking(Answer const& answer, std::string const& name) {
  return answer.missing() && !answer.facts.empty() ? answer.facts : Names{name};
}

}  // namespace

bool Settlement::about(std::size_t policy) const {
  auto const subject = program_.policies[tir::PolicyId{static_cast<std::int32_t>(policy)}].subject;
  return std::find(subjects_.begin(), subjects_.end(), subject) != subjects_.end();
}

bool Settlement::idle() const {
  for (auto const& settle : program_.settles)
    for (auto const& member : settle.members)
      if (about(static_cast<std::size_t>(member.policy.index))) return false;
  for (std::size_t i = 0; i < program_.policies.size(); ++i)
    if (about(i) && program_.policies[tir::PolicyId{static_cast<std::int32_t>(i)}].selection) return false;
  return true;
}

// The 结构 whose records have a part in it and did not come.
Names Settlement::not_given(tir::Settle const& settle) const {
  Names lacking;
  for (auto const& member : settle.members)
    if (!about(static_cast<std::size_t>(member.policy.index)))
      lacking.insert(program_.schemas[program_.policies[member.policy].subject].name);
  return lacking;
}

tir::Policy const& Settlement::policy_of(std::size_t pair) const {
  return program_.policies[tir::PolicyId{static_cast<std::int32_t>(pairs_[pair].policy)}];
}

void Settlement::add(columns::Batch const& batch, std::vector<std::string> const& keys, RunInputs const& inputs,
                     std::vector<PairOutcome> pairs, std::vector<std::string> names) {
  inputs_ = inputs;
  Evaluator evaluator(program_, inputs);
  std::size_t const first = keys_.size();
  keys_.insert(keys_.end(), keys.begin(), keys.end());
  for (auto& pair : pairs) {
    auto frame = evaluator.frame_of(batch, pair.row);
    std::size_t const at = pairs_.size();
    auto const& name = (names.empty() ? keys : names)[static_cast<std::size_t>(pair.row)];
    pair.row += static_cast<std::int64_t>(first);
    pairs_.push_back(std::move(pair));
    auto const& policy = policy_of(at);
    auto const year = policy.year.has_value() ? evaluator.evaluate(policy.year, frame) : evaluator.application_year();
    years_.push_back(year.known() ? std::get<tir::YearValue>(year.value).year
                                  : std::numeric_limits<std::int32_t>::min());
    if (standing_of(at) == Standing::Out) continue;
    auto const ask = [&](tir::ExprId expr) { return expr.has_value() ? evaluator.evaluate(expr, frame) : Answer(); };
    for (std::size_t s = 0; s < program_.settles.size(); ++s) {
      auto const& settle = program_.settles[s];
      auto const member = [&](tir::SettleMember const& m) {
        return static_cast<std::uint32_t>(m.policy.index) == pairs_[at].policy;
      };
      auto const its = std::find_if(settle.members.begin(), settle.members.end(), member);
      if (its == settle.members.end()) continue;
      Asked asked{Answer::of("\n" + std::to_string(record_of(at))), ask(its->by), {}, {}};
      // Beside records of other 结构 it goes by the name that they know it by.
      if (!settle.subject.has_value() && !name.empty()) asked.unit = Answer::of(name);
      if (its->unit.has_value()) asked.unit = ask(its->unit);
      if (settle.paid.has_value()) {
        // 本年 in what was paid before is the policy's.
        auto its_year = frame;
        its_year.this_year = year;
        asked.paid = evaluator.evaluate(settle.paid, its_year);
      }
      asked_[{s, at}] = std::move(asked);
    }
    if (policy.selection) {
      // 本年 in the order of a 遴选 is the policy's.
      frame.this_year = year;
      asked_[{program_.settles.size(), at}] = {{}, ask(policy.selection->by), ask(policy.selection->tie), {}};
    }
  }
}

std::vector<PairOutcome> Settlement::finish() {
  std::vector<std::size_t> policies;
  for (std::size_t i = 0; i < program_.policies.size(); ++i) {
    auto const& policy = program_.policies[tir::PolicyId{static_cast<std::int32_t>(i)}];
    if (about(i) && policy.selection) policies.push_back(i);
  }
  std::sort(policies.begin(), policies.end(), [&](std::size_t a, std::size_t b) {
    return program_.policies[tir::PolicyId{static_cast<std::int32_t>(a)}].id <
           program_.policies[tir::PolicyId{static_cast<std::int32_t>(b)}].id;
  });
  for (auto const policy : policies) select(policy);
  for (std::size_t s = 0; s < program_.settles.size(); ++s) settle_one(s);
  return std::move(pairs_);
}

Settlement::Standing Settlement::standing_of(std::size_t pair) const {
  auto const& outcome = pairs_[pair];
  switch (outcome.outcome) {
    case Outcome::Ineligible:
    case Outcome::NotApplicable: return Standing::Out;
    case Outcome::Unknown:
    case Outcome::Error: return Standing::Doubtful;
    case Outcome::Eligible: break;
  }
  if (policy_of(pair).conclusion != tir::ConclusionKind::Money) return Standing::Held;
  return outcome.amount_fen ? Standing::Paid : Standing::Open;
}

std::optional<BigInt> Settlement::most_of(std::size_t pair, tir::SettleMember const& member) const {
  std::optional<BigInt> most;
  if (member.most_fen) most = BigInt(*member.most_fen);
  auto const bound = bounds_.find(pair);
  if (bound != bounds_.end() && (!most || bound->second < *most)) most = bound->second;
  return most;
}

// Pairs that belong to one unit and, where years count, to one year: by the order of members, then by key.
void Settlement::settle_one(std::size_t index) {
  auto const& settle = program_.settles[index];
  bool const pooled = settle.kind == tir::SettleKind::Budget;
  auto const lacking_records = not_given(settle);
  bool const here = std::any_of(settle.members.begin(), settle.members.end(), [&](tir::SettleMember const& member) {
    return about(static_cast<std::size_t>(member.policy.index));
  });
  if (!here) return;
  std::map<std::pair<std::string, std::int32_t>, Seats> units;
  if (pooled && !settle.each_year) units[{"", 0}];  // a pool of which nobody claims anything is reported too
  for (auto const& member : settle.members) {
    std::vector<std::size_t> own;
    for (std::size_t pair = 0; pair < pairs_.size(); ++pair)
      if (pairs_[pair].policy == static_cast<std::uint32_t>(member.policy.index) && standing_of(pair) != Standing::Out)
        own.push_back(pair);
    std::stable_sort(own.begin(), own.end(),
                     [&](std::size_t a, std::size_t b) { return keys_[record_of(a)] < keys_[record_of(b)]; });
    for (auto const pair : own) {
      auto const& unit = asked_.at({index, pair}).unit;
      Seat seat{pair, standing_of(pair), 0, most_of(pair, member)};
      if (seat.standing == Standing::Paid) seat.amount = *pairs_[pair].amount_fen;
      if (!lacking_records.empty()) {
        wait_for({seat}, settle, lacking_records);
        continue;
      }
      // Whose it is, is not known: it waits, and stands beside nobody.
      if (!unit.known()) {
        wait_for({seat}, settle, lacking(unit, settle.name));
        continue;
      }
      std::string const name = pooled ? "" : std::get<std::string>(unit.value);
      units[{name, settle.each_year ? years_[pair] : 0}].push_back(seat);
    }
  }
  if (!lacking_records.empty()) return;
  for (auto const& [unit, seats] : units)
    settle_unit(settle, index, seats, pooled && settle.each_year ? std::to_string(unit.second) + "年" : "");
}

void Settlement::settle_unit(tir::Settle const& settle, std::size_t index, Seats const& seats,
                             std::string const& unit) {
  if (settle.kind == tir::SettleKind::HighestOnly) return highest_only(settle, seats);
  if (settle.kind == tir::SettleKind::OneOnly) return one_only(settle, seats);
  if (settle.kind == tir::SettleKind::TopUp) return top_up(settle, index, seats);
  Evaluator evaluator(program_, inputs_);
  Frame nobody;
  nobody.this_year = evaluator.application_year();
  nobody.this_month = evaluator.month_of_as_of();
  auto const limit = evaluator.evaluate(settle.limit, nobody);
  if (!limit.known()) return wait_for(seats, settle, lacking(limit, settle.name));
  if (settle.kind == tir::SettleKind::Cap) {
    if (!settle.paid.has_value()) return cap(settle, seats, fen_of(limit));
    // Seats of one unit are of one record, so that each of them was paid the same before.
    auto const& paid = asked_.at({index, seats.front().pair}).paid;
    if (!paid.known()) return wait_for(seats, settle, lacking(paid, settle.name));
    return cap(settle, seats, std::max(BigInt(0), BigInt(fen_of(limit) - fen_of(paid))));
  }
  std::optional<BigInt> each;
  if (settle.each_most.has_value()) {
    auto const most = evaluator.evaluate(settle.each_most, nobody);
    if (!most.known()) return wait_for(seats, settle, lacking(most, settle.name));
    each = fen_of(most);
  }
  std::size_t const before = reports_.size();
  if (settle.cut == tir::SettleCut::Weighted)
    allot(settle, index, seats, fen_of(limit), each);
  else
    budget(settle, index, seats, fen_of(limit), each);
  if (!unit.empty())
    for (std::size_t i = before; i < reports_.size(); ++i) reports_[i].name.insert(settle.name.size(), " " + unit);
}

// 就高不重复: the greatest known sum, of equal ones the first. Undecided ones that may be as great leave it open.
void Settlement::highest_only(tir::Settle const& settle, Seats const& seats) {
  Seat const* best = nullptr;
  for (auto const& seat : seats)
    if (seat.standing == Standing::Paid && seat.amount > 0 && (best == nullptr || seat.amount > best->amount))
      best = &seat;
  if (best == nullptr) return;
  std::vector<std::size_t> rivals;
  for (auto const& seat : seats) {
    bool const undecided = seat.standing == Standing::Open || seat.standing == Standing::Doubtful;
    if (undecided && (!seat.most || *seat.most >= best->amount)) rivals.push_back(seat.pair);
  }
  for (auto const& seat : seats) {
    if (&seat == best || std::find(rivals.begin(), rivals.end(), seat.pair) != rivals.end()) continue;
    bounds_[seat.pair] = 0;
    bool const loses = seat.standing == Standing::Open || (seat.standing == Standing::Paid && seat.amount > 0);
    if (loses) cut(seat.pair, settle, 0, rivals.empty() ? winner_name(best->pair, seat.pair) : "", SettledHow::Lost);
  }
  if (!rivals.empty()) leave_open(best->pair, settle, rivals, best->amount);
}

// 互斥: the first that gets something; who comes after it is not eligible.
void Settlement::one_only(tir::Settle const& settle, Seats const& seats) {
  bool taken = false;
  std::string no_name;
  std::optional<std::size_t> winner;
  std::vector<std::size_t> maybe;
  std::vector<std::pair<std::size_t, Names>> doubted;  // told while all stand as they did
  for (auto const& seat : seats) {
    bool const gets = seat.standing == Standing::Held || (seat.standing == Standing::Paid && seat.amount > 0);
    bool const may =
        (seat.standing == Standing::Open || seat.standing == Standing::Doubtful) && !(seat.most && *seat.most == 0);
    if (taken) {
      bounds_[seat.pair] = 0;
      if (gets || (may && seat.standing == Standing::Open))
        lose(seat.pair, SettledBy::OneOnly, settle.name, winner ? winner_name(*winner, seat.pair) : no_name);
      continue;
    }
    bool const hangs = !maybe.empty() && (gets || seat.standing == Standing::Open);
    if (hangs) doubted.emplace_back(seat.pair, needs_of(seat.pair, maybe));
    if (gets) {
      taken = true;
      if (maybe.empty()) winner = seat.pair;
    } else if (may) {
      maybe.push_back(seat.pair);
    }
  }
  for (auto& [pair, needs] : doubted) doubt(pair, SettledBy::OneOnly, settle.name, std::move(needs));
}

// 递进补差: what was paid for lower ones is taken off; who has had as much already is not eligible.
void Settlement::top_up(tir::Settle const& settle, std::size_t index, Seats const& seats) {
  for (auto const& seat : seats) {
    auto const& paid = asked_.at({index, seat.pair}).paid;
    bool const pays = seat.standing == Standing::Paid && seat.amount > 0;
    if (!paid.known()) {
      if (pays) wait_for({seat}, settle, lacking(paid, settle.name));
      continue;
    }
    BigInt const before = fen_of(paid);
    if (pays && before >= seat.amount)
      lose(seat.pair, SettledBy::TopUp, settle.name, "");
    else if (pays && before > 0)
      cut(seat.pair, settle, seat.amount - before, "", SettledHow::Cut);
    else if (!pays && seat.most)
      bounds_[seat.pair] = std::max(BigInt(0), BigInt(*seat.most - before));
  }
}

// 最高 … 削减: together no more than the limit.
void Settlement::cap(tir::Settle const& settle, Seats const& seats, BigInt const& limit) {
  if (settle.cut == tir::SettleCut::InMemberOrder) return cap_in_order(settle, seats, limit);
  BigInt known = 0;
  std::optional<BigInt> open = BigInt(0);
  std::vector<std::size_t> blockers;
  for (auto const& seat : seats) {
    if (seat.standing == Standing::Paid) known += seat.amount;
    if (seat.standing != Standing::Open && seat.standing != Standing::Doubtful) continue;
    if (seat.most && *seat.most == 0) continue;
    blockers.push_back(seat.pair);
    if (open && seat.most)
      *open += *seat.most;
    else
      open.reset();
  }
  if (open && known + *open <= limit) return;
  if (blockers.empty()) {
    std::vector<BigInt> weights;
    for (auto const& seat : seats) weights.push_back(seat.amount);
    auto const shares = largest_remainder(limit, weights);
    for (std::size_t i = 0; i < seats.size(); ++i)
      if (shares[i] != seats[i].amount) cut(seats[i].pair, settle, shares[i], "", SettledHow::Cut);
    return;
  }
  for (auto const& seat : seats) {
    if (seat.standing == Standing::Paid && seat.amount > 0)
      leave_open(seat.pair, settle, blockers, std::min(seat.amount, limit));
    else if (seat.standing != Standing::Paid)
      bounds_[seat.pair] = seat.most ? std::min(*seat.most, limit) : limit;
  }
}

// Each takes what those before it leave; where one of them is undecided, that lies between two bounds.
void Settlement::cap_in_order(tir::Settle const& settle, Seats const& seats, BigInt const& limit) {
  BigInt least = limit, most = limit;  // what is left
  std::vector<std::size_t> blockers;
  for (auto const& seat : seats) {
    if (seat.standing == Standing::Paid) {
      BigInt const low = std::min(seat.amount, least), high = std::min(seat.amount, most);
      if (low != high)
        leave_open(seat.pair, settle, blockers, high);
      else if (low != seat.amount)
        cut(seat.pair, settle, low, "", SettledHow::Cut);
      least -= low;
      most -= high;
      continue;
    }
    BigInt const high = seat.most ? std::min(*seat.most, most) : most;
    if (high == 0) {
      if (seat.standing == Standing::Open && !(seat.most && *seat.most == 0))
        cut(seat.pair, settle, 0, "", SettledHow::Cut);
      bounds_[seat.pair] = 0;
      continue;
    }
    bounds_[seat.pair] = high;
    blockers.push_back(seat.pair);
    least = std::max(BigInt(0), BigInt(least - high));
  }
}

std::vector<BigInt> largest_remainder(BigInt const& whole, std::vector<BigInt> const& weights) {
  BigInt sum = 0, given = 0;
  for (auto const& weight : weights) sum += weight;
  std::vector<BigInt> shares;
  std::vector<BigRational> remainders;
  for (auto const& weight : weights) {
    BigRational const exact = sum == 0 ? BigRational(0) : BigRational(whole * weight) / BigRational(sum);
    shares.push_back(floor_div(BigInt(numerator(exact)), BigInt(denominator(exact))));
    remainders.push_back(exact - BigRational(shares.back()));
    given += shares.back();
  }
  for (; sum > 0 && given < whole; ++given) {
    auto const largest = std::max_element(remainders.begin(), remainders.end());
    ++shares[static_cast<std::size_t>(largest - remainders.begin())];
    *largest = -1;
  }
  return shares;
}

}  // namespace huiyu::interpret
