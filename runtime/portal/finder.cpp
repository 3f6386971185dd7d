#include "runtime/portal/finder.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "runtime/explain/judge.h"
#include "runtime/plan/rows.h"

namespace huiyu::portal {

using plan::Conclusion;
using plan::ConditionKind;

namespace {

// Intervals that a code is compared with at once; of each a byte says whether it holds it.
constexpr std::uint32_t at_once = 16;

}  // namespace

Finder::Engine::Engine(engine::BoundPlan const& bound, columns::Batch const& batch, plan::Ref<plan::Relation> subject,
                       engine::FunctionTable const* native)
    : block(bound, batch, subject, native, genes::kernels()), formulas(bound, block) {}

Finder::Finder(Index const& index, engine::BoundPlan const& bound, engine::FunctionTable const* native)
    : index_(index), bound_(bound), plan_(*bound.plan), native_(native) {
  codes_.assign(index.slots.size() + 1, 1);
}

std::vector<PairOutcome> const& Finder::find(columns::Batch const& batch, std::int64_t row) {
  move_to(batch, row);
  code();
  candidates_.clear();
  found_.clear();
  scan(index_.places.front());
  if (index_.place_slot != Index::none)
    for (auto place : index_.places_of[codes_[index_.place_slot]]) scan(index_.places[place]);
  std::erase_if(candidates_, [&](std::uint32_t position) { return !fits(position); });
  candidates_.insert(candidates_.end(), index_.others.begin(), index_.others.end());
  std::sort(candidates_.begin(), candidates_.end());
  for (auto position : candidates_)
    if (index_.policies[position].is_open)
      judge(position);
    else
      conclude(position);
  return found_;
}

void Finder::move_to(columns::Batch const& batch, std::int64_t row) {
  batch_ = &batch;
  row_ = row;
  if (engine_ == nullptr)
    engine_ = std::make_unique<Engine>(bound_, batch, index_.subject, native_);
  else
    engine_->block.move_to(batch);
  std::uint32_t const chosen[] = {static_cast<std::uint32_t>(row)};
  engine_->block.select(chosen);
}

void Finder::code() {
  for (std::size_t slot = 0; slot < index_.slots.size(); ++slot) {
    auto const& column = batch_->columns[index_.slots[slot].place];
    codes_[slot] = column.present(row_) ? index_.slots[slot].codes.code(column.at(row_)) : genes::missing_code;
  }
}

void Finder::scan(Index::Place const& place) {
  auto const look_at = [&](Index::Entry const& entry) {
    if (!index_.holds(entry.second, codes_.data())) return;
    for (auto i = entry.tests_begin; i < entry.tests_end; ++i)
      if (!index_.holds(index_.tests[i], codes_.data())) return;
    candidates_.push_back(entry.policy);
  };
  for (auto at = place.begin; at < place.end; ++at) {
    auto const& group = index_.groups[at];
    auto const code = codes_[group.slot];
    auto i = group.begin;
    for (; i + at_once <= group.end; i += at_once) {
      auto const* lows = index_.lows.data() + i;
      auto const* spans = index_.spans.data() + i;
      std::uint8_t held[at_once];
      for (std::uint32_t k = 0; k < at_once; ++k)
        held[k] = static_cast<genes::Code>(code - lows[k]) <= spans[k] ? 1 : 0;
      for (std::uint32_t half = 0; half < at_once; half += 8) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, held + half, sizeof bytes);
        for (; bytes != 0; bytes &= bytes - 1)
          look_at(index_.entries[i + half + static_cast<std::uint32_t>(std::countr_zero(bytes)) / 8]);
      }
    }
    for (; i < group.end; ++i)
      if (static_cast<genes::Code>(code - index_.lows[i]) <= index_.spans[i]) look_at(index_.entries[i]);
  }
}

bool Finder::fits(std::uint32_t position) {
  auto const& policy = index_.policies[position];
  for (auto i = policy.rests_begin; i < policy.rests_end; ++i)
    if (!certain(index_.rests[i])) return false;
  return true;
}

// Negation stands at literals alone, so what certainly holds is made of what certainly holds.
bool Finder::certain(plan::Ref<plan::Condition> ref) {
  auto const& row = plan_.conditions[ref.index];
  auto const members = plan::rows_of(row.members, plan_.condition_members);
  auto const holds = [&](plan::ConditionMember const& member) { return certain(member.condition); };
  switch (row.kind) {
    case ConditionKind::Always: return true;
    case ConditionKind::Never: return false;
    case ConditionKind::And: return std::all_of(members.begin(), members.end(), holds);
    case ConditionKind::Or: return std::any_of(members.begin(), members.end(), holds);
    case ConditionKind::AtLeastOf: return std::count_if(members.begin(), members.end(), holds) >= row.count;
    case ConditionKind::Literal: break;
  }
  auto const literal = row.atom.index * 2 + row.negated;
  if (index_.is_coded(literal)) return index_.holds(index_.literals[literal], codes_.data());
  std::uint64_t word = 0;
  engine_->block.certainly(row.atom, row.negated != 0, &word);
  return word != 0;
}

void Finder::judge(std::uint32_t position) {
  auto const& policy = plan_.policies[position];
  std::uint64_t words[engine::plane_count];
  auto const planes = engine::planes_at(words, 1);
  bool open = false;
  for (auto part : {policy.applies, policy.condition, policy.due}) {
    engine_->block.condition(part, planes);
    if (*planes.maybe == 0) return;
    open = open || *planes.yes == 0;
  }
  if (!open) return conclude(position);
  auto pair = explain::label(record(), position);
  if (pair.outcome == Outcome::Eligible) found_.push_back(std::move(pair));
}

void Finder::conclude(std::uint32_t position) {
  auto const& policy = plan_.policies[position];
  bool const is_plain = policy.conclusion == Conclusion::None;
  bool const pays = !is_plain && (policy.conclusion == Conclusion::Money || policy.total.has_value());
  if (pays || is_plain) {
    PairOutcome pair;
    pair.row = row_;
    pair.policy = position;
    pair.outcome = Outcome::Eligible;
    auto stands = state::known;
    if (pays) {
      auto const& amounts = engine_->formulas.run(policy, first_row_);
      stands = amounts.states[0];
      auto const parts = plan::rows_of(policy.parts, plan_.parts);
      if (stands == state::known) pair.amount_fen = amounts.sum[0];
      for (std::size_t k = 0; k < parts.size() && stands == state::known && policy.single == 0; ++k)
        pair.parts.push_back({std::string(plan_.text(parts[k].name)), amounts.parts[k].amount[0]});
    }
    if (stands == state::known) {
      if (policy.shares.count != 0) pair.shares = explain::shares_of(record(), position, *pair.amount_fen);
      if (policy.alerts.count != 0) pair.alerts = explain::alerts_of(record(), position);
      return found_.push_back(std::move(pair));
    }
    if (stands != state::missing && stands != state::open) return;  // an error
  }
  // Classes and figures are put into words, what is missing is named.
  auto pair = explain::label(record(), position, explain::Decided::Due);
  if (pair.outcome == Outcome::Eligible) found_.push_back(std::move(pair));
}

explain::Record Finder::record() const { return {plan_, bound_.places, bound_.inputs, *batch_, row_}; }

}  // namespace huiyu::portal
