// One run of a project's policies over batches of records, by the engine the user asked for.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/options.h"
#include "compiler/driver/project.h"
#include "compiler/driver/results.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/layout.h"
#include "runtime/columns/outcome_table.h"
#include "runtime/plan/plan.h"

namespace huiyu::driver {

struct BatchResult {
  std::vector<PolicyCount> counts;  // by policy
  OutcomeTable listed;              // the pairs asked for
  // Of the run, what explanations took (engine::MatchedTable); an engine that has nothing else says nothing.
  std::chrono::nanoseconds explaining{};
};

class Runner {
 public:
  virtual ~Runner() = default;

  // Prepares the engine; `jobs` threads match, 0: one for each processor. `auto` takes native code where its module is
  // there, else the interpreter.
  static Result<std::unique_ptr<Runner>> make(Project const& project, RunInputs const& inputs, EngineChoice engine,
                                              int jobs = 0);
  // The same of a Plan; any engine but the oracle.
  static Result<std::unique_ptr<Runner>> make(plan::Plan plan, RunInputs const& inputs, EngineChoice engine,
                                              int jobs = 0);

  // The records that the policies are about.
  columns::RecordLayout const& layout() const { return layout_; }
  std::vector<PolicyName> const& policies() const { return policies_; }

  // Matches one batch. `all`: every pair is listed, not only the eligible. At most `threads` may run at once.
  virtual Result<BatchResult> run(columns::Batch const& batch, bool all) const = 0;
  virtual int threads() const { return 1; }

 protected:
  columns::RecordLayout layout_;
  std::vector<PolicyName> policies_;
};

// The 结构 that all policies are about; several are an error that names two of them.
Result<SchemaId> common_subject(tir::Program const& program);

}  // namespace huiyu::driver
