// Values computed once per record or item, when first asked for.

#include <algorithm>

#include "runtime/base/check.h"
#include "runtime/codes/codes.h"
#include "runtime/engine/block.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {

using plan::DerivedKind;

namespace {

bool is_text(plan::ValueKind kind) { return kind == plan::ValueKind::Text || kind == plan::ValueKind::CreditCode; }

}  // namespace

void Block::derive(plan::Ref<plan::Column> ref) {
  auto const& derived = plan_.derived[plan_.columns[ref.index].derived.index];
  switch (derived.kind) {
    case DerivedKind::Program: return derive_program(derived);
    case DerivedKind::Gather: return derive_gather(derived);
    case DerivedKind::SeriesAt: return derive_series_at(derived);
    case DerivedKind::SetContains: return derive_set_contains(derived);
    case DerivedKind::TextIs: return derive_text_is(derived);
    case DerivedKind::TextCode: return derive_text_code(derived);
    case DerivedKind::TableLookup: return derive_lookup(derived);
    case DerivedKind::AggregateSum:
    case DerivedKind::AggregateCount:
    case DerivedKind::AggregateExists:
    case DerivedKind::AggregateAll:
    case DerivedKind::AggregateLargest:
    case DerivedKind::AggregateSmallest:
    case DerivedKind::AggregateMedian:
    case DerivedKind::AggregateTop:
    case DerivedKind::AggregateDistinct: return aggregate(derived);
    case DerivedKind::Quotient: break;
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
  run(derived.use, inputs_.data(), out.rows, out.values, out.states);
}

// What a record says of all its items.
void Block::derive_gather(plan::Derived const& derived) {
  auto const from = column(derived.value);
  auto const& items = relation(plan_.columns[derived.column.index].relation);
  auto const width = plan_.columns[derived.column.index].width;
  auto const out = room(derived.column);
  for (std::int64_t owner = 0; owner < items.owner_count; ++owner)
    for (auto item = items.starts[owner]; item < items.starts[owner + 1]; ++item) {
      out.states[item] = from.states[owner];
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
  run(derived.use, inputs_.data(), out.rows, out.values, out.states);

  auto const series = plan_.columns[derived.value.index].items;
  auto const& fields = bound_.places.of_relation[series.index];
  auto const present = column(derived.value);
  auto const periods = column(fields[0]);
  auto const values = column(fields[1]);
  auto const& items = relation(series);
  auto const* codes = is_text(plan_.columns[fields[1].index].kind) ? text_codes(fields[1]).data() : nullptr;
  if (items.rows == 0) {
    for (std::int64_t row = 0; row < out.rows; ++row) out.states[row] |= state::missing;
    return;
  }
  for (std::int64_t row = 0; row < out.rows; ++row) {
    auto const wanted = out.values[row];
    auto const begin = items.starts[row], end = items.starts[row + 1];
    auto const is_wanted = [&](std::int64_t item) {
      return periods.states[item] == state::known && periods.values[item] == wanted;
    };
    bool const may_be = out.states[row] == state::known && present.states[row] == state::known && begin != end;
    out.states[row] |= state::missing;
    // Most series have every period from their first on. Nobody could guess which records go back so far: no branch.
    auto const first = begin != end ? begin : 0;
    auto const after = static_cast<std::uint64_t>(wanted) - static_cast<std::uint64_t>(periods.values[first]);
    bool const inside = after < static_cast<std::uint64_t>(end - begin);
    auto item = inside ? begin + static_cast<std::int64_t>(after) : first;
    bool found = may_be & inside & is_wanted(item);
    // Periods ascend.
    if (!found & may_be && periods.values[begin] <= wanted && wanted <= periods.values[end - 1]) {
      for (item = begin; item < end && !is_wanted(item);) ++item;
      found = item != end;
    }
    out.states[row] = found ? values.states[item] : out.states[row];
    if (codes == nullptr)
      out.values[row] = found ? values.values[item] : wanted;
    else if (found && values.states[item] == state::known)
      out.values[row] = codes[values.values[item]];
  }
}

void Block::derive_set_contains(plan::Derived const& derived) {
  auto const set = plan_.columns[derived.value.index].items;
  auto const item_column = bound_.places.of_relation[set.index][0];
  auto const tag = derived.text.has_value() ? text_index(item_column, derived.text) : derived.tag;
  auto const keys = plan::rows_of(derived.keys, plan_.derived_keys);
  auto const wanted = keys.empty() ? ColumnView{} : column(keys[0].column);
  // What a record asks for is coded as derived columns are.
  bool const coded = !keys.empty() && is_text(plan_.columns[item_column.index].kind);
  auto const* codes = coded ? text_codes(item_column).data() : nullptr;
  // A record's code answers for all above it; one above what is asked is too coarse to tell.
  auto const& kept = plan_.columns[item_column.index];
  auto const test = [&, is_code = kept.kind == plan::ValueKind::Code](std::int64_t member, std::int64_t asked) {
    if (!is_code) return member == asked ? codes::Belongs::Yes : codes::Belongs::No;
    return codes::belongs(static_cast<codes::CodeSystem>(kept.code_system), static_cast<std::int32_t>(member),
                          static_cast<std::int32_t>(asked));
  };
  auto const present = column(derived.value);
  auto const members = column(item_column);
  auto const& items = relation(set);
  auto const out = room(derived.column);
  for (std::int64_t row = 0; row < out.rows; ++row) {
    auto const asked = keys.empty() ? tag : wanted.values[row];
    std::uint8_t const strict = present.states[row] | (keys.empty() ? state::known : wanted.states[row]);
    bool found = false, open = false;
    for (auto item = items.starts[row]; item < items.starts[row + 1]; ++item) {
      open = open || members.states[item] != state::known;
      if (members.states[item] != state::known) continue;
      auto const member = codes == nullptr ? members.values[item] : codes[members.values[item]];
      auto const answer = strict == state::known ? test(member, asked) : codes::Belongs::Unknown;
      found = found || answer == codes::Belongs::Yes;
      open = open || answer == codes::Belongs::Unknown;
    }
    out.values[row] = found ? 1 : 0;
    out.states[row] = strict == state::known && !found && open ? state::missing : strict;
  }
}

void Block::derive_text_code(plan::Derived const& derived) {
  auto const& codes = text_codes(derived.value);
  auto const texts = column(derived.value);
  auto const out = room(derived.column);
  for (std::int64_t row = 0; row < out.rows; ++row) {
    out.states[row] = texts.states[row];
    out.values[row] = texts.states[row] == state::known ? codes[static_cast<std::size_t>(texts.values[row])] : 0;
  }
}

void Block::derive_lookup(plan::Derived const& derived) {
  auto const keys = plan::rows_of(derived.keys, plan_.derived_keys);
  std::vector<ColumnView> views;
  for (auto const& key : keys) views.push_back(column(key.column));
  auto const& table = bound_.lookups.at(derived.column.index);
  auto const out = room(derived.column);
  std::vector<std::int64_t> wanted(keys.size());
  for (std::int64_t row = 0; row < out.rows; ++row) {
    auto stands = state::known;
    for (std::size_t k = 0; k < keys.size(); ++k) {
      wanted[k] = views[k].values[row];
      stands |= views[k].states[row];
    }
    auto const* found = stands == state::known ? table.find(wanted) : nullptr;
    out.states[row] = found != nullptr ? state::known : static_cast<std::uint8_t>(stands | state::missing);
    if (found != nullptr) out.values[row] = *found;
  }
}

void Block::derive_text_is(plan::Derived const& derived) {
  auto const wanted = text_index(derived.value, derived.text);
  auto const texts = column(derived.value);
  auto const out = room(derived.column);
  for (std::int64_t row = 0; row < out.rows; ++row) {
    out.values[row] = texts.values[row] == wanted ? 1 : 0;
    out.states[row] = texts.states[row];
  }
}

}  // namespace huiyu::engine
