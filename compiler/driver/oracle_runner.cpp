// The oracle as an engine: the tir interpreter over every record.

#include "compiler/driver/runners.h"
#include "compiler/interpret/interpret.h"

namespace huiyu::driver {

namespace {

class OracleRunner : public Runner {
 public:
  OracleRunner(Project const& project, SchemaId subject, RunInputs inputs)
      : program_(project.program), subject_(subject), inputs_(std::move(inputs)) {
    layout_ = interpret::layout_of(program_, subject_, inputs_.given_definitions);
    for (auto const& policy : program_.policies)
      policies_.push_back({policy.id, policy.name, policy.citation, policy.conclusion == tir::ConclusionKind::Money,
                           policy.conclusion == tir::ConclusionKind::Disposal, !policy.alerts.empty()});
  }

  Result<BatchResult> run(columns::Batch const& batch, bool all) const override {
    BatchResult result;
    result.counts.resize(policies_.size());
    OutcomeCollector listed;
    for (auto& pair : interpret::interpret(program_, subject_, batch, inputs_)) {
      result.counts[pair.policy].add(pair);
      if (all || pair.outcome == Outcome::Eligible) listed.add(std::move(pair));
    }
    std::vector<OutcomeCollector> all_listed;
    all_listed.push_back(std::move(listed));
    result.listed = OutcomeCollector::join(std::move(all_listed), policies_.size(), batch.row_count);
    return result;
  }

 private:
  tir::Program const& program_;
  SchemaId subject_;
  RunInputs inputs_;
};

}  // namespace

Result<std::unique_ptr<Runner>> make_oracle_runner(Project const& project, RunInputs const& inputs) {
  auto subject = common_subject(project.program);
  if (!subject) return subject.error();
  return std::unique_ptr<Runner>(std::make_unique<OracleRunner>(project, *subject, inputs));
}

}  // namespace huiyu::driver
