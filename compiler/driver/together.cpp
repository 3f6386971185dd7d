#include "compiler/driver/together.h"

#include <utility>

#include "compiler/driver/records.h"
#include "runtime/settle/cohorts.h"
#include "runtime/settle/tallies.h"

namespace huiyu::driver {
namespace {

void rank(Together const& together, plan::Ref<plan::Relation> relation, columns::RecordLayout const& layout,
          explain::Places const& places, RunInputs const& inputs, std::vector<columns::Batch>& all) {
  settle::Cohorts cohorts(together.plan, relation);
  for (auto& batch : all) cohorts.add(batch, keys_of(batch, layout), places, inputs);
  cohorts.compute();
}

}  // namespace

bool sees_all(Together const& together) {
  return together.source.has_value() || !settle::Cohorts(together.plan, together.subject).idle();
}

std::vector<columns::Batch> see(Together const& together, explain::Places const& places, RunInputs const& inputs,
                                std::vector<columns::Batch> all) {
  if (together.source.has_value()) {
    rank(together, together.source, together.data_layout, places, inputs, all);
    settle::Tallies tallies(together.plan, together.subject);
    for (auto const& batch : all) tallies.add(batch, keys_of(batch, together.data_layout), places, inputs);
    all.clear();
    all.push_back(tallies.make(places));
  }
  rank(together, together.subject, together.layout, places, inputs, all);
  return all;
}

}  // namespace huiyu::driver
