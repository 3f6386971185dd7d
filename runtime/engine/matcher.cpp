#include "runtime/engine/matcher.h"

#include <algorithm>

#include "runtime/engine/sole_fact.h"
#include "runtime/explain/evaluate.h"
#include "runtime/explain/show.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {

using plan::Conclusion;

Matcher::Matcher(BoundPlan const& bound, columns::Batch const& batch, plan::Ref<plan::Relation> subject,
                 FunctionTable const* native, genes::Kernels const& kernels, Listing list)
    : bound_(bound),
      plan_(*bound.plan),
      batch_(batch),
      list_(list),
      block_(bound, batch, subject, native, kernels),
      formulas_(bound, block_),
      labeller_(record(0)),
      lacks_(bound, batch, block_, labeller_) {
  counts_.resize(plan_.policies.size());
  figures_.resize(plan_.policies.size());
  pending_.resize(plan_.policies.size());
}

void Matcher::run(std::span<std::uint32_t const> policies) {
  for (auto position : policies) run_policy(position);
}

void Matcher::start(std::int64_t begin, std::int64_t rows) {
  block_.start(begin, rows);
  make_room();
}

void Matcher::select(std::span<std::uint32_t const> rows) {
  block_.select(rows);
  make_room();
}

void Matcher::make_room() {
  planes_.resize(static_cast<std::size_t>(block_.words() * plane_count * static_cast<std::int64_t>(Part::Count)));
}

void Matcher::conclude(std::uint32_t policy, std::span<plan::Ref<plan::Condition> const> conditions,
                       std::uint64_t const* among) {
  policy_ = &plan_.policies[policy];
  position_ = policy;
  alerts_tested_ = false;
  auto const left = planes(Part::Rows), holds = planes(Part::Holds);
  if (among == nullptr)
    block_.condition({}, left);  // all
  else
    std::copy_n(among, block_.words(), left.yes);
  for (auto condition : conditions) {
    block_.condition(condition, holds);
    for (std::int64_t word = 0; word < block_.words(); ++word) left.yes[word] &= holds.yes[word];
  }
  if (any(left.yes, block_.words())) conclude(left.yes);
}

// Outcomes as the table of language.md section 5 has them: 适用 first, then 条件 and 应付, then what is concluded.
void Matcher::run_policy(std::uint32_t position) {
  policy_ = &plan_.policies[position];
  position_ = position;
  alerts_tested_ = false;
  auto const words = block_.words();
  auto const applies = planes(Part::Applies), holds = planes(Part::Holds), due = planes(Part::Due);
  auto* rows = planes(Part::Rows).yes;

  block_.condition({}, applies);  // all rows
  if (bound_.live[position] == 0) return settle(Outcome::NotApplicable, applies.yes);
  if (policy_->applies.has_value()) {
    std::copy_n(applies.yes, words, rows);
    block_.condition(policy_->applies, applies);
    for (std::int64_t word = 0; word < words; ++word) rows[word] &= ~applies.maybe[word];
    settle(Outcome::NotApplicable, rows);
    if (!any(applies.maybe, words)) return;
    settle_undecided(applies, applies.maybe, {});
  }

  block_.condition(policy_->condition, holds);
  Known known{true, nullptr};
  if (policy_->due.has_value() && any(holds.maybe, words)) {
    auto* const met = planes(Part::Met).yes;
    std::copy_n(holds.yes, words, met);
    known.met = met;
    block_.condition(policy_->due, due);
    meet(holds, due, words);
  }
  for (std::int64_t word = 0; word < words; ++word) rows[word] = applies.yes[word] & ~holds.maybe[word];
  settle(Outcome::Ineligible, rows);
  settle_undecided(holds, applies.yes, known);
  for (std::int64_t word = 0; word < words; ++word) rows[word] = applies.yes[word] & holds.yes[word];
  if (any(rows, words)) conclude(rows);
}

void Matcher::settle(Outcome outcome, std::uint64_t const* rows) {
  counts_[position_].outcomes[static_cast<std::size_t>(outcome)] += count(rows, block_.words());
  if (list_.lists(outcome)) for_each_row(rows, block_.words(), [&](std::int64_t row) { list(row_of(row, outcome)); });
}

