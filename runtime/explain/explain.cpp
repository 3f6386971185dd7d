#include "runtime/explain/explanation.h"
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

}  // namespace

Explanation explain(Record const& record, std::uint32_t position) {
  auto const& plan = record.plan;
  auto const& policy = plan.policies[position];
  Evaluator evaluator(record);
  auto const judgement = judge(record, position, evaluator);
  TreeBuilder trees(record, evaluator.findings());
  auto tree = [&](std::uint32_t finding, bool deciding) -> std::optional<Node> {
    if (finding == nothing) return std::nullopt;
    return trees.build(finding, deciding);
  };

  Explanation explanation;
  explanation.policy_id = plan.text(policy.id);
  explanation.policy_name = plan.text(policy.name);
  explanation.citation = plan.text(policy.citation);
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
    if (found.sum.state == State::Value) shown.amount_fen = to_int64(BigInt(numerator(BigRational(found.sum.number * 100))));
    explanation.parts.push_back(std::move(shown));
  }
  explanation.total = tree(judgement.total, true);
  explanation.value = tree(judgement.value, true);
  return explanation;
}

}  // namespace huiyu::explain
