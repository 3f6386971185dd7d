#include "runtime/engine/matcher.h"

#include "runtime/explain/evaluate.h"
#include "runtime/explain/judge.h"
#include "runtime/explain/show.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {

using plan::Conclusion;

Matcher::Matcher(BoundPlan const& bound, columns::Batch const& batch, plan::Ref<plan::Relation> subject,
                 FunctionTable const* native, Listing list)
    : bound_(bound),
      plan_(*bound.plan),
      batch_(batch),
      list_(list),
      block_(bound, batch, subject, native),
      formulas_(bound, block_) {
  counts_.resize(plan_.policies.size());
  for (std::uint32_t i = 0; i < plan_.policies.size(); ++i)
    if (plan_.policies[i].subject == subject) policies_.push_back(i);
}

void Matcher::run(std::int64_t begin, std::int64_t rows, std::vector<PairOutcome>& pairs) {
  pairs_ = &pairs;
  block_.start(begin, rows);
  planes_.resize(static_cast<std::size_t>(block_.words()) * PlaneCount);
  for (auto position : policies_) run_policy(position);
}

// Outcomes as the table of language.md section 5 has them: 适用 first, then 条件 and 应付, then what is concluded.
void Matcher::run_policy(std::uint32_t position) {
  policy_ = &plan_.policies[position];
  position_ = position;
  alerts_tested_ = false;
  auto const words = block_.words();
  PlaneTarget const applies{plane(AppliesYes), plane(AppliesMaybe)};
  PlaneTarget const holds{plane(HoldsYes), plane(HoldsMaybe)};
  PlaneTarget const due{plane(DueYes), plane(DueMaybe)};
  auto* rows = plane(Scratch);

  block_.condition({}, applies);  // all rows
  if (bound_.live[position] == 0) return settle(Outcome::NotApplicable, applies.yes);
  if (policy_->applies.has_value()) {
    for (std::int64_t word = 0; word < words; ++word) rows[word] = applies.yes[word];
    block_.condition(policy_->applies, applies);
    for (std::int64_t word = 0; word < words; ++word) rows[word] &= ~applies.maybe[word];
    settle(Outcome::NotApplicable, rows);
    if (!any(applies.maybe, words)) return;
  }

  block_.condition(policy_->condition, holds);
  if (policy_->due.has_value() && any(holds.maybe, words)) {
    block_.condition(policy_->due, due);
    for (std::int64_t word = 0; word < words; ++word) {
      holds.yes[word] &= due.yes[word];
      holds.maybe[word] &= due.maybe[word];
    }
  }
  for (std::int64_t word = 0; word < words; ++word) rows[word] = applies.yes[word] & ~holds.maybe[word];
  settle(Outcome::Ineligible, rows);
  for (std::int64_t word = 0; word < words; ++word)
    rows[word] =
        (applies.maybe[word] & ~applies.yes[word]) | (applies.yes[word] & holds.maybe[word] & ~holds.yes[word]);
  if (any(rows, words)) judge_open(rows);
  for (std::int64_t word = 0; word < words; ++word) rows[word] = applies.yes[word] & holds.yes[word];
  if (any(rows, words)) conclude(rows);
}

void Matcher::settle(Outcome outcome, std::uint64_t const* rows) {
  counts_[position_].outcomes[static_cast<std::size_t>(outcome)] += count(rows, block_.words());
  if (list_.lists(outcome)) for_each_row(rows, block_.words(), [&](std::int64_t row) { list(pair_of(row, outcome)); });
}

void Matcher::judge_open(std::uint64_t const* rows) {
  if (bound_.undecided_is_unknown[position_] != 0 && !list_.lists(Outcome::Unknown))
    return settle(Outcome::Unknown, rows);
  for_each_row(rows, block_.words(), [&](std::int64_t row) { judge_row(row); });
}

void Matcher::judge_row(std::int64_t row) { add(explain::label(record(block_.begin() + row), position_)); }

explain::Record Matcher::record(std::int64_t row) const { return {plan_, bound_.places, bound_.inputs, batch_, row}; }

void Matcher::add(PairOutcome pair) {
  auto& counts = counts_[position_];
  ++counts.outcomes[static_cast<std::size_t>(pair.outcome)];
  if (pair.outcome == Outcome::Eligible && !pair.needs.empty()) ++counts.pending;
  if (pair.amount_fen) counts.sum_fen += *pair.amount_fen;
  if (list_.lists(pair.outcome)) pairs_->push_back(std::move(pair));
}

void Matcher::test_alerts() {
  auto const words = static_cast<std::size_t>(block_.words());
  alert_planes_.resize(words * 2 * policy_->alerts.count);
  auto* planes = alert_planes_.data();
  for (auto const& row : plan::rows_of(policy_->alerts, plan_.alerts)) {
    block_.condition(row.condition, {planes, planes + words});
    planes += 2 * words;
  }
  alerts_tested_ = true;
}

