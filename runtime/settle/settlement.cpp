#include "runtime/settle/settlement.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "runtime/base/check.h"
#include "runtime/base/civil.h"
#include "runtime/explain/evaluate.h"
#include "runtime/plan/rows.h"

namespace huiyu::settle {
namespace {

bool has(plan::Settle const& row, plan::SettleFlags flag) { return (row.flags & flag) != 0; }

bool joins_records(Rule const& rule) {
  return rule.joined || rule.row->kind == plan::SettleKind::Selection || rule.row->kind == plan::SettleKind::Budget;
}

}  // namespace

Rules::Rules(plan::Plan const& plan, std::span<plan::Ref<plan::Relation> const> subjects, bool record_alone)
    : plan_(&plan) {
  of_policy_.resize(plan.policies.size());
  std::unordered_map<std::uint32_t, std::uint32_t> by_id;  // equal texts have one position
  for (std::uint32_t i = 0; i < plan.policies.size(); ++i) by_id.emplace(plan.policies[i].id.index, i);
  for (auto const& row : plan.settles) {
    Rule rule;
    rule.row = &row;
    std::set<std::uint32_t> about;
    std::set<std::string> lacks;
    for (auto const& member : plan::rows_of(row.members, plan.settle_members)) {
      auto const policy = by_id.find(member.policy.index);
      if (policy == by_id.end()) continue;
      auto const subject = plan.policies[policy->second].subject;
      about.insert(subject.index);
      if (std::ranges::find(subjects, subject) == subjects.end()) {
        lacks.emplace(plan.text(plan.relations[subject.index].name));
        continue;
      }
      rule.policies.push_back(policy->second);
      rule.members.push_back(&member);
      rule.joined = rule.joined || member.unit.has_value();
    }
    if (rule.policies.empty()) continue;
    rule.several = about.size() > 1;
    rule.joined = rule.joined || rule.several;
    rule.lacks.assign(lacks.begin(), lacks.end());
    rules_.push_back(std::move(rule));
  }
  // 遴选 first, by the ids of their policies.
  std::ranges::stable_sort(rules_, [&](Rule const& a, Rule const& b) {
    bool const first = a.row->kind == plan::SettleKind::Selection, second = b.row->kind == plan::SettleKind::Selection;
    if (first != second) return first;
    if (!first) return a.row->place < b.row->place;
    return plan.text(plan.policies[a.policies.front()].id) < plan.text(plan.policies[b.policies.front()].id);
  });
  if (record_alone) rules_.erase(std::ranges::find_if(rules_, joins_records), rules_.end());
  for (std::uint32_t i = 0; i < rules_.size(); ++i)
    for (std::uint32_t place = 0; place < rules_[i].policies.size(); ++place)
      of_policy_[rules_[i].policies[place]].push_back({i, place});
}

bool Rules::across_records() const { return std::ranges::any_of(rules_, joins_records); }

bool Rules::joins_several() const { return std::ranges::any_of(rules_, &Rule::several); }

bool Rules::by_years() const {
  return std::ranges::any_of(rules_, [](Rule const& rule) { return has(*rule.row, plan::EachYear); });
}

Population::Population(Rules const& rules) : rules_(rules), plan_(rules.plan()) {
  of_policy_.resize(plan_.policies.size());
  for (auto const& rule : rules.all()) asked_.emplace_back(rule.policies.size());
}

Standing Population::standing_of(OutcomeRow const& row) const {
  switch (row.outcome) {
    case Outcome::Ineligible:
    case Outcome::NotApplicable: return Standing::Out;
    case Outcome::Unknown:
    case Outcome::Error: return Standing::Doubtful;
    case Outcome::Eligible: break;
  }
  if (plan_.policies[row.policy].conclusion != plan::Conclusion::Money) return Standing::Held;
  return row.has_amount ? Standing::Paid : Standing::Open;
}

void Population::add(columns::Batch const& batch, std::span<std::string const> keys, explain::Places const& places,
                     RunInputs const& inputs, OutcomeTable listed) {
  inputs_ = inputs;
  Asker asker(plan_, places, inputs_, batch, needs_, units_);
  auto const first_row = rows_.size();
  auto const first_record = static_cast<std::int64_t>(keys_.size());
  keys_.insert(keys_.end(), keys.begin(), keys.end());
  // The lists of the batch become those of all.
  std::vector<std::uint32_t> values, needs;
  for (auto const& one : listed.values) values.push_back(values_.place_of(one));
  for (auto const& one : listed.needs) needs.push_back(needs_.place_of(one));
  auto const besides = static_cast<std::uint32_t>(besides_.size() - 1);
  for (std::size_t i = 1; i < listed.besides.size(); ++i) besides_.push_back(std::move(listed.besides[i]));
  for (auto row : listed.rows) {
    row.value = values[row.value], row.needs = needs[row.needs];
    if (row.besides != 0) row.besides += besides;
    rows_.push_back(row);
  }
  take_in(first_row, first_record, asker, keys);
}

void Population::add(columns::Batch const& batch, std::span<std::string const> keys, explain::Places const& places,
                     RunInputs const& inputs, std::vector<PairOutcome> pairs, std::span<std::string const> names) {
  inputs_ = inputs;
  Asker asker(plan_, places, inputs_, batch, needs_, units_);
  auto const first_row = rows_.size();
  auto const first_record = static_cast<std::int64_t>(keys_.size());
  keys_.insert(keys_.end(), keys.begin(), keys.end());
  for (auto& pair : pairs) {
    OutcomeRow row;
    row.row = static_cast<std::uint32_t>(pair.row), row.policy = pair.policy, row.outcome = pair.outcome;
    row.has_amount = pair.amount_fen.has_value(), row.amount_fen = pair.amount_fen.value_or(0);
    row.value = values_.place_of(pair.value), row.needs = needs_.place_of(pair.needs);
    if (!pair.parts.empty() || !pair.shares.empty() || !pair.alerts.empty() || !pair.settled.empty()) {
      row.besides = static_cast<std::uint32_t>(besides_.size());
      besides_.push_back(
          {std::move(pair.parts), std::move(pair.shares), std::move(pair.alerts), std::move(pair.settled)});
    }
    rows_.push_back(row);
  }
  take_in(first_row, first_record, asker, names.empty() ? keys : names);
}

void Population::take_in(std::size_t first_row, std::int64_t first_record, Asker& asker,
                         std::span<std::string const> names) {
  bool const by_years = rules_.by_years(), several = rules_.joins_several();
  std::string nameless;
  for (auto at = first_row; at < rows_.size(); ++at) {
    auto& row = rows_[at];
    if (rules_.looks_at(row.policy) && standing_of(row) != Standing::Out) {
      of_policy_[row.policy].push_back(static_cast<std::uint32_t>(awards_.size()));
      awards_.push_back(static_cast<std::uint32_t>(at));
      bounds_.push_back(unbounded);
      last_steps_.push_back(none);
      if (by_years) {
        auto const year = plan_.policies[row.policy].explain_year;
        years_.push_back(year.has_value() ? asker.year(year, row.row) : application_year());
      }
      // Nobody names a record without a key.
      auto const& name = names[row.row];
      if (several && name.empty()) nameless = "\n" + std::to_string(first_record + row.row);
      ask(asker, row.policy, row.row, several && name.empty() ? nameless : name);
    }
    row.row += static_cast<std::uint32_t>(first_record);
  }
}

void Population::ask(Asker& asker, std::uint32_t policy, std::int64_t row, std::string const& name) {
  auto const year = plan_.policies[policy].explain_year;
  for (auto const [rule, place] : rules_.of_policy(policy)) {
    auto const& settle = settle_of(rule);
    auto const& member = *rules_.all()[rule].members[place];
    auto& asked = asked_[rule][place];
    // 本年 in the order of a 遴选, and in what was paid before, is the policy's.
    auto const own = settle.kind == plan::SettleKind::Selection ? year : plan::Ref<plan::Explain>{};
    if (member.unit.has_value())
      asker.unit(member.unit, row, asked.unit);
    else if (rules_.all()[rule].several)
      asker.named(name, asked.unit);
    if (member.by.has_value()) asker.number(member.by, own, row, asked.by);
    if (settle.tie.has_value()) asker.number(settle.tie, own, row, asked.tie);
    if (settle.paid.has_value()) asker.fen(settle.paid, year, row, asked.paid);
  }
}

std::int32_t Population::application_year() const {
  return inputs_.application_year ? *inputs_.application_year : civil_from_days(inputs_.as_of_day).year;
}

// A limit is about no record: it is read without one.
Population::Limit Population::limit_of(plan::Ref<plan::Explain> tree) const {
  static columns::Batch const nobody;
  static explain::Places const nowhere;
  explain::Record const record{plan_, nowhere, inputs_, nobody, 0};
  explain::Evaluator evaluator(record);
  auto const finding = evaluator.evaluate(tree);
  auto const& value = evaluator.value(finding);
  Limit limit;
  limit.known = value.known();
  if (value.state == explain::State::Unknown) limit.facts = missing_facts(record, evaluator, finding);
  if (!limit.known) return limit;
  limit.number = value.number.big();
  limit.fen = fen_of(value.number);
  return limit;
}

void Population::rank_keys() {
  key_ranks_.resize(keys_.size());
  std::vector<std::uint32_t> order(keys_.size());
  std::iota(order.begin(), order.end(), 0U);
  auto const before = [&](std::uint32_t a, std::uint32_t b) { return keys_[a] < keys_[b]; };
  if (!std::ranges::is_sorted(order, before)) std::ranges::stable_sort(order, before);
  for (std::uint32_t i = 0; i < order.size(); ++i) key_ranks_[order[i]] = i;
}

// By unit and year, of a pool by year alone; of one unit in the order of members, then of keys.
std::vector<Population::Entry> Population::entries_of(std::uint32_t index) {
  auto const& rule = rules_.all()[index];
  auto const& row = *rule.row;
  bool const pooled = row.kind == plan::SettleKind::Budget, joined = rule.joined;
  auto const before = [](Entry const& a, Entry const& b) {
    return a.unit != b.unit ? a.unit < b.unit : a.year < b.year;
  };
  std::vector<Entry> entries;
  for (std::uint32_t place = 0; place < rule.policies.size(); ++place) {
    auto const begin = static_cast<std::ptrdiff_t>(entries.size());
    auto const& awards = of_policy_[rule.policies[place]];
    for (std::uint32_t at = 0; at < awards.size(); ++at) {
      auto const award = awards[at];
      auto const& pair = row_of(award);
      Entry entry;
      entry.seat = {award, standing_of(pair), pair.has_amount ? pair.amount_fen : 0,
                    std::min(rule.members[place]->most_fen, bounds_[award])};
      if (entry.seat.standing == Standing::Out) continue;
      entry.place = place, entry.at = at;
      entry.year = has(row, plan::EachYear) ? years_[award] : 0;
      if (!rule.lacks.empty()) {
        wait_for(entry.seat, index, rule.lacks);
        continue;
      }
      auto const& units = asked_[index][place].unit;
      // Whose it is, is not known: it waits, and stands beside nobody.
      if (joined && units[at] == none) {
        wait_for(entry.seat, index, facts_at(units.facts_of(at), index));
        continue;
      }
      // A pool has one unit.
      entry.unit = pooled ? 0 : joined ? units[at] : pair.row;
      entries.push_back(entry);
    }
    auto const key_of = [&](Entry const& entry) { return key_ranks_[row_of(entry.seat.pair).row]; };
    auto const own = [&](Entry const& a, Entry const& b) {
      if (before(a, b) || before(b, a)) return before(a, b);
      return key_of(a) < key_of(b);
    };
    auto const middle = entries.begin() + begin;
    if (!std::is_sorted(middle, entries.end(), own)) std::stable_sort(middle, entries.end(), own);
    std::inplace_merge(entries.begin(), middle, entries.end(), before);
  }
  return entries;
}

void Population::settle_unit(std::uint32_t rule, std::span<Entry const> entries, std::int64_t limit) {
  auto const& row = settle_of(rule);
  std::int64_t paid = 0;
  seats_.clear();
  for (auto const& entry : entries) seats_.push_back(entry.seat);
  if (row.paid.has_value()) {
    // Seats of one unit are of one record, so that each of them was paid the same before.
    auto const& before = asked(rule, entries.front()).paid;
    auto const at = entries.front().at;
    if (!before.known(at)) {
      for (auto const& seat : seats_) wait_for(seat, rule, facts_at(before.facts_of(at), rule));
      return;
    }
    paid = before.number(at);
  }
  switch (row.kind) {
    case plan::SettleKind::HighestOnly: highest_only(seats_, ruling_); break;
    case plan::SettleKind::OneOnly: one_only(seats_, ruling_); break;
    case plan::SettleKind::TopUp: top_up(seats_, paid, ruling_); break;
    case plan::SettleKind::Cap: {
      auto const left = std::max<std::int64_t>(0, limit - paid);
      row.cut == plan::SettleCut::InMemberOrder ? cap_in_order(seats_, left, ruling_)
                                                : cap_shared(seats_, left, ruling_);
      break;
    }
    case plan::SettleKind::Selection:
    case plan::SettleKind::Budget: HUIYU_CHECK(false, "pools and selections are settled over all records");
  }
  apply(rule, seats_, ruling_);
}

void Population::settle(std::uint32_t index) {
  auto const& row = settle_of(index);
  if (row.kind == plan::SettleKind::Selection) return select(index);
  auto const entries = entries_of(index);
  if (!rules_.all()[index].lacks.empty()) return;
  bool const pooled = row.kind == plan::SettleKind::Budget;
  Limit limit, each;
  if (row.limit.has_value()) limit = limit_of(row.limit);
  if (row.each_most.has_value()) each = limit_of(row.each_most);
  for (auto const* asked_for : {&limit, &each}) {
    bool const needed = asked_for == &limit ? row.limit.has_value() : row.each_most.has_value();
    if (!needed || asked_for->known) continue;
    auto const facts = asked_for->facts.empty() ? std::vector{name_of(index)} : asked_for->facts;
    for (auto const& entry : entries) wait_for(entry.seat, index, facts);
    return;
  }
  auto const each_fen = row.each_most.has_value() ? std::optional(each.fen) : std::nullopt;
  auto const pool = [&](std::span<Entry const> all, std::string const& name) {
    row.cut == plan::SettleCut::Weighted ? allot(index, all, limit.fen, each_fen, name)
                                         : budget(index, all, limit.fen, each_fen, name);
  };
  if (pooled && entries.empty() && !has(row, plan::EachYear)) pool({}, name_of(index));
  for (std::size_t begin = 0; begin < entries.size();) {
    auto end = begin + 1;
    while (end < entries.size() && entries[end].year == entries[begin].year && entries[end].unit == entries[begin].unit)
      ++end;
    auto const run = std::span(entries).subspan(begin, end - begin);
    if (pooled) {
      auto const year = has(row, plan::EachYear) ? " " + std::to_string(run.front().year) + "年" : "";
      pool(run, name_of(index) + year);
    } else {
      settle_unit(index, run, limit.fen);
    }
    begin = end;
  }
}

void Population::settle() {
  rank_keys();
  for (std::uint32_t i = 0; i < rules_.all().size(); ++i) settle(i);
}

}  // namespace huiyu::settle
