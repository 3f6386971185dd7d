// What hangs on other records: places in cohorts, the records of a 统计, and what references lead to.
#pragma once

#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"
#include "runtime/explain/places.h"
#include "runtime/plan/plan.h"
#include "runtime/settle/references.h"

namespace huiyu::driver {

// A Plan and the records it is asked about; all of it outlives this.
struct Together {
  plan::Plan const& plan;
  plan::Ref<plan::Relation> subject, source;          // source: of which a 统计 makes the subject; none: data state it
  columns::RecordLayout const &layout, &data_layout;  // of subject and source
  settle::References const& references;

  plan::Ref<plan::Relation> stated() const { return source.has_value() ? source : subject; }
};

// Whether one record cannot be judged by itself.
bool sees_all(Together const& together);

// The records that policies are asked about, with their places in cohorts: made of those that data state, or these.
std::vector<columns::Batch> see(Together const& together, explain::Places const& places, RunInputs const& inputs,
                                std::vector<columns::Batch> all);

// As a Referrer says.
std::vector<columns::RecordLayout> pointed_at(Together const& together, explain::Places const& places);
void load(plan::Plan const& plan, settle::References& references, columns::RecordLayout const& layout,
          std::vector<columns::Batch> all);
void join(Together const& together, columns::Batch& batch);

}  // namespace huiyu::driver
