#include "compiler/driver/engines.h"

#include <algorithm>

#include "compiler/driver/records.h"
#include "compiler/driver/runners.h"
#include "compiler/driver/subjects.h"
#include "runtime/base/check.h"

namespace huiyu::driver {

Result<SchemaId> subject_named(tir::Program const& program, std::string const& schema) {
  std::int32_t index = 0;
  for (auto const& declared : program.schemas) {
    if (!schema.empty() && declared.name == schema) return SchemaId{index};
    ++index;
  }
  if (!schema.empty()) return Error{ErrorKind::Usage, "规则里没有结构 " + schema + " / the rules have no such 结构"};
  std::vector<std::string> names;
  for (auto const& policy : program.policies)
    if (auto const& name = program.schemas[policy.subject].name; std::ranges::find(names, name) == names.end())
      names.push_back(name);
  if (names.size() == 1) return (*program.policies.begin()).subject;
  return several_subjects(names);
}

std::vector<std::string> Runner::keys_of(columns::Batch const& batch) const { return driver::keys_of(batch, layout_); }

OutcomeTable Runner::listed(std::vector<PairOutcome> pairs, bool all) const {
  std::vector<OutcomeCollector> listed(1);
  for (auto& pair : pairs)
    if (all || pair.outcome == Outcome::Eligible) listed.front().add(std::move(pair));
  return OutcomeCollector::join(std::move(listed), policies_.size());
}

Result<std::unique_ptr<Runner>> Runner::make(Project const& project, RunInputs const& inputs, EngineChoice engine,
                                             int jobs, std::string const& subject) {
  if (engine == EngineChoice::Oracle) return make_oracle_runner(project, inputs, subject);
  auto plan = make_plan(project);
  if (!plan) return plan.error();
  return make(std::move(*plan), inputs, engine, jobs, subject);
}

Result<std::unique_ptr<Runner>> Runner::make(plan::Plan plan, RunInputs const& inputs, EngineChoice engine, int jobs,
                                             std::string const& subject) {
  HUIYU_CHECK(engine != EngineChoice::Oracle, "the oracle reads the rules, not their Plan");
  auto const native = engine == EngineChoice::Interpret ? NativeCode::Never
                      : engine == EngineChoice::Native  ? NativeCode::Always
                                                        : NativeCode::InBackground;
  return make_plan_runner(std::move(plan), inputs, native, jobs, subject);
}

std::vector<PairOutcome> answer_alone(Runner const& runner, columns::Batch const& batch, BatchResult result) {
  auto const settling = runner.settling(true);
  if (!settling) return result.listed.pairs();
  settling->add(runner, batch, result);
  auto pairs = result.listed.pairs();
  settling->finish();
  for (auto listed = settling->next(); !listed.rows.empty(); listed = settling->next())
    for (auto& pair : listed.pairs()) pairs.push_back(std::move(pair));
  return pairs;
}

}  // namespace huiyu::driver
