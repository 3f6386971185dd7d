#include "compiler/driver/engines.h"

#include "compiler/driver/records.h"
#include "compiler/driver/runners.h"
#include "runtime/base/check.h"

namespace huiyu::driver {

Result<SchemaId> common_subject(tir::Program const& program) {
  if (program.policies.empty()) return Error{ErrorKind::Usage, "规则里没有政策 / there is no policy in the rules"};
  auto const& first = *program.policies.begin();
  for (auto const& policy : program.policies)
    if (policy.subject != first.subject)
      return Error{ErrorKind::Usage, "政策的对象不止一种：" + first.name + "（" + program.schemas[first.subject].name +
                                         "）、" + policy.name + "（" + program.schemas[policy.subject].name +
                                         "） / the policies are about more than one kind of record"};
  return first.subject;
}

std::vector<std::string> Runner::keys_of(columns::Batch const& batch) const { return driver::keys_of(batch, layout_); }

OutcomeTable Runner::listed(std::vector<PairOutcome> pairs, bool all, std::int64_t records) const {
  std::vector<OutcomeCollector> listed(1);
  for (auto& pair : pairs)
    if (all || pair.outcome == Outcome::Eligible) listed.front().add(std::move(pair));
  return OutcomeCollector::join(std::move(listed), policies_.size(), records);
}

Result<std::unique_ptr<Runner>> Runner::make(Project const& project, RunInputs const& inputs, EngineChoice engine,
                                             int jobs) {
  if (engine == EngineChoice::Oracle) return make_oracle_runner(project, inputs);
  auto plan = make_plan(project);
  if (!plan) return plan.error();
  return make(std::move(*plan), inputs, engine, jobs);
}

Result<std::unique_ptr<Runner>> Runner::make(plan::Plan plan, RunInputs const& inputs, EngineChoice engine, int jobs) {
  HUIYU_CHECK(engine != EngineChoice::Oracle, "the oracle reads the rules, not their Plan");
  auto const native = engine == EngineChoice::Interpret ? NativeCode::Never
                      : engine == EngineChoice::Native  ? NativeCode::Always
                                                        : NativeCode::InBackground;
  return make_plan_runner(std::move(plan), inputs, native, jobs);
}

std::vector<PairOutcome> answer_alone(Runner const& runner, columns::Batch const& batch, BatchResult result) {
  auto const settling = runner.settling(true);
  if (!settling) return result.listed.pairs();
  settling->add(batch, result);
  auto pairs = result.listed.pairs();
  settling->finish();
  for (auto listed = settling->next(); !listed.rows.empty(); listed = settling->next())
    for (auto& pair : listed.pairs()) pairs.push_back(std::move(pair));
  return pairs;
}

}  // namespace huiyu::driver
