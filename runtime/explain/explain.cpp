#include "runtime/explain/explanation.h"
#include "runtime/explain/rests_on.h"
#include "runtime/explain/tree.h"
#include "runtime/plan/rows.h"

namespace huiyu::explain {
namespace {

std::string key_of(Record const& record, plan::Ref<plan::Relation> subject) {
  auto const key = record.plan.relations[subject.index].key;
  if (!key.has_value() || !record.places.stated(key)) return {};
  auto const& data = record.batch.columns[static_cast<std::size_t>(record.places.of_column[key.index])];
  if (!data.present(record.row)) return {};
  return data.texts.empty() ? std::to_string(data.at(record.row)) : data.text(record.row);
}

// The rows that give the alerts of the outcome their colours.
std::vector<std::pair<plan::Alert const*, std::uint32_t>> find_alerts(Record const& record, Judgement const& judgement,
                                                                      Evaluator& evaluator) {
  std::vector<std::pair<plan::Alert const*, std::uint32_t>> found;
  auto const& policy = record.plan.policies[judgement.pair.policy];
  if (judgement.pair.alerts.empty()) return found;
  plan::TextRef settled;
  for (auto const& row : plan::rows_of(policy.alerts, record.plan.alerts)) {
    if (settled.has_value() && row.name == settled) continue;
    auto const finding = evaluator.evaluate(row.explain);
    if (evaluator.value(finding).state == State::False) continue;
    settled = row.name;
    found.emplace_back(&row, finding);
  }
  return found;
}

// A sum that could be computed and not be paid: the part, or else the total, or the figure, is where it shows.
void blame_sum(Judgement const& judgement, Explanation& explanation) {
  if (judgement.sum_fault == Fault::None) return;
  auto const blame = [&](std::optional<Node>& node) {
    if (!node || node->state != State::Value) return;
    node->state = State::Error;
    node->fault = judgement.sum_fault;
  };
  for (std::size_t i = 0; i < judgement.parts.size(); ++i)
    if (judgement.parts[i].sum.state == State::Error) return blame(explanation.parts[i].amount);
  blame(explanation.total ? explanation.total : explanation.value);
}

}  // namespace

Explanation explain(Record const& record, std::uint32_t position) {
  auto const& plan = record.plan;
  auto const& policy = plan.policies[position];
  Evaluator evaluator(record);
  auto const judgement = judge(record, position, evaluator);
  auto const alerts = find_alerts(record, judgement, evaluator);
  TreeBuilder trees(record, evaluator.findings());
  auto tree = [&](std::uint32_t finding, bool deciding) -> std::optional<Node> {
    if (finding == nothing) return std::nullopt;
    return trees.build(finding, deciding);
  };

  Explanation explanation;
  explanation.policy_id = plan.text(policy.id);
  explanation.policy_name = plan.text(policy.name);
  explanation.citation = plan.text(policy.citation);
  explanation.board = plan.text(policy.board);
  explanation.place_text = plan.text(policy.place_text);
  explanation.file = plan.text(policy.file);
  explanation.line = policy.line;
  explanation.key = key_of(record, policy.subject);
  explanation.as_of_day = record.inputs.as_of_day;
  explanation.in_force = judgement.in_force;
  explanation.pair = judgement.pair;
  explanation.value_name = plan.text(policy.value_name);

  auto const outcome = judgement.pair.outcome;
  // What failed or is open stands alone; what holds is part of every outcome after it.
  bool const applies_alone = judgement.condition == nothing;
  explanation.applies = tree(judgement.applies, applies_alone || outcome != Outcome::Ineligible);
  explanation.condition = tree(judgement.condition, true);
  for (std::size_t i = 0; i < judgement.parts.size(); ++i) {
    auto const& part = plan.parts[policy.parts.begin + i];
    auto const& found = judgement.parts[i];
    PartExplanation shown;
    shown.name = plan.text(part.name);
    shown.word = plan.text(part.word);
    shown.citation = plan.text(part.citation);
    shown.due = found.due;
    shown.when = tree(found.when, true);
    shown.amount = tree(found.amount, true);
    if (found.sum.state == State::Value) shown.amount_fen = (found.sum.number * 100).integer();
    explanation.parts.push_back(std::move(shown));
  }
  explanation.total = tree(judgement.total, true);
  explanation.value = tree(judgement.value, true);
  blame_sum(judgement, explanation);
  for (auto const& [row, finding] : alerts) {
    bool const decided = evaluator.value(finding).state == State::True;
    explanation.alerts.push_back({std::string(plan.text(row->name)),
                                  decided ? std::string(plan.text(row->colour)) : std::string(), tree(finding, false)});
  }
  explanation.rests_on_declared = declared_facts_of(record, judgement.pair);
  explanation.month_ends = month_ends_of(record, judgement.pair, evaluator.findings());
  if (!judgement.pair.shares.empty()) explanation.odd_fen = odd_fen_of(record, position, *judgement.pair.amount_fen);
  return explanation;
}

}  // namespace huiyu::explain
