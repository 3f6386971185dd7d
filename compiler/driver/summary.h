// What became of all policies, budgets and selections over all records: `huiyu report summary`, the summary of `match`
// for programs.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/driver/language.h"
#include "compiler/driver/results.h"
#include "compiler/driver/run.h"

namespace huiyu::driver {

struct PolicySummary {
  PolicyName policy;
  PolicyCount count;
  std::map<std::string, std::int64_t> needs;          // what the unknown lack, and of how many
  std::map<std::string, std::int64_t> pending_needs;  // what the sums that are not known lack
};

struct Summary {
  std::vector<PolicySummary> policies;  // in the order of their ids
  std::vector<PoolReport> pools;
};

// Matches and settles all records.
Result<Summary> summarize(Session& session, Language language);

std::string summary_text(Summary const& summary, Language language);
// One object a policy, then one for each budget and each selection.
std::string summary_json(Summary const& summary);

}  // namespace huiyu::driver
