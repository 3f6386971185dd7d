// The part that eval, match and explain share: load rules, prepare the engine, open the records.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "compiler/driver/engines.h"
#include "compiler/driver/phases.h"
#include "compiler/driver/records.h"
#include "compiler/driver/result_file.h"

namespace huiyu::driver {

// What becomes of the listed pairs of a batch; called by one thread, batch after batch in their order, then with those
// that were settled over all records.
using ListedRows = std::function<Result<void>(RowKeys const& keys, OutcomeTable const& listed)>;

struct Session {
  Phases phases;
  Project project;                   // where the engine, or what is given from outside, needs the rules themselves
  std::vector<std::string> outside;  // what --inputs gives
  std::unique_ptr<Runner> runner;
  RecordOptions records;
  std::unique_ptr<RecordSource> source;
  std::vector<PoolReport> pools;          // after run_all: what became of 预算 and 遴选
  std::vector<std::int64_t> near_counts;  // after run_all: near misses by policy, where the runner finds them
  ListedRows near_rows;                   // takes those that are listed
};

// Of the only kind of records that is given.
Result<std::unique_ptr<Session>> start(RuleOptions const& rules, RunOptions const& run, RecordOptions const& options,
                                       Language language);
// One for each kind of records that is given and that a policy is about; there is at least one.
Result<std::vector<std::unique_ptr<Session>>> start_each(RuleOptions const& rules, RunOptions const& run,
                                                         RecordOptions const& options, Language language);

// Runs every batch; policies' counts are those of this run. Unreadable cells are printed; with `strict` they end the
// run as an error of the data.
Result<void> run_all(Session& session, bool all, std::vector<PolicyCount>& counts, ListedRows const& rows,
                     Language language);
// Of each kind of records, one after the other; counts are those of all. Where something is settled between kinds, the
// pairs that hang on that come when all were matched, and pools are those of the last session.
Result<void> run_each(std::span<std::unique_ptr<Session> const> sessions, bool all, std::vector<PolicyCount>& counts,
                      ListedRows const& rows, Language language);

}  // namespace huiyu::driver
