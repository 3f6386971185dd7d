#pragma once

// A match that wants the eligible alone. Private to the engine.

#include "runtime/engine/eligible_plan.h"
#include "runtime/engine/match.h"

namespace huiyu::engine {

struct EligibleSearch {
  EligiblePlan plan;
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
