#include "compiler/driver/together.h"

#include <utility>

#include "compiler/driver/records.h"
#include "runtime/base/check.h"
#include "runtime/columns/concatenate.h"
#include "runtime/engine/layout.h"
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
    together.references.join(together.subject, all.back());
  }
  rank(together, together.subject, together.layout, places, inputs, all);
  return all;
}

std::vector<columns::RecordLayout> pointed_at(Together const& together, explain::Places const& places) {
  std::vector<columns::RecordLayout> layouts;
  plan::Ref<plan::Relation> const from[] = {together.stated(), together.subject};
  for (auto const relation : together.references.pointed_at(from))
    layouts.push_back(explain::make_layout(together.plan, places, relation));
  return layouts;
}

void load(plan::Plan const& plan, settle::References& references, columns::RecordLayout const& layout,
          std::vector<columns::Batch> all) {
  auto const relation = engine::find_relation(plan, layout.schema);
  HUIYU_CHECK(bool(relation), "records that no reference points at");
  auto whole = columns::concatenate(std::move(all));
  auto const keys = keys_of(whole, layout);
  references.load(*relation, std::move(whole), keys);
}

void join(Together const& together, columns::Batch& batch) { together.references.join(together.stated(), batch); }

}  // namespace huiyu::driver
