// What was made of one part of a register, kept beside its results: a run that was broken off goes on where it was, and
// parts that several machines made are summed up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/options.h"
#include "compiler/driver/records.h"
#include "compiler/driver/results.h"
#include "compiler/driver/shard.h"
#include "runtime/base/hash.h"
#include "runtime/base/result.h"

namespace huiyu::driver {

struct ShardManifest {
  Hash128 run;  // run_identity
  Shard shard;
  std::int64_t rows = 0;  // of the results
  Counted counted = Counted::All;
  std::vector<PolicyName> policies;  // those that were asked; id, name and whether it pays
  std::vector<PolicyCount> counts;   // by those policies
  std::vector<std::string> outside;  // what --inputs gave
};

// 结果.parquet → 结果.3-of-8.parquet, and its manifest 结果.3-of-8.manifest.json.
std::string shard_file(std::string const& path, Shard shard);

// All that the results are made from: this command, the texts of rules and modules, options, and the bytes of every
// file of data, also of those that a mapping names. `options`: whatever else of the command line counts. What a SQL
// text reads is not known; of it the text alone counts.
Result<Hash128> run_identity(RuleOptions const& rules, RunOptions const& run, RecordOptions const& records,
                             std::vector<std::string> const& options, Language language);

// The part that was made by the same run before, if its results are still there as they were written: what is missing,
// of another run or damaged is to be made again.
std::optional<ShardManifest> find_done(std::string const& path, Shard shard, Hash128 run);

// Once the results are written. A reader meets all of it or nothing.
Result<void> keep(ShardManifest const& manifest, std::string const& path);

}  // namespace huiyu::driver
