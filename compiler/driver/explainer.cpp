#include "compiler/driver/explainer.h"

#include "runtime/engine/layout.h"

namespace huiyu::driver {

std::vector<PolicyName> policy_names(plan::Plan const& plan) {
  std::vector<PolicyName> names;
  auto text = [&](plan::TextRef ref) { return std::string(plan.text(ref)); };
  for (auto const& policy : plan.policies)
    names.push_back(
        {text(policy.id), text(policy.name), text(policy.citation), policy.conclusion == plan::Conclusion::Money});
  return names;
}

Result<std::unique_ptr<Explainer>> Explainer::make(Project const& project, RunInputs const& inputs) {
  auto plan = make_plan(project);
  if (!plan) return plan.error();
  auto explainer = std::make_unique<Explainer>();
  explainer->plan_ = std::move(*plan);
  explainer->inputs_ = inputs;
  auto subject = engine::only_subject(explainer->plan_);
  if (!subject) return subject.error();
  auto layout = engine::layout_of(explainer->plan_, *subject, inputs.given_definitions);
  if (!layout) return layout.error();
  explainer->layout_ = std::move(*layout);
  explainer->places_ = explain::make_places(explainer->plan_, inputs.given_definitions);
  explainer->policies_ = policy_names(explainer->plan_);
  return explainer;
}

explain::Explanation Explainer::explain(columns::Batch const& batch, std::int64_t row, std::uint32_t policy) const {
  return explain::explain({plan_, places_, inputs_, batch, row}, policy);
}

}  // namespace huiyu::driver
