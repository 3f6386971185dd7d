// What hangs on all records at once: places in cohorts, and the records of a 统计.
#pragma once

#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"
#include "runtime/explain/places.h"
#include "runtime/plan/plan.h"

namespace huiyu::driver {

// A Plan and the records it is asked about; all of it outlives this.
struct Together {
  plan::Plan const& plan;
  plan::Ref<plan::Relation> subject, source;          // source: of which a 统计 makes the subject; none: data state it
  columns::RecordLayout const &layout, &data_layout;  // of subject and source
};

// Whether one record cannot be judged by itself.
bool sees_all(Together const& together);

// The records that policies are asked about, with their places in cohorts: made of those that data state, or these.
std::vector<columns::Batch> see(Together const& together, explain::Places const& places, RunInputs const& inputs,
                                std::vector<columns::Batch> all);

}  // namespace huiyu::driver