// Of each alert the first row that is not false; one that the bitmaps leave open is the explanation's to say.
void Matcher::list(PairOutcome pair) {
  bool const watched = pair.outcome == Outcome::Eligible || pair.outcome == Outcome::Ineligible;
  if (watched && policy_->alerts.count != 0) {
    if (!alerts_tested_) test_alerts();
    auto const words = static_cast<std::size_t>(block_.words());
    auto const row = pair.row - block_.begin();
    auto holds = [&](std::uint64_t const* plane) { return ((plane[row / 64] >> (row % 64)) & 1) != 0; };
    auto const* planes = alert_planes_.data();
    plan::TextRef settled;
    for (auto const& alert : plan::rows_of(policy_->alerts, plan_.alerts)) {
      auto const* yes = planes;
      auto const* maybe = planes + words;
      planes += 2 * words;
      if ((settled.has_value() && alert.name == settled) || !holds(maybe)) continue;
      if (!holds(yes)) {
        pair.alerts = explain::alerts_of(record(pair.row), position_);
        break;
      }
      settled = alert.name;
      pair.alerts.push_back({std::string(plan_.text(alert.name)), std::string(plan_.text(alert.colour))});
    }
  }
  pairs_->push_back(std::move(pair));
}

PairOutcome Matcher::pair_of(std::int64_t row, Outcome outcome) const {
  PairOutcome pair;
  pair.row = block_.begin() + row;
  pair.policy = position_;
  pair.outcome = outcome;
  return pair;
}

void Matcher::conclude(std::uint64_t const* rows) {
  selected_.clear();
  for_each_row(rows, block_.words(), [&](std::int64_t row) { selected_.push_back(row); });
  if (policy_->conclusion == Conclusion::None) return settle(Outcome::Eligible, rows);
  if (policy_->conclusion == Conclusion::Money || policy_->total.has_value()) return pay(selected_);
  state_values(selected_);
}

void Matcher::pay(std::vector<std::int64_t> const& rows) {
  auto const& amounts = formulas_.run(*policy_, rows);
  auto const parts = plan::rows_of(policy_->parts, plan_.parts);
  auto& counts = counts_[position_];
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (amounts.valid[i] == 0 || amounts.sum[i] < 0) {
      judge_row(rows[i]);
      continue;
    }
    ++counts.outcomes[static_cast<std::size_t>(Outcome::Eligible)];
    counts.sum_fen += amounts.sum[i];
    if (!list_.lists(Outcome::Eligible)) continue;
    auto pair = pair_of(rows[i], Outcome::Eligible);
    pair.amount_fen = amounts.sum[i];
    if (policy_->single == 0)
      for (std::size_t k = 0; k < parts.size(); ++k)
        pair.parts.push_back({std::string(plan_.text(parts[k].name)), amounts.parts[k].amount[i]});
    if (policy_->shares.count != 0) pair.shares = explain::shares_of(record(pair.row), position_, amounts.sum[i]);
    list(std::move(pair));
  }
}

void Matcher::state_values(std::vector<std::int64_t> const& rows) {
  for (auto row : rows) {
    auto text = value_text(row);
    if (!text) {
      judge_row(row);
      continue;
    }
    ++counts_[position_].outcomes[static_cast<std::size_t>(Outcome::Eligible)];
    if (!list_.lists(Outcome::Eligible)) continue;
    auto pair = pair_of(row, Outcome::Eligible);
    pair.value = std::move(*text);
    list(std::move(pair));
  }
}

// The class or figure of a row as results state it; none where the kernels leave it open.
std::optional<std::string> Matcher::value_text(std::int64_t row) {
  if (!policy_->value.has_value()) {
    if (!policy_->explain_value.has_value()) return std::string(plan_.text(policy_->value_name));
    auto const& node = plan_.explains[policy_->explain_value.index];
    if (node.op != plan::ExplainOp::Literal) return std::nullopt;
    return explain::conclusion_text(plan_, explain::show_as(node), explain::literal_value(plan_, node));
  }
  auto const& column = plan_.columns[policy_->value.index];
  // A ratio of two columns is shown as the explanation has it.
  if (column.kind == plan::ValueKind::Quotient || column.width != 1) return std::nullopt;
  auto const view = block_.column(policy_->value);
  if (view.valid[row] == 0) return std::nullopt;
  if (column.kind == plan::ValueKind::Text || column.kind == plan::ValueKind::CreditCode)
    return block_.text(policy_->value, view.values[row]);
  explain::ShowAs const as{column.kind, column.measure, column.code_system, column.enumeration};
  return explain::conclusion_text(plan_, as, explain::stored_value(plan_, column.kind, column.scale, view.values[row]));
}

}  // namespace huiyu::engine
