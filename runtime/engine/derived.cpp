// Values computed once per record or item, when first asked for.

#include <algorithm>

#include "runtime/base/check.h"
#include "runtime/engine/block.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {

using plan::DerivedKind;

void Block::derive(plan::Ref<plan::Column> ref) {
  auto const& derived = plan_.derived[plan_.columns[ref.index].derived.index];
  switch (derived.kind) {
    case DerivedKind::Program: return derive_program(derived);
    case DerivedKind::Gather: return derive_gather(derived);
    case DerivedKind::SeriesAt: return derive_series_at(derived);
    case DerivedKind::SetContains: return derive_set_contains(derived);
    case DerivedKind::TextIs: return derive_text_is(derived);
    case DerivedKind::AggregateSum:
    case DerivedKind::AggregateCount:
    case DerivedKind::AggregateExists:
    case DerivedKind::AggregateAll:
    case DerivedKind::AggregateLargest:
    case DerivedKind::AggregateSmallest:
    case DerivedKind::AggregateMedian: return aggregate(derived);
    case DerivedKind::Quotient:
    case DerivedKind::Window:
    case DerivedKind::TableLookup:
    case DerivedKind::Rank:
    case DerivedKind::CohortValue: break;
  }
  HUIYU_CHECK(false, "a derived column that holds no values of its own");
}

void Block::derive_program(plan::Derived const& derived) {
  auto const inputs = plan::rows_of(plan_.uses[derived.use.index].inputs, plan_.use_inputs);
  // Computed first: computing one input may itself run a program.
  for (auto const& input : inputs) column(input.column);
  inputs_.clear();
  for (auto const& input : inputs) inputs_.push_back(column(input.column));
  auto const out = room(derived.column);
  run(derived.use, inputs_.data(), out.rows, out.values, out.valid);
}

// What a record says of all its items.
void Block::derive_gather(plan::Derived const& derived) {
  auto const from = column(derived.value);
  auto const& items = relation(plan_.columns[derived.column.index].relation);
  auto const width = plan_.columns[derived.column.index].width;
  auto const out = room(derived.column);
  for (std::size_t owner = 0; owner + 1 < items.starts.size(); ++owner)
    for (auto item = items.starts[owner]; item < items.starts[owner + 1]; ++item) {
      out.valid[item] = from.valid[owner];
      std::copy_n(from.values + owner * width, width, out.values + item * width);
    }
}

void Block::derive_series_at(plan::Derived const& derived) {
  auto const inputs = plan::rows_of(plan_.uses[derived.use.index].inputs, plan_.use_inputs);
  for (auto const& input : inputs) column(input.column);
  inputs_.clear();
  for (auto const& input : inputs) inputs_.push_back(column(input.column));
  auto const out = room(derived.column);
  // The wanted periods are written where the values will stand.
  run(derived.use, inputs_.data(), out.rows, out.values, out.valid);

  auto const series = plan_.columns[derived.value.index].items;
  auto const& fields = bound_.places.of_relation[series.index];
  auto const present = column(derived.value);
  auto const periods = column(fields[0]);
  auto const values = column(fields[1]);
  auto const& items = relation(series);
  for (std::int64_t row = 0; row < out.rows; ++row) {
    auto const wanted = out.values[row];
    bool const known = out.valid[row] != 0 && present.valid[row] != 0;
    out.valid[row] = 0;
    auto const end = items.starts[static_cast<std::size_t>(row) + 1];
    for (auto item = items.starts[static_cast<std::size_t>(row)]; known && item < end; ++item) {
      if (periods.valid[item] == 0 || periods.values[item] != wanted) continue;
      out.values[row] = values.values[item];
      out.valid[row] = values.valid[item];
      break;
    }
  }
}

void Block::derive_set_contains(plan::Derived const& derived) {
  auto const set = plan_.columns[derived.value.index].items;
  auto const item_column = bound_.places.of_relation[set.index][0];
  auto const tag = derived.text.has_value() ? text_index(item_column, derived.text) : derived.tag;
  auto const present = column(derived.value);
  auto const members = column(item_column);
  auto const& items = relation(set);
  auto const out = room(derived.column);
  for (std::int64_t row = 0; row < out.rows; ++row) {
    bool found = false, open = false;
    for (auto item = items.starts[static_cast<std::size_t>(row)];
         item < items.starts[static_cast<std::size_t>(row) + 1]; ++item) {
      found = found || (members.valid[item] != 0 && members.values[item] == tag);
      open = open || members.valid[item] == 0;
    }
    out.values[row] = found ? 1 : 0;
    out.valid[row] = present.valid[row] != 0 && (found || !open) ? 1 : 0;
  }
}

void Block::derive_text_is(plan::Derived const& derived) {
  auto const wanted = text_index(derived.value, derived.text);
  auto const texts = column(derived.value);
  auto const out = room(derived.column);
  for (std::int64_t row = 0; row < out.rows; ++row) {
    out.values[row] = texts.values[row] == wanted ? 1 : 0;
    out.valid[row] = texts.valid[row];
  }
}

}  // namespace huiyu::engine
