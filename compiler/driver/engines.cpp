#include "compiler/driver/engines.h"

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
                                                        : NativeCode::WhereThere;
  return make_plan_runner(std::move(plan), inputs, native, jobs);
}

}  // namespace huiyu::driver