// What is missing is the explanation's to say, where somebody asks.
void Matcher::settle_undecided(Planes const& planes, std::uint64_t const* among, Known known) {
  auto const words = block_.words();
  auto* rows = this->planes(Part::Rows).maybe;
  std::uint64_t undecided = 0;
  for (std::int64_t word = 0; word < words; ++word) undecided |= among[word] & planes.maybe[word] & ~planes.yes[word];
  if (undecided == 0) return;
  for (std::int64_t word = 0; word < words; ++word) rows[word] = among[word] & planes.lacks[word];
  if (!list_.lists(Outcome::Unknown))
    settle(Outcome::Unknown, rows);
  else if (!list_lacking(rows, known.applies ? WaitsIn::Condition : WaitsIn::Applies))
    judge_rows(rows, known);
  for (std::int64_t word = 0; word < words; ++word) rows[word] = among[word] & planes.asks[word];
  judge_rows(rows, known);
  for (std::int64_t word = 0; word < words; ++word)
    rows[word] = among[word] & planes.maybe[word] & ~planes.yes[word] & ~planes.lacks[word] & ~planes.asks[word];
  settle(Outcome::Error, rows);
}

bool Matcher::list_lacking(std::uint64_t const* rows, WaitsIn in) {
  if (!any(rows, block_.words())) return true;
  auto const begin = std::chrono::steady_clock::now();
  bool const found = lacks_.find(position_, in, rows);
  explaining_ += std::chrono::steady_clock::now() - begin;
  if (!found) return false;
  counts_[position_].outcomes[static_cast<std::size_t>(Outcome::Unknown)] += count(rows, block_.words());
  for_each_row(rows, block_.words(), [&](std::int64_t row) {
    auto listed = row_of(row, Outcome::Unknown);
    listed.needs = place_of_lacks(lacks_.of(row));
    listed_.add(listed);
  });
  return true;
}

std::uint32_t Matcher::place_of_lacks(std::uint64_t lacks) {
  return lacks_.place(position_, lacks, [&](auto const& names) { return listed_.place_of_needs(names); });
}

void Matcher::judge_rows(std::uint64_t const* rows, Known known) {
  for_each_row(rows, block_.words(), [&](std::int64_t row) {
    bool const met = known.met != nullptr && ((known.met[row / 64] >> (row % 64)) & 1) != 0;
    judge_row(row, met             ? explain::Decided::Condition
                   : known.applies ? explain::Decided::Applies
                                   : explain::Decided::Nothing);
  });
}

std::optional<OutcomeRow> Matcher::judge_row(std::int64_t row, explain::Decided decided) {
  auto const begin = std::chrono::steady_clock::now();
  auto const at = block_.batch_row(row);
  auto& counts = counts_[position_];
  // Whom nobody lists is counted without saying why.
  if (decided != explain::Decided::Due && !list_.lists(Outcome::Unknown)) {
    auto const outcome = labeller_.meets(at, position_, decided);
    if (outcome == Outcome::Eligible) decided = explain::Decided::Due;
    if (outcome != Outcome::Eligible && !list_.lists(outcome)) {
      explaining_ += std::chrono::steady_clock::now() - begin;
      ++counts.outcomes[static_cast<std::size_t>(outcome)];
      return std::nullopt;
    }
  }
  auto pair = labeller_.label(at, position_, decided);
  explaining_ += std::chrono::steady_clock::now() - begin;
  ++counts.outcomes[static_cast<std::size_t>(pair.outcome)];
  if (pair.outcome == Outcome::Eligible && !pair.needs.empty()) ++counts.pending;
  if (pair.amount_fen) counts.sum_fen += *pair.amount_fen;
  if (!list_.lists(pair.outcome)) return std::nullopt;
  return listed_.add(std::move(pair));
}

explain::Record Matcher::record(std::int64_t row) const {
  return {plan_, bound_.places, bound_.inputs, batch_, row, this};
}

std::optional<std::int64_t> Matcher::stored(plan::Ref<plan::Column> column, std::int64_t row) const {
  return block_.computed(column, block_.block_row(row));
}

void Matcher::test_alerts() {
  auto const words = static_cast<std::size_t>(block_.words());
  alert_planes_.resize(words * plane_count * policy_->alerts.count);
  auto* planes = alert_planes_.data();
  for (auto const& row : plan::rows_of(policy_->alerts, plan_.alerts)) {
    block_.condition(row.condition, planes_at(planes, block_.words()));
    planes += plane_count * words;
  }
  alerts_tested_ = true;
}

