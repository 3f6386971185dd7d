#include "compiler/driver/engines.h"

#include "compiler/driver/runners.h"

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

Result<std::unique_ptr<Runner>> Runner::make(Project const& project, RunInputs const& inputs, EngineChoice engine) {
  switch (engine) {
    case EngineChoice::Oracle: return make_oracle_runner(project, inputs);
    case EngineChoice::Interpret: return make_plan_runner(project, inputs, NativeCode::Never);
    case EngineChoice::Native: return make_plan_runner(project, inputs, NativeCode::Always);
    case EngineChoice::Auto: break;
  }
  return make_plan_runner(project, inputs, NativeCode::WhereThere);
}

}  // namespace huiyu::driver
