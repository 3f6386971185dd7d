#pragma once

// Where the facts that a Plan's columns name lie in a batch: for the engine's decoding and for explanations alike.

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/columns/layout.h"
#include "runtime/plan/plan.h"

namespace huiyu::explain {

struct Places {
  // By position of the column: its place among the columns of its relation's batch; −1: it is computed.
  std::vector<std::int32_t> of_column;
  // By position of the relation: its columns that the data states, in the order of the batch.
  std::vector<std::vector<plan::Ref<plan::Column>>> of_relation;

  bool stated(plan::Ref<plan::Column> column) const { return of_column[column.index] >= 0; }
};

// Fields in the plan's order, then the definitions that the records state themselves, in the order of `given`.
// A name in `given` that the plan does not know is passed over.
Places make_places(plan::Plan const& plan, std::vector<std::string> const& given);

// The layout of the records of a relation, for a reader.
columns::RecordLayout make_layout(plan::Plan const& plan, Places const& places, plan::Ref<plan::Relation> relation);

}  // namespace huiyu::explain
