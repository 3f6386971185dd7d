#pragma once

// Records of one place side by side: a block of one place passes by the policies of all others. Private to the engine.

#include <cstdint>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/engine/eligible_plan.h"

namespace huiyu::engine {

// The rows of a batch by place, those of one place as they were; empty: they lie by place as they are, or the plan has
// fewer than so many nodes, so that it does not matter.
std::vector<std::int64_t> order_by_place(EligiblePlan const& plan, columns::Batch const& batch,
                                         std::size_t least_nodes);

// The rows in this order; the batch must outlive what is made.
columns::Batch in_order(columns::Batch const& batch, std::vector<std::int64_t> const& rows, int threads);

}  // namespace huiyu::engine