bool Matcher::watches(Outcome outcome) const {
  return policy_->alerts.count != 0 && (outcome == Outcome::Eligible || outcome == Outcome::Ineligible);
}

// Of each alert the first row that is not false; one that the bitmaps leave open is the explanation's to say.
std::vector<AlertColour> Matcher::alerts(std::int64_t row) {
  if (!alerts_tested_) test_alerts();
  auto const words = static_cast<std::size_t>(block_.words());
  auto const at = block_.block_row(row);
  auto holds = [&](std::uint64_t const* plane) { return ((plane[at / 64] >> (at % 64)) & 1) != 0; };
  auto const* planes = alert_planes_.data();
  std::vector<AlertColour> colours;
  plan::TextRef settled;
  for (auto const& alert : plan::rows_of(policy_->alerts, plan_.alerts)) {
    auto const* yes = planes;
    auto const* maybe = planes + words;
    planes += plane_count * words;
    if ((settled.has_value() && alert.name == settled) || !holds(maybe)) continue;
    if (!holds(yes)) return explain::alerts_of(record(row), position_);
    settled = alert.name;
    colours.push_back({std::string(plan_.text(alert.name)), std::string(plan_.text(alert.colour))});
  }
  return colours;
}

void Matcher::list(OutcomeRow row) {
  if (watches(row.outcome)) return list(row, {});
  listed_.add(row);
}

void Matcher::list(OutcomeRow row, OutcomeBesides besides) {
  if (watches(row.outcome)) besides.alerts = alerts(row.row);
  row.besides = listed_.place_of(std::move(besides));
  listed_.add(row);
}

OutcomeRow Matcher::row_of(std::int64_t row, Outcome outcome) const {
  OutcomeRow made;
  made.row = static_cast<std::uint32_t>(block_.batch_row(row));
  made.policy = position_;
  made.outcome = outcome;
  return made;
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
  bool const is_plain = policy_->single != 0 && policy_->shares.count == 0 && !watches(Outcome::Eligible);
  bool const lists = list_.lists(Outcome::Eligible);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (amounts.states[i] != state::known) {
      settle_without_value(rows[i], amounts.states[i], Outcome::Eligible);
      continue;
    }
    ++counts.outcomes[static_cast<std::size_t>(Outcome::Eligible)];
    counts.sum_fen += amounts.sum[i];
    if (!lists) continue;
    if (is_plain) {
      listed_.add_paid(position_, static_cast<std::uint32_t>(block_.batch_row(rows[i])), amounts.sum[i]);
      continue;
    }
    auto row = row_of(rows[i], Outcome::Eligible);
    row.has_amount = true;
    row.amount_fen = amounts.sum[i];
    OutcomeBesides besides;
    besides.parts.reserve(policy_->single == 0 ? parts.size() : 0);
    if (policy_->single == 0)
      for (std::size_t k = 0; k < parts.size(); ++k)
        besides.parts.push_back({std::string(plan_.text(parts[k].name)), amounts.parts[k].amount[i]});
    if (policy_->shares.count != 0) besides.shares = explain::shares_of(record(row.row), position_, amounts.sum[i]);
    list(row, std::move(besides));
  }
}

// A sum or a figure that is missing leaves the row eligible, a class that is missing does not.
void Matcher::settle_without_value(std::int64_t row, std::uint8_t stands, Outcome where_missing) {
  auto const outcome = stands == state::missing ? where_missing : Outcome::Error;
  bool const is_named = stands == state::missing && list_.lists(outcome);  // by what it lacks
  if (is_named && list_without_value(row, outcome)) return;
  if (is_named && policy_->conclusion == Conclusion::Money && list_as_others(row)) return;
  if (stands == state::open || is_named) return static_cast<void>(judge_row(row, explain::Decided::Due));
  ++counts_[position_].outcomes[static_cast<std::size_t>(outcome)];
  if (outcome == Outcome::Eligible) ++counts_[position_].pending;
  if (list_.lists(outcome)) list(row_of(row, outcome));
}

bool Matcher::list_without_value(std::int64_t row, Outcome outcome) {
  auto const lacks = lacks_.value(position_, row);
  if (!lacks) return false;
  ++counts_[position_].outcomes[static_cast<std::size_t>(outcome)];
  if (outcome == Outcome::Eligible) ++counts_[position_].pending;
  auto listed = row_of(row, outcome);
  listed.needs = place_of_lacks(*lacks);
  list(listed);
  return true;
}

