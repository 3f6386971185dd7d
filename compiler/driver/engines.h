// One run of a project's policies over batches of records, by the engine the user asked for.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/driver/options.h"
#include "compiler/driver/project.h"
#include "compiler/driver/referrer.h"
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
  std::vector<std::int64_t> near_counts;  // by policy: whom one condition keeps out; empty where nobody asked
  OutcomeTable near;                      // … listed: `needs` is the condition, `value` how far it is
};

// What is settled over all records, once all were matched.
struct FinalResult {
  std::vector<PolicyCount> change;    // what is to be added to the counts of the batches
  std::span<std::string const> keys;  // by row; the Settling has them
  std::vector<PoolReport> pools;
};

class Runner;

// 组合, 预算 and 遴选: what is decided between pairs, in one thread, after they were matched.
class Settling {
 public:
  virtual ~Settling() = default;
  // Batch after batch, in order, with the runner that matched it. Settles what hangs together within a record, keeps
  // what hangs on other records.
  virtual void add(Runner const& of, columns::Batch const& batch, BatchResult& result) = 0;
  // Once, after all were added.
  virtual FinalResult finish() = 0;
  // Then the pairs asked for that the batches did not give, some at a time, by policy, then row; none: there are no
  // more. Rows count over all batches.
  virtual OutcomeTable next() = 0;
};

class Runner : public Referrer {
 public:
  // Prepares the engine; `jobs` threads match, 0: one for each processor. `auto` takes native code where its module is
  // there, else the interpreter.
  // `subject`: the 结构 of the records, where policies are about several.
  static Result<std::unique_ptr<Runner>> make(Project const& project, RunInputs const& inputs, EngineChoice engine,
                                              int jobs = 0, std::string const& subject = {});
  // The same of a Plan; any engine but the oracle.
  static Result<std::unique_ptr<Runner>> make(plan::Plan plan, RunInputs const& inputs, EngineChoice engine,
                                              int jobs = 0, std::string const& subject = {});

  // The records that the policies are about.
  columns::RecordLayout const& layout() const { return layout_; }
  // Those that the data state: the same, or those of which a 统计 makes them.
  columns::RecordLayout const& data_layout() const { return data_layout_; }
  std::vector<PolicyName> const& policies() const { return policies_; }
  // By policy: whether it is about these records. Of the others nothing is counted or listed.
  std::vector<bool> const& asked() const { return asked_; }

  // Matches one batch. `all`: every pair is listed, not only the eligible; where pairs are settled afterwards, unknown
  // ones and errors are too. At most `threads` may run at once.
  virtual Result<BatchResult> run(columns::Batch const& batch, bool all) const = 0;
  virtual int threads() const { return 1; }
  // From now on only the eligible are counted and listed, which is faster where policies are many. False where all are
  // counted all the same: pairs that are settled afterwards may hang on those that are not eligible.
  virtual bool count_eligible_alone() { return false; }
  // … and, by policy, of which unknown and error are counted too, and listed where `list`. After count_eligible_alone.
  virtual void count_undecided(std::vector<bool> /*of*/, bool /*list*/) {}
  // From now on near misses are counted too, and listed where `list`. False: this engine does not find them.
  virtual bool find_near(bool /*list*/) { return false; }
  // Whether all records are to be seen, once, before any is matched: then what `see` gives is matched. It fills in what
  // others make of a record, and makes the records of a 统计 of those that were read.
  virtual bool sees_all() const { return false; }
  virtual std::vector<columns::Batch> see(std::vector<columns::Batch> all) const { return all; }
  // Whether some of it is settled together with records of another 结构.
  virtual bool settles_several() const = 0;
  // What settles the pairs afterwards; none where the policies say nothing of it. The runner must outlive it.
  // `together`: of each kind of records that is given its runner, this one among them; all of the same rules. None:
  // no other kind is given.
  virtual std::unique_ptr<Settling> settling(bool all, std::span<Runner const* const> together = {}) const = 0;

  // The keys of all rows of records that policies are about.
  std::vector<std::string> keys_of(columns::Batch const& batch) const;

 protected:
  // Those that are listed.
  OutcomeTable listed(std::vector<PairOutcome> pairs, bool all) const;

  columns::RecordLayout layout_, data_layout_;
  std::vector<PolicyName> policies_;
  std::vector<bool> asked_;
};

// The 结构 of that name; of none that which all policies are about, several being an error.
Result<SchemaId> subject_named(tir::Program const& program, std::string const& schema);

// The pairs of a batch that is all there is, settled.
std::vector<PairOutcome> answer_alone(Runner const& runner, columns::Batch const& batch, BatchResult result);

}  // namespace huiyu::driver
