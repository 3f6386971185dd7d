#include "runtime/portal/finder.h"

#include <algorithm>

#include "runtime/engine/atom_tests.h"
#include "runtime/genes/kernels.h"
#include "runtime/plan/rows.h"

namespace huiyu::portal {

using plan::Conclusion;
using plan::ConditionKind;

Finder::Engine::Engine(engine::BoundPlan const& bound, columns::Batch const& batch, plan::Ref<plan::Relation> subject,
                       engine::FunctionTable const* native)
    : block(bound, batch, subject, native, genes::kernels()), formulas(bound, block) {}

Finder::Finder(Index const& index, engine::BoundPlan const& bound, engine::FunctionTable const* native)
    : index_(index),
      bound_(bound),
      plan_(*bound.plan),
      tests_(*bound.atom_tests[index.subject.index]),
      native_(native),
      registers_(index.payments.registers()) {
  codes_.assign(index.slots.size() + 1, 1);
  hits_.resize(index.entries.size() + genes::stab_room);
}

std::vector<PairOutcome> const& Finder::find(columns::Batch const& batch, std::int64_t row) {
  search(batch, row);
  found_.clear();
  for (auto position : candidates_) conclude(position);
  return found_;
}

std::vector<Finder::Award> const& Finder::awards(columns::Batch const& batch, std::int64_t row) {
  search(batch, row);
  awards_.clear();
  for (auto position : candidates_) award(position);
  return awards_;
}

void Finder::search(columns::Batch const& batch, std::int64_t row) {
  batch_ = &batch;
  row_ = row;
  engine_is_here_ = false;
  code();
  scan();
  for (auto position : candidates_) __builtin_prefetch(index_.rests.data() + index_.policies[position].rests_begin);
  std::erase_if(candidates_, [&](std::uint32_t position) { return !fits(position); });
  candidates_.insert(candidates_.end(), index_.others.begin(), index_.others.end());
  std::sort(candidates_.begin(), candidates_.end());
  index_.payments.fetch(candidates_);
}

Finder::Engine& Finder::engine() {
  if (engine_is_here_) return *engine_;
  if (engine_ == nullptr)
    engine_ = std::make_unique<Engine>(bound_, *batch_, index_.subject, native_);
  else
    engine_->block.move_to(*batch_);
  std::uint32_t const chosen[] = {static_cast<std::uint32_t>(row_)};
  engine_->block.select(chosen);
  engine_is_here_ = true;
  return *engine_;
}

void Finder::code() {
  for (std::size_t slot = 0; slot < index_.slots.size(); ++slot) {
    auto const& column = batch_->columns[index_.slots[slot].place];
    codes_[slot] = column.present(row_) ? index_.slots[slot].codes.code(column.at(row_)) : genes::missing_code;
  }
}

// Test after test over all that are left: each test's loads are on their way before the first of them is needed.
void Finder::scan() {
  auto const* codes = codes_.data();
  auto const stab = [&](Index::Place const& place, std::uint32_t* found) {
    auto const* groups = index_.groups.data();
    return genes::kernels().stab(groups + place.begin, groups + place.end, codes, index_.lows.data(),
                                 index_.spans.data(), found);
  };
  auto* const hits = hits_.data();
  auto* end = stab(index_.places.front(), hits);
  if (index_.place_slot != Index::none)
    for (auto place : index_.places_of[codes[index_.place_slot]]) end = stab(index_.places[place], end);

  // Nobody can foretell which hold, so there is no branch.
  auto* kept = hits;
  for (auto const* hit = hits; hit != end; ++hit) {
    auto const entry = *hit;
    *kept = entry;
    kept += index_.holds(index_.seconds[entry], codes) ? 1 : 0;
  }
  for (auto const* hit = hits; hit != kept; ++hit) __builtin_prefetch(&index_.entries[*hit]);
  for (auto const* hit = hits; hit != kept; ++hit)
    __builtin_prefetch(index_.tests.data() + index_.entries[*hit].tests_begin);
  candidates_.clear();
  for (auto const* hit = hits; hit != kept; ++hit) {
    auto const& entry = index_.entries[*hit];
    auto const tests = std::span(index_.tests).subspan(entry.tests_begin, entry.tests_end - entry.tests_begin);
    if (std::all_of(tests.begin(), tests.end(), [&](CodeTest test) { return index_.holds(test, codes); }))
      candidates_.push_back(entry.policy);
  }
  for (auto position : candidates_) __builtin_prefetch(&index_.policies[position]);
}

bool Finder::fits(std::uint32_t position) {
  auto const& policy = index_.policies[position];
  for (auto at = policy.rests_begin; at < policy.rests_end; at = index_.rests[at].end)
    if (!certain(at)) return false;
  return true;
}

// Negation stands at literals alone, so what certainly holds is made of what certainly holds.
bool Finder::certain(std::uint32_t at) {
  auto const& node = index_.rests[at];
  switch (node.kind) {
    case RestNode::Kind::All:
      for (auto member = at + 1; member < node.end; member = index_.rests[member].end)
        if (!certain(member)) return false;
      return true;
    case RestNode::Kind::AtLeast: {
      std::uint32_t held = 0;
      for (auto member = at + 1; member < node.end && held < node.value; member = index_.rests[member].end)
        held += certain(member) ? 1 : 0;
      return held >= node.value;
    }
    case RestNode::Kind::Code: return index_.holds(node.test, codes_.data());
    case RestNode::Kind::Linear: return certain_linear(node);
    case RestNode::Kind::Tag: return certain_tag(node);
    case RestNode::Kind::Ask: break;
  }
  std::uint64_t word = 0;
  engine().block.certainly({node.value}, node.negated, &word);
  return word != 0;
}

bool Finder::certain_linear(RestNode const& node) const {
  auto const& linear = tests_.linear[node.value];
  auto const& x = batch_->columns[linear.x];
  auto const& y = batch_->columns[linear.y];
  if (!x.present(row_) || !y.present(row_)) return false;
  auto const answer = genes::answer(linear.test, x.at(row_), y.at(row_));
  return answer.divides && answer.holds != node.negated;
}

bool Finder::certain_tag(RestNode const& node) const {
  auto const& list = batch_->columns[node.value];
  if (!list.present(row_)) return false;
  if (list.items == nullptr) return node.negated;
  auto const& items = list.items->columns.front();
  bool lacks = false;
  auto const row = static_cast<std::size_t>(row_);
  for (auto item = list.starts[row]; item < list.starts[row + 1]; ++item) {
    bool const present = items.present(item);
    if (present && items.at(item) == node.tag) return !node.negated;
    lacks = lacks || !present;
  }
  return node.negated && !lacks;
}

std::optional<explain::Decided> Finder::decided(std::uint32_t position) {
  if (!index_.policies[position].is_open) return explain::Decided::Due;
  auto const& policy = plan_.policies[position];
  std::uint64_t words[engine::plane_count];
  auto const planes = engine::planes_at(words, 1);
  bool open = false;
  for (auto part : {policy.applies, policy.condition, policy.due}) {
    engine().block.condition(part, planes);
    if (*planes.maybe == 0) return std::nullopt;
    open = open || *planes.yes == 0;
  }
  return open ? explain::Decided::Nothing : explain::Decided::Due;
}

std::optional<Finder::Sum> Finder::sum_of(std::uint32_t position) {
  if (auto const sum = index_.payments.of(position, bound_, *batch_, row_, registers_)) {
    if (!sum->is_known) return Sum{state::missing, {}, nullptr};
    return Sum{state::known, sum->fen, nullptr};
  }
  auto const& policy = plan_.policies[position];
  if (policy.conclusion == Conclusion::None) return Sum{};
  if (policy.conclusion != Conclusion::Money && !policy.total.has_value()) return std::nullopt;
  auto const& amounts = engine().formulas.run(policy, first_row_);
  if (amounts.states[0] != state::known) return Sum{amounts.states[0], {}, nullptr};
  return Sum{state::known, amounts.sum[0], &amounts};
}

void Finder::award(std::uint32_t position) {
  auto const what = decided(position);
  if (!what) return;
  if (auto const sum = what == explain::Decided::Due ? sum_of(position) : std::nullopt) {
    if (sum->stands == state::error) return;
    if (sum->stands != state::open) return static_cast<void>(awards_.push_back({position, sum->fen}));
  }
  if (auto const pair = labelled(position, *what)) awards_.push_back({position, pair->amount_fen});
}

void Finder::conclude(std::uint32_t position) {
  auto const what = decided(position);
  if (!what) return;
  if (auto const sum = what == explain::Decided::Due ? sum_of(position) : std::nullopt) {
    if (sum->stands == state::error) return;
    if (sum->stands == state::known) return state_sum(position, *sum);
  }
  // Classes and figures are put into words, what is missing is named.
  if (auto pair = labelled(position, *what)) found_.push_back(std::move(*pair));
}

void Finder::state_sum(std::uint32_t position, Sum const& sum) {
  auto const& policy = plan_.policies[position];
  PairOutcome pair;
  pair.row = row_;
  pair.policy = position;
  pair.outcome = Outcome::Eligible;
  pair.amount_fen = sum.fen;
  auto const parts = plan::rows_of(policy.parts, plan_.parts);
  for (std::size_t k = 0; k < parts.size() && policy.single == 0; ++k)
    pair.parts.push_back(
        {std::string(plan_.text(parts[k].name)), sum.amounts == nullptr ? *sum.fen : sum.amounts->parts[k].amount[0]});
  if (policy.shares.count != 0) pair.shares = explain::shares_of(record(), position, *pair.amount_fen);
  if (policy.alerts.count != 0) pair.alerts = explain::alerts_of(record(), position);
  found_.push_back(std::move(pair));
}

std::optional<PairOutcome> Finder::labelled(std::uint32_t position, explain::Decided decided) const {
  auto pair = explain::label(record(), position, decided);
  return pair.outcome == Outcome::Eligible ? std::optional(std::move(pair)) : std::nullopt;
}

explain::Record Finder::record() const { return {plan_, bound_.places, bound_.inputs, *batch_, row_}; }

}  // namespace huiyu::portal
