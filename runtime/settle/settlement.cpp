#include "runtime/settle/settlement.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <set>

#include "runtime/base/check.h"
#include "runtime/base/civil.h"
#include "runtime/explain/evaluate.h"
#include "runtime/explain/needs.h"
#include "runtime/plan/rows.h"

namespace huiyu::settle {
namespace {

bool has(plan::Settle const& row, plan::SettleFlags flag) { return (row.flags & flag) != 0; }

std::vector<std::string> missing_facts(explain::Record const& record, explain::Evaluator const& evaluator,
                                       std::uint32_t finding) {
  std::set<std::string> facts;
  explain::add_needs(record, evaluator.findings(), finding, facts);
  return {facts.begin(), facts.end()};
}

bool joins_records(Rule const& rule) {
  return rule.row->unit.has_value() || rule.row->kind == plan::SettleKind::Selection ||
         rule.row->kind == plan::SettleKind::Budget;
}

}  // namespace

Rules::Rules(plan::Plan const& plan, plan::Ref<plan::Relation> subject, bool record_alone) : plan_(plan) {
  of_policy_.resize(plan.policies.size());
  std::unordered_map<std::uint32_t, std::uint32_t> by_id;  // equal texts have one position
  for (std::uint32_t i = 0; i < plan.policies.size(); ++i) by_id.emplace(plan.policies[i].id.index, i);
  for (auto const& row : plan.settles) {
    if (row.subject != subject) continue;
    Rule rule{&row, {}, {}};
    for (auto const& member : plan::rows_of(row.members, plan.settle_members)) {
      auto const policy = by_id.find(member.policy.index);
      if (policy == by_id.end()) continue;
      rule.policies.push_back(policy->second);
      rule.most.push_back(member.most_fen);
    }
    if (rule.policies.empty()) continue;
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
    for (auto const policy : rules_[i].policies) of_policy_[policy].push_back(i);
}

bool Rules::across_records() const { return std::ranges::any_of(rules_, joins_records); }

Standing Population::standing_of(PairOutcome const& pair) const {
  switch (pair.outcome) {
    case Outcome::Ineligible:
    case Outcome::NotApplicable: return Standing::Out;
    case Outcome::Unknown:
    case Outcome::Error: return Standing::Doubtful;
    case Outcome::Eligible: break;
  }
  if (plan_.policies[pair.policy].conclusion != plan::Conclusion::Money) return Standing::Held;
  return pair.amount_fen ? Standing::Paid : Standing::Open;
}

void Population::add(columns::Batch const& batch, std::span<std::string const> keys, explain::Places const& places,
                     RunInputs const& inputs, std::vector<PairOutcome> pairs) {
  inputs_ = inputs;
  of_policy_.resize(plan_.policies.size());
  asked_.resize(rules_.all().size());
  auto const first = static_cast<std::int64_t>(keys_.size());
  keys_.insert(keys_.end(), keys.begin(), keys.end());
  for (auto& pair : pairs) {
    auto const at = static_cast<std::uint32_t>(pairs_.size());
    if (rules_.looks_at(pair.policy) && standing_of(pair) != Standing::Out) {
      of_policy_[pair.policy].push_back(at);
      ask(places, batch, pair, at);
    }
    pair.row += first;
    pairs_.push_back(std::move(pair));
    bounds_.push_back(unbounded);
    if (years_.size() < pairs_.size()) years_.push_back(0);
  }
}

void Population::ask(explain::Places const& places, columns::Batch const& batch, PairOutcome const& pair,
                     std::uint32_t at) {
  explain::Record const record{plan_, places, inputs_, batch, pair.row};
  std::optional<explain::Evaluator> evaluator;
  auto const& policy = plan_.policies[pair.policy];
  auto const ready = [&]() -> explain::Evaluator& {
    if (!evaluator) evaluator.emplace(record);
    return *evaluator;
  };
  for (auto const rule : rules_.of_policy(pair.policy)) {
    auto const& row = *rules_.all()[rule].row;
    if (has(row, plan::EachYear) && years_.size() <= at) {
      years_.push_back(application_year());
      if (policy.explain_year.has_value()) {
        auto const& year = ready().value(ready().evaluate(policy.explain_year));
        years_[at] =
            year.known() ? static_cast<std::int32_t>(*year.number.integer()) : std::numeric_limits<std::int32_t>::min();
      }
    }
    bool const selects = row.kind == plan::SettleKind::Selection;
    if (!row.unit.has_value() && !row.by.has_value() && !row.paid.has_value()) continue;
    if (selects && policy.explain_year.has_value()) {
      evaluator.emplace(record);
      evaluator->set_year(policy.explain_year);
    }
    Asked asked;
    if (row.unit.has_value()) {
      auto const finding = ready().evaluate(row.unit);
      auto const& value = ready().value(finding);
      asked.has_unit = value.known();
      if (value.known())
        asked.unit = units_.emplace(value.text, static_cast<std::uint32_t>(units_.size())).first->second;
      else
        asked.unit_facts = missing_facts(record, ready(), finding);
    }
    if (row.by.has_value()) {
      auto const finding = ready().evaluate(row.by);
      asked.by = ready().value(finding);
      if (asked.by.state == explain::State::Unknown) asked.by_facts = missing_facts(record, ready(), finding);
    }
    if (row.tie.has_value()) {
      auto const finding = ready().evaluate(row.tie);
      asked.tie = ready().value(finding);
      if (asked.tie.state == explain::State::Unknown) asked.tie_facts = missing_facts(record, ready(), finding);
    }
    if (row.paid.has_value()) {
      // 本年 in what was paid before is the policy's.
      explain::Evaluator its_year(record);
      if (policy.explain_year.has_value()) its_year.set_year(policy.explain_year);
      auto const finding = its_year.evaluate(row.paid);
      asked.paid = its_year.value(finding);
      if (asked.paid.state == explain::State::Unknown) asked.paid_facts = missing_facts(record, its_year, finding);
    }
    if (selects) evaluator.reset();
    asked_[rule].emplace(at, std::move(asked));
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
  Limit limit;
  limit.value = evaluator.value(finding);
  limit.known = limit.value.known();
  if (!limit.known) {
    if (limit.value.state == explain::State::Unknown) limit.facts = missing_facts(record, evaluator, finding);
    return limit;
  }
  limit.fen = fen_of(limit.value);
  return limit;
}

// 元 as whole 分, what is less than one left out.
std::int64_t Population::fen_of(explain::Value const& yuan) {
  auto const fen = (yuan.number * 100).big();
  BigInt const whole = std::max(BigInt(0), floor_div(BigInt(numerator(fen)), BigInt(denominator(fen))));
  return to_int64(whole).value_or(unbounded);
}

void Population::rank_keys() {
  key_ranks_.resize(keys_.size());
  std::vector<std::uint32_t> order(keys_.size());
  std::iota(order.begin(), order.end(), 0U);
  auto const before = [&](std::uint32_t a, std::uint32_t b) { return keys_[a] < keys_[b]; };
  if (!std::ranges::is_sorted(order, before)) std::ranges::stable_sort(order, before);
  for (std::uint32_t i = 0; i < order.size(); ++i) key_ranks_[order[i]] = i;
}

std::vector<Population::Entry> Population::entries_of(std::uint32_t index) {
  auto const& rule = rules_.all()[index];
  auto const& row = *rule.row;
  std::vector<Entry> entries;
  for (std::size_t place = 0; place < rule.policies.size(); ++place) {
    auto const begin = entries.size();
    for (auto const at : of_policy_[rule.policies[place]]) {
      auto const& pair = pairs_[at];
      Entry entry;
      entry.seat = {at, standing_of(pair), pair.amount_fen.value_or(0), std::min(rule.most[place], bounds_[at])};
      if (entry.seat.standing == Standing::Out) continue;
      entry.year = has(row, plan::EachYear) ? years_[at] : 0;
      entry.unit = static_cast<std::uint32_t>(pair.row);
      if (row.unit.has_value()) {
        auto const& found = asked(index, at);
        if (!found.has_unit) {
          wait_for(entry.seat, row, found.unit_facts.empty() ? std::vector{name_of(row)} : found.unit_facts);
          continue;
        }
        entry.unit = found.unit;
      }
      entries.push_back(entry);
    }
    std::stable_sort(entries.begin() + static_cast<std::ptrdiff_t>(begin), entries.end(),
                     [&](Entry const& a, Entry const& b) {
                       return key_ranks_[static_cast<std::size_t>(pairs_[a.seat.pair].row)] <
                              key_ranks_[static_cast<std::size_t>(pairs_[b.seat.pair].row)];
                     });
  }
  return entries;
}

Ruling Population::ruling_of(plan::Settle const& row, std::span<Seat const> seats, std::int64_t limit,
                             std::int64_t paid) const {
  switch (row.kind) {
    case plan::SettleKind::HighestOnly: return highest_only(seats);
    case plan::SettleKind::OneOnly: return one_only(seats);
    case plan::SettleKind::TopUp: return top_up(seats, paid);
    case plan::SettleKind::Cap:
      limit = std::max<std::int64_t>(0, limit - paid);
      return row.cut == plan::SettleCut::InMemberOrder ? cap_in_order(seats, limit) : cap_shared(seats, limit);
    case plan::SettleKind::Selection:
    case plan::SettleKind::Budget: break;
  }
  HUIYU_CHECK(false, "pools and selections are settled over all records");
  return {};
}

void Population::settle(std::uint32_t index) {
  auto const& row = *rules_.all()[index].row;
  if (row.kind == plan::SettleKind::Selection) return select(index);
  auto entries = entries_of(index);
  bool const pooled = row.kind == plan::SettleKind::Budget;
  // The order within a unit stays that of members and keys.
  std::ranges::stable_sort(entries, [&](Entry const& a, Entry const& b) {
    return pooled || a.unit == b.unit ? a.year < b.year : a.unit < b.unit;
  });
  Limit limit, each;
  if (row.limit.has_value()) limit = limit_of(row.limit);
  if (row.each_most.has_value()) each = limit_of(row.each_most);
  for (auto const* asked_for : {&limit, &each}) {
    bool const needed = asked_for == &limit ? row.limit.has_value() : row.each_most.has_value();
    if (!needed || asked_for->known) continue;
    for (auto const& entry : entries)
      wait_for(entry.seat, row, asked_for->facts.empty() ? std::vector{name_of(row)} : asked_for->facts);
    return;
  }
  auto const each_fen = row.each_most.has_value() ? std::optional(each.fen) : std::nullopt;
  if (pooled && entries.empty() && !has(row, plan::EachYear)) budget(index, {}, limit.fen, each_fen, name_of(row));
  std::vector<Seat> seats;
  for (std::size_t begin = 0; begin < entries.size();) {
    auto end = begin + 1;
    while (end < entries.size() && entries[end].year == entries[begin].year &&
           (pooled || entries[end].unit == entries[begin].unit))
      ++end;
    auto const run = std::span(entries).subspan(begin, end - begin);
    if (pooled) {
      auto const year = has(row, plan::EachYear) ? " " + std::to_string(run.front().year) + "年" : "";
      budget(index, run, limit.fen, each_fen, name_of(row) + year);
    } else {
      seats.clear();
      for (auto const& entry : run) seats.push_back(entry.seat);
      if (row.paid.has_value()) {
        auto const& found = asked(index, seats.front().pair);
        if (found.paid.known()) {
          apply(row, seats, ruling_of(row, seats, limit.fen, fen_of(found.paid)));
        } else {
          for (auto const& seat : seats)
            wait_for(seat, row, found.paid_facts.empty() ? std::vector{name_of(row)} : found.paid_facts);
        }
      } else {
        apply(row, seats, ruling_of(row, seats, limit.fen, 0));
      }
    }
    begin = end;
  }
}

std::vector<PairOutcome> Population::finish() {
  asked_.resize(rules_.all().size());
  of_policy_.resize(plan_.policies.size());
  rank_keys();
  for (std::uint32_t i = 0; i < rules_.all().size(); ++i) settle(i);
  return std::move(pairs_);
}

}  // namespace huiyu::settle
