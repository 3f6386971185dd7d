// 合计 数量 存在 全部 最大 最小 中位 前n项 over the items of a list, for all records of the block at once.

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include "runtime/base/check.h"
#include "runtime/engine/block.h"
#include "runtime/engine/lanes.h"

namespace huiyu::engine {
namespace {

using plan::DerivedKind;

// The items of one record, and where its answer goes.
struct Group {
  std::int64_t begin, end;
  std::int64_t row;
};
struct Items {
  ColumnView value;   // empty: there is none
  ColumnView filter;  // empty: every item is in
  std::int64_t* out;
  std::uint8_t* out_states;

  std::uint8_t filtered(std::int64_t item) const {
    return filter.states == nullptr ? state::known : filter.states[item];
  }
  bool is_out(std::int64_t item) const {
    return filter.states != nullptr && filter.states[item] == state::known && filter.values[item] == 0;
  }
};

// Resizing a value of the items to the width of the answer: both are proved to hold it.
template <int width> Lane<width> resized(std::int64_t const* values, std::uint8_t from, std::int64_t item) {
  if (from == 1) return Lane<width>(values[item]);
  std::array<std::int64_t, 8> limbs;
  limbs.fill(values[item * from + from - 1] < 0 ? -1 : 0);
  std::copy_n(values + item * from, std::min<int>(from, 8), limbs.begin());
  return load<width>(limbs.data(), 0);
}

// Strict: an error anywhere wins, so every item is looked at. What may be out says nothing of its value yet.
template <int width, DerivedKind kind> void fold(Items const& items, std::uint8_t value_width, Group const& group) {
  Lane<width> result(0);
  std::uint8_t stands = state::known;
  bool any = false;
  for (auto item = group.begin; item < group.end; ++item) {
    if (items.is_out(item)) continue;
    stands |= items.filtered(item);
    if (kind == DerivedKind::AggregateCount) {
      result = add<width>(result, Lane<width>(1));
      continue;
    }
    if (items.filtered(item) != state::known) continue;
    stands |= items.value.states[item];
    if (stands != state::known) continue;
    auto const value = resized<width>(items.value.values, value_width, item);
    if (kind == DerivedKind::AggregateSum)
      result = add<width>(result, value);
    else if (!any)
      result = value;
    else if (kind == DerivedKind::AggregateLargest)
      result = std::max<Lane<width>>(result, value);
    else
      result = std::min<Lane<width>>(result, value);
    any = true;
  }
  bool const needs_one = kind == DerivedKind::AggregateLargest || kind == DerivedKind::AggregateSmallest;
  items.out_states[group.row] = stands == state::known && needs_one && !any ? state::error : stands;
  store<width>(items.out, group.row, result);
}

// The values that are in, as far as all are known, and how they stand. As in `fold`.
template <int width>
std::uint8_t gather(Items const& items, std::uint8_t value_width, Group const& group,
                    std::vector<Lane<width>>& values) {
  std::uint8_t stands = state::known;
  for (auto item = group.begin; item < group.end; ++item) {
    if (items.is_out(item)) continue;
    stands |= items.filtered(item);
    if (items.filtered(item) != state::known) continue;
    stands |= items.value.states[item];
    if (stands == state::known) values.push_back(resized<width>(items.value.values, value_width, item));
  }
  return stands;
}

template <int width> void median(Items const& items, std::uint8_t value_width, Group const& group) {
  std::vector<Lane<width>> values;
  auto const stands = gather<width>(items, value_width, group, values);
  items.out_states[group.row] = stands == state::known && values.empty() ? state::error : stands;
  if (values.empty()) return;
  std::sort(values.begin(), values.end());
  auto const& upper = values[values.size() / 2];
  auto const& lower = values[(values.size() - 1) / 2];
  store<width>(items.out, group.row, add<width>(lower, upper));
}

template <int width> void top(Items const& items, std::uint8_t value_width, std::int64_t first, Group const& group) {
  std::vector<Lane<width>> values;
  items.out_states[group.row] = gather<width>(items, value_width, group, values);
  auto const taken = values.begin() + std::min(first, static_cast<std::int64_t>(values.size()));
  std::partial_sort(values.begin(), taken, values.end(), std::greater<Lane<width>>());
  store<width>(items.out, group.row, std::accumulate(values.begin(), taken, Lane<width>(0), add<width>));
}

// Values of one limb: codes, entries, positions of texts, days and short numbers.
void distinct(Items const& items, Group const& group) {
  std::vector<std::int64_t> values;
  items.out_states[group.row] = gather<1>(items, 1, group, values);
  std::sort(values.begin(), values.end());
  items.out[group.row] = std::unique(values.begin(), values.end()) - values.begin();
}

// Calls each(work), which calls work(group) for every group.
template <int width, class Each>
void measure(plan::Derived const& how, Items const& items, std::uint8_t value_width, Each each) {
  auto const fold_each = [&]<DerivedKind kind>() {
    each([&](Group const& group) { fold<width, kind>(items, value_width, group); });
  };
  if (how.kind == DerivedKind::AggregateMedian)
    each([&](Group const& group) { median<width>(items, value_width, group); });
  else if (how.kind == DerivedKind::AggregateTop)
    each([&](Group const& group) { top<width>(items, value_width, how.tag, group); });
  else if (how.kind == DerivedKind::AggregateCount)
    fold_each.template operator()<DerivedKind::AggregateCount>();
  else if (how.kind == DerivedKind::AggregateSum)
    fold_each.template operator()<DerivedKind::AggregateSum>();
  else if (how.kind == DerivedKind::AggregateLargest)
    fold_each.template operator()<DerivedKind::AggregateLargest>();
  else
    fold_each.template operator()<DerivedKind::AggregateSmallest>();
}

// 存在: 或 over "in and true"; 全部: 且 over "out or true".
void quantify(bool exists, Items const& items, Group const& group) {
  bool settled = false, lacks = false;
  std::uint8_t any = state::known;
  for (auto item = group.begin; item < group.end && !settled; ++item) {
    if (items.is_out(item)) continue;
    auto const filtered = items.filtered(item);
    auto const stands = items.value.states == nullptr ? state::known : items.value.states[item];
    bool const truth = items.value.states == nullptr || items.value.values[item] != 0;
    if (stands == state::known && truth != exists) continue;
    settled = stands == state::known && filtered == state::known;
    any |= stands | filtered;
    lacks = lacks || stands == state::missing || filtered == state::missing;
  }
  items.out[group.row] = settled == exists ? 1 : 0;
  items.out_states[group.row] = settled ? state::known : state::undecided(any, lacks);
}

// What the answer is over no items at all: most records have none.
void fill_empty(DerivedKind kind, std::uint8_t const* present, std::int64_t rows, std::uint8_t width,
                Items const& items) {
  bool const needs_one = kind == DerivedKind::AggregateLargest || kind == DerivedKind::AggregateSmallest ||
                         kind == DerivedKind::AggregateMedian;
  auto const empty = needs_one ? state::error : state::known;
  std::copy_n(present, rows, items.out_states);
  if (empty != state::known) std::replace(items.out_states, items.out_states + rows, state::known, empty);
  std::fill_n(items.out, rows * width, kind == DerivedKind::AggregateAll ? 1 : 0);
}

}  // namespace

void Block::aggregate(plan::Derived const& derived) {
  auto const list = plan_.columns[derived.list.index].items;
  Items items{};
  if (derived.value.has_value()) items.value = column(derived.value);
  if (derived.filter.has_value()) items.filter = column(derived.filter);
  auto const present = column(derived.list);
  auto const& rows = relation(list);
  auto const out = room(derived.column);
  items.out = out.values;
  items.out_states = out.states;
  auto const kind = derived.kind;
  auto const width = plan_.columns[derived.column.index].width;
  auto const value_width = derived.value.has_value() ? plan_.columns[derived.value.index].width : std::uint8_t{1};
  fill_empty(kind, present.states, out.rows, width, items);
  if (rows.rows == 0) return;
  auto const each = [&](auto work) {
    auto const starts = rows.starts;
    for (auto const row : owners(list))
      if (present.states[row] == state::known) work(Group{starts[row], starts[row + 1], row});
  };
  if (kind == DerivedKind::AggregateExists || kind == DerivedKind::AggregateAll)
    return each([&](Group const& group) { quantify(kind == DerivedKind::AggregateExists, items, group); });
  if (kind == DerivedKind::AggregateDistinct) return each([&](Group const& group) { distinct(items, group); });
  switch (width) {
    case 1: return measure<1>(derived, items, value_width, each);
    case 2: return measure<2>(derived, items, value_width, each);
    case 4: return measure<4>(derived, items, value_width, each);
    case 8: return measure<8>(derived, items, value_width, each);
    default: return;
  }
}

}  // namespace huiyu::engine
