#pragma once

// A match that wants the eligible alone. Private to the engine.

#include "runtime/engine/eligible_plan.h"
#include "runtime/engine/match.h"

namespace huiyu::engine {

struct EligibleSearch {
  EligiblePlan plan;
  // Of policies whose undecided records are wanted too: who may fit each, to be asked for all outcomes. Whom a policy
  // is perhaps not about is undecided whatever else it demands, so 适用 is asked by itself, once for all policies that
  // have the same. Empty: of no policy.
  EligiblePlan possible;
  struct Applies {
    plan::Ref<plan::Condition> condition;
    std::vector<std::uint32_t> policies;
  };
  std::vector<Applies> applies;
  std::vector<bool> undecided_of;  // by policy; empty: of none
};

// The rows of a batch as blocks of a sweep, each of records of one place as far as that is worth it.
struct SweepSpan {
  std::int64_t begin = 0, rows = 0;
};
std::vector<SweepSpan> sweep_spans(EligiblePlan const& plan, columns::Batch const& batch);

// First all records that fit each policy, block by block; then what each policy gives them, policy by policy.
MatchedTable match_eligible(BoundPlan const& bound, columns::Batch const& batch, FunctionTable const* native,
                            MatchOptions const& options, plan::Ref<plan::Relation> subject);

}  // namespace huiyu::engine
