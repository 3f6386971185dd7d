#include "runtime/engine/lookup.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

#include "runtime/base/wide.h"
#include "runtime/engine/bind.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {

void BoundLookup::add(std::span<std::int64_t const> keys, std::int64_t value) {
  keys_.insert(keys_.end(), keys.begin(), keys.end());
  values_.push_back(value);
}

void BoundLookup::finish() {
  auto const width = climbs_.size();
  auto const row = [&](std::size_t place) { return std::span(keys_).subspan(place * width, width); };
  std::vector<std::size_t> order(values_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::lexicographical_compare(row(a).begin(), row(a).end(), row(b).begin(), row(b).end());
  });
  std::vector<std::int64_t> keys, values;
  for (auto const place : order) {
    bool const seen = !values.empty() &&
                      std::equal(row(place).begin(), row(place).end(), keys.end() - static_cast<std::ptrdiff_t>(width));
    if (seen) continue;
    keys.insert(keys.end(), row(place).begin(), row(place).end());
    values.push_back(values_[place]);
  }
  keys_ = std::move(keys), values_ = std::move(values);
}

std::int64_t const* BoundLookup::exact(std::span<std::int64_t const> keys) const {
  std::size_t low = 0, high = values_.size();
  while (low < high) {
    auto const middle = low + (high - low) / 2;
    auto const* row = keys_.data() + middle * keys.size();
    if (std::lexicographical_compare(row, row + keys.size(), keys.begin(), keys.end()))
      low = middle + 1;
    else
      high = middle;
  }
  bool const found = low < values_.size() && std::equal(keys.begin(), keys.end(), keys_.data() + low * keys.size());
  return found ? &values_[low] : nullptr;
}

std::int64_t const* BoundLookup::find(std::span<std::int64_t> keys, std::size_t place) const {
  if (place == keys.size()) return exact(keys);
  if (climbs_[place] < 0) return find(keys, place + 1);
  auto const entries = codes::entries(static_cast<codes::CodeSystem>(climbs_[place]));
  auto const stated = keys[place];
  std::int64_t const* found = nullptr;
  for (auto id = stated; found == nullptr && id >= 0; id = entries[static_cast<std::size_t>(id)].parent) {
    keys[place] = id;
    found = find(keys, place + 1);
  }
  keys[place] = stated;
  return found;
}

namespace detail {
namespace {

// A key of the table's text as a column of another scale holds it; none: no value of the column is equal to it.
std::optional<std::int64_t> at_scale(std::int64_t key, int from, int to) {
  Int128 value = key;
  for (; from < to; ++from) {
    value *= 10;
    if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min())
      return std::nullopt;
  }
  for (; from > to; --from) {
    if (value % 10 != 0) return std::nullopt;
    value /= 10;
  }
  return static_cast<std::int64_t>(value);
}

}  // namespace

void bind_lookups(BoundPlan& bound) {
  auto const& plan = *bound.plan;
  auto const is_text = [](plan::ValueKind kind) {
    return kind == plan::ValueKind::Text || kind == plan::ValueKind::CreditCode;
  };
  bool texts = false;
  for (auto const& derived : plan.derived) {
    texts = texts || is_text(plan.columns[derived.column.index].kind);
    if (derived.kind != plan::DerivedKind::TableLookup) continue;
    auto const& table = plan.reference_tables[derived.table.index];
    auto const keys = plan::rows_of(table.keys, plan.reference_keys);
    auto const inputs = plan::rows_of(derived.keys, plan.derived_keys);
    std::vector<int> climbs;
    for (auto const& key : keys)
      climbs.push_back(table.use_parent != 0 && key.kind == plan::ValueKind::Code ? key.code_system : -1);
    BoundLookup lookup(std::move(climbs));
    std::vector<std::int64_t> row_keys;
    for (auto const& row : plan::rows_of(table.rows, plan.reference_rows)) {
      row_keys.clear();
      for (auto const& value : plan::rows_of(row.keys, plan.reference_values)) {
        auto const k = row_keys.size();
        auto const same = at_scale(value.value, keys[k].scale, plan.columns[inputs[k].column.index].scale);
        if (!same) break;
        row_keys.push_back(*same);
      }
      if (row_keys.size() == keys.size()) lookup.add(row_keys, row.value);
    }
    lookup.finish();
    bound.lookups.emplace(derived.column.index, std::move(lookup));
  }
  if (!texts) return;
  for (std::size_t i = 0; i < plan.texts.size(); ++i)
    bound.text_places.emplace(plan.texts[i], static_cast<std::int64_t>(i));
}

}  // namespace detail

}  // namespace huiyu::engine