bool Matcher::list_as_others(std::int64_t row) {
  auto& pending = pending_[position_];
  if (!pending.looked_for) {
    pending.looked_for = true;
    auto const fact = policy_->alerts.count == 0 ? sole_fact(plan_, *policy_) : std::nullopt;
    bool const is_stated = fact && bound_.columns[fact->index].origin == Origin::Stated;
    if (is_stated) pending.fact = &batch_.columns[static_cast<std::size_t>(bound_.columns[fact->index].place)];
  }
  if (pending.fact == nullptr || pending.fact->reasons != nullptr) return false;
  auto const at = block_.batch_row(row);
  if (pending.fact->present(at)) return false;
  if (!pending.listed) {
    auto const listed = judge_row(row, explain::Decided::Due);
    bool const is_plain = listed && listed->outcome == Outcome::Eligible && listed->needs != 0 && listed->besides == 0;
    if (is_plain) pending.listed = listed;
    return true;
  }
  pending.listed->row = static_cast<std::uint32_t>(at);
  listed_.add(*pending.listed);
  ++counts_[position_].outcomes[static_cast<std::size_t>(Outcome::Eligible)];
  ++counts_[position_].pending;
  return true;
}

void Matcher::state_values(std::vector<std::int64_t> const& rows) {
  auto const where_missing = policy_->conclusion == Conclusion::Assessment ? Outcome::Eligible : Outcome::Unknown;
  bool const lists = list_.lists(Outcome::Eligible);
  // A ratio of two columns is shown as the explanation has it.
  bool const is_shown = !policy_->value.has_value() || !is_ratio(policy_->value);
  auto const figure = this->figure();
  for (auto row : rows) {
    auto const stands = figure.stands(row);
    if (stands != state::known) {
      settle_without_value(row, stands, where_missing);
    } else if (lists && !is_shown) {
      judge_row(row, explain::Decided::Due);
    } else {
      ++counts_[position_].outcomes[static_cast<std::size_t>(Outcome::Eligible)];
      if (!lists) continue;
      auto listed = row_of(row, Outcome::Eligible);
      listed.value = place_of_figure(figure.value.values == nullptr ? 0 : figure.value.values[row]);
      list(listed);
    }
  }
}

bool Matcher::is_ratio(plan::Ref<plan::Column> column) const {
  return plan_.columns[column.index].kind == plan::ValueKind::Quotient || plan_.columns[column.index].width != 1;
}

Matcher::Figure Matcher::figure() {
  Figure figure;
  if (!policy_->value.has_value()) {
    bool const is_fixed = !policy_->explain_value.has_value() ||
                          plan_.explains[policy_->explain_value.index].op == plan::ExplainOp::Literal;
    figure.fixed = is_fixed ? state::known : state::open;
    return figure;
  }
  auto const& column = plan_.columns[policy_->value.index];
  if (column.kind != plan::ValueKind::Quotient) {
    figure.value = block_.column(policy_->value);
    return figure;
  }
  auto const& quotient = plan_.derived[column.derived.index];
  figure.value = block_.column(quotient.value);
  figure.denominator = block_.column(quotient.denominator);
  return figure;
}

// Most figures recur: each is put into words once.
std::uint32_t Matcher::place_of_figure(std::int64_t stored) {
  if (figure_.place != 0 && figure_.policy == position_ && figure_.stored == stored) return figure_.place;
  auto const [found, fresh] = figures_[position_].try_emplace(stored);
  if (fresh) found->second = listed_.place_of_value(value_text(stored));
  figure_ = {position_, stored, found->second};
  return found->second;
}

std::string Matcher::value_text(std::int64_t stored) {
  if (!policy_->value.has_value()) {
    if (!policy_->explain_value.has_value()) return std::string(plan_.text(policy_->value_name));
    auto const& node = plan_.explains[policy_->explain_value.index];
    return explain::conclusion_text(plan_, explain::show_as(node), explain::literal_value(plan_, node));
  }
  auto const& column = plan_.columns[policy_->value.index];
  if (column.kind == plan::ValueKind::Text || column.kind == plan::ValueKind::CreditCode)
    return std::string(block_.text(policy_->value, stored));
  explain::ShowAs const as{column.kind, column.measure, column.code_system, column.enumeration};
  return explain::conclusion_text(plan_, as, explain::stored_value(plan_, column.kind, column.scale, stored));
}

}  // namespace huiyu::engine
