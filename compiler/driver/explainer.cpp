#include "compiler/driver/explainer.h"

#include <algorithm>
#include <unordered_set>

#include "compiler/driver/schedule.h"
#include "compiler/driver/subjects.h"
#include "runtime/engine/layout.h"
#include "runtime/explain/judge.h"
#include "runtime/plan/rows.h"
#include "runtime/settle/tallies.h"

namespace huiyu::driver {

std::vector<PolicyName> policy_names(plan::Plan const& plan) {
  std::vector<PolicyName> names;
  names.reserve(plan.policies.size());
  auto text = [&](plan::TextRef ref) { return std::string(plan.text(ref)); };
  std::unordered_set<std::uint32_t> allotted;  // ids of those that a budget hands money to
  for (auto const& settle : plan.settles)
    for (auto const& member : plan::rows_of(settle.members, plan.settle_members))
      if (settle.cut == plan::SettleCut::Weighted) allotted.insert(member.policy.index);
  for (auto const& policy : plan.policies)
    names.push_back({text(policy.id), text(policy.name), text(policy.citation),
                     policy.conclusion == plan::Conclusion::Money || allotted.contains(policy.id.index),
                     policy.conclusion == plan::Conclusion::Disposal, policy.alerts.count != 0,
                     schedule_of(plan, policy)});
  return names;
}

Result<std::unique_ptr<Explainer>> Explainer::make(Project const& project, RunInputs const& inputs,
                                                   std::string const& schema) {
  auto plan = make_plan(project);
  if (!plan) return plan.error();
  auto explainer = std::make_unique<Explainer>();
  explainer->plan_ = std::move(*plan);
  explainer->inputs_ = inputs;
  auto subject = subject_named(explainer->plan_, schema);
  if (!subject) return subject.error();
  auto layout = engine::layout_of(explainer->plan_, *subject, inputs.given_definitions);
  if (!layout) return layout.error();
  explainer->subject_ = *subject;
  explainer->layout_ = explainer->data_layout_ = std::move(*layout);
  explainer->source_ = settle::source_of(explainer->plan_, *subject);
  if (explainer->source_.has_value()) {
    auto data = engine::layout_of(explainer->plan_, explainer->source_, inputs.given_definitions);
    if (!data) return data.error();
    explainer->data_layout_ = std::move(*data);
  }
  explainer->places_ = explain::make_places(explainer->plan_, inputs.given_definitions);
  explainer->policies_ = policy_names(explainer->plan_);
  explainer->rules_.emplace(explainer->plan_, *subject, true);
  explainer->references_.emplace(explainer->plan_, explainer->places_);
  settle::Rules const all(explainer->plan_, *subject);
  auto const by_itself = [&](plan::Settle const* row) {
    return std::ranges::find(explainer->rules_->all(), row, &settle::Rule::row) != explainer->rules_->all().end();
  };
  for (std::uint32_t i = 0; i < explainer->plan_.policies.size(); ++i) {
    auto& names = explainer->unsettled_.emplace_back();
    for (auto const& member : all.of_policy(i))
      if (auto const* row = all.all()[member.rule].row; !by_itself(row))
        names.emplace_back(row->kind == plan::SettleKind::Selection ? std::string_view("遴选")
                                                                    : explainer->plan_.text(row->name));
  }
  return explainer;
}

namespace {

using explain::Node;

void mark_given(Node& node, std::vector<std::string> const& names, std::string const& words) {
  bool const value = node.op == plan::ExplainOp::Parameter || node.op == plan::ExplainOp::Lookup;
  if (value && std::find(names.begin(), names.end(), node.name) != names.end()) node.source = words;
  for (auto& child : node.children) mark_given(child, names, words);
}

}  // namespace

void mark_given(explain::Explanation& explanation, std::vector<std::string> const& names, Language language) {
  auto const said = words(language, "由外部给定", "given from outside");
  auto const mark = [&](std::optional<Node>& root) {
    if (root) mark_given(*root, names, said);
  };
  for (auto* root : {&explanation.applies, &explanation.condition, &explanation.total, &explanation.value}) mark(*root);
  for (auto& part : explanation.parts) mark(part.when), mark(part.amount);
  for (auto& alert : explanation.alerts) mark(alert.condition);
}

std::vector<columns::RecordLayout> Explainer::pointed_at() const { return driver::pointed_at(together(), places_); }

void Explainer::load(columns::RecordLayout const& layout, std::vector<columns::Batch> all) {
  driver::load(plan_, *references_, layout, std::move(all));
}

void Explainer::join(columns::Batch& batch) const { driver::join(together(), batch); }

explain::Explanation Explainer::explain(columns::Batch const& batch, std::int64_t row, std::uint32_t policy) const {
  explain::Record const record{plan_, places_, inputs_, batch, row};
  auto explanation = explain::explain(record, policy);
  explanation.unsettled = unsettled_[policy];
  if (!rules_->looks_at(policy)) return explanation;
  // What the record's other policies leave of it; pools and 遴选 are decided over all records, which are not here.
  std::vector<PairOutcome> pairs;
  for (std::uint32_t i = 0; i < plan_.policies.size(); ++i)
    if (rules_->looks_at(i)) pairs.push_back(explain::label(record, i));
  std::vector<std::string> keys(static_cast<std::size_t>(row) + 1);
  keys.back() = explanation.key;
  settle::Population population(*rules_);
  population.add(batch, keys, places_, inputs_, std::move(pairs));
  for (auto& pair : population.finish())
    if (pair.policy == policy) explanation.pair = std::move(pair);
  auto const& pair = explanation.pair;
  explanation.odd_fen.clear();
  if (!pair.shares.empty()) explanation.odd_fen = explain::odd_fen_of(record, policy, *pair.amount_fen);
  return explanation;
}

void Explainer::take_settled(explain::Explanation& explanation, columns::Batch const& batch, std::int64_t row,
                             PairOutcome pair) const {
  auto const policy = pair.policy;
  explanation.pair = std::move(pair);
  explanation.unsettled.clear();
  explanation.odd_fen.clear();
  if (!explanation.pair.shares.empty())
    explanation.odd_fen =
        explain::odd_fen_of({plan_, places_, inputs_, batch, row}, policy, *explanation.pair.amount_fen);
}

}  // namespace huiyu::driver
