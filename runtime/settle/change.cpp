// What a settlement does to an award.

#include <algorithm>
#include <set>

#include "runtime/settle/settlement.h"

namespace huiyu::settle {

void Population::apply(std::uint32_t rule, std::span<Seat const> seats, Ruling const& ruling) {
  // Needs are told from the pairs as they stand before any of them is changed.
  std::vector<std::vector<std::string>> needs;
  for (std::size_t i = 0; i < seats.size(); ++i) {
    auto const& verdict = ruling.verdicts[i];
    if (verdict.fate != Fate::Pending && verdict.fate != Fate::Doubted) continue;
    needs.resize(seats.size());
    needs[i] = needs_of(seats[i].pair, seats, std::span(ruling.blockers).first(verdict.blockers));
  }
  for (std::size_t i = 0; i < seats.size(); ++i) {
    auto const award = seats[i].pair;
    auto const& verdict = ruling.verdicts[i];
    if (verdict.most != unbounded) bounds_[award] = std::min(bounds_[award], verdict.most);
    auto const winner = verdict.winner < 0 ? none : seats[static_cast<std::size_t>(verdict.winner)].pair;
    switch (verdict.fate) {
      case Fate::Stays: break;
      case Fate::Cut: cut(award, rule, verdict.amount, none, SettledHow::Cut); break;
      case Fate::Lost: cut(award, rule, verdict.amount, winner, SettledHow::Lost); break;
      case Fate::Refused: refuse(award, rule, winner); break;
      case Fate::Pending: leave_open(award, rule, needs[i], verdict.most); break;
      case Fate::Doubted: doubt(award, rule, needs[i]); break;
    }
  }
}

// Steps are numbers until somebody reads them.
void Population::note(std::uint32_t award, std::uint32_t rule, SettledHow how, std::optional<std::int64_t> after,
                      std::uint32_t winner) {
  auto const& pair = row_of(award);
  Step step;
  step.rule = rule, step.how = how, step.winner = winner;
  step.has_before = pair.has_amount && how != SettledHow::Drawn, step.before_fen = pair.amount_fen;
  step.has_after = after.has_value(), step.after_fen = after.value_or(0);
  step.before = last_steps_[award];
  last_steps_[award] = static_cast<std::uint32_t>(steps_.size());
  steps_.push_back(step);
}

void Population::cut(std::uint32_t award, std::uint32_t rule, std::int64_t to, std::uint32_t winner, SettledHow how) {
  note(award, rule, how, to, winner);
  auto& pair = row_of(award);
  pair.has_amount = true, pair.amount_fen = to, pair.needs = 0;
}

void Population::leave_open(std::uint32_t award, std::uint32_t rule, std::vector<std::string> const& needs,
                            std::int64_t most) {
  leave_open(award, rule, needs_.place_of(needs), most);
}

void Population::leave_open(std::uint32_t award, std::uint32_t rule, std::uint32_t needs, std::int64_t most) {
  note(award, rule, SettledHow::Pending, std::nullopt);
  auto& pair = row_of(award);
  pair.has_amount = false, pair.amount_fen = 0, pair.needs = needs;
  bounds_[award] = std::min(bounds_[award], most);
}

void Population::refuse(std::uint32_t award, std::uint32_t rule, std::uint32_t winner) {
  note(award, rule, SettledHow::Lost, std::nullopt, winner);
  auto& pair = row_of(award);
  pair.outcome = Outcome::Ineligible;
  pair.has_amount = false, pair.amount_fen = 0, pair.value = 0, pair.needs = 0;
  besides_[pair.besides].parts.clear();
}

void Population::doubt(std::uint32_t award, std::uint32_t rule, std::vector<std::string> const& needs) {
  note(award, rule, SettledHow::Pending, std::nullopt);
  auto& pair = row_of(award);
  pair.outcome = Outcome::Unknown;
  pair.has_amount = false, pair.amount_fen = 0, pair.value = 0, pair.needs = needs_.place_of(needs);
  besides_[pair.besides].parts.clear();
  besides_[pair.besides].alerts.clear();
}

void Population::give(std::uint32_t award, std::uint32_t rule, std::int64_t fen) {
  note(award, rule, SettledHow::Allotted, fen);
  auto& pair = row_of(award);
  pair.has_amount = true, pair.amount_fen = fen, pair.needs = 0;
}

void Population::fail(std::uint32_t award, std::uint32_t rule) {
  note(award, rule, SettledHow::Faulty, std::nullopt);
  auto& pair = row_of(award);
  pair.outcome = Outcome::Error;
  pair.needs = 0;
  besides_[pair.besides].alerts.clear();
}

// What a pool hands out by weight is a sum, though its policy says none.
void Population::wait_for(Seat const& seat, std::uint32_t rule, std::vector<std::string> const& facts) {
  bool const allotted = settle_of(rule).cut == plan::SettleCut::Weighted;
  if (seat.standing == Standing::Held && allotted) leave_open(seat.pair, rule, facts, unbounded);
  if (seat.standing == Standing::Held && !allotted) doubt(seat.pair, rule, facts);
  if (seat.standing == Standing::Paid && seat.amount > 0) leave_open(seat.pair, rule, facts, seat.amount);
}

std::vector<std::string> Population::facts_at(std::uint32_t place, std::uint32_t rule) const {
  return needs_[place].empty() ? std::vector{name_of(rule)} : needs_[place];
}

std::vector<std::string> Population::facts_of(std::uint32_t award) const {
  auto const& pair = row_of(award);
  auto const& key = keys_[pair.row];
  std::vector<std::string> facts;
  for (auto const& need : needs_[pair.needs]) facts.push_back(key + "." + need);
  if (facts.empty()) facts.push_back(key + ".政策." + std::string(plan_.text(plan_.policies[pair.policy].name)));
  return facts;
}

// Its own, and what the others hang on; facts of other records with their keys.
std::vector<std::string> Population::needs_of(std::uint32_t award, std::span<Seat const> seats,
                                              std::span<std::uint32_t const> blockers) const {
  auto const& own = needs_[row_of(award).needs];
  std::set<std::string> needs(own.begin(), own.end());
  for (auto const blocker : blockers) {
    auto const other = seats[blocker].pair;
    auto const& pair = row_of(other);
    if (pair.row != row_of(award).row)
      for (auto& fact : facts_of(other)) needs.insert(std::move(fact));
    else if (pair.needs == 0)
      needs.insert("政策." + std::string(plan_.text(plan_.policies[pair.policy].name)));
    else
      needs.insert(needs_[pair.needs].begin(), needs_[pair.needs].end());
  }
  return {needs.begin(), needs.end()};
}

}  // namespace huiyu::settle
