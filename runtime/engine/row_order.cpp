#include "runtime/engine/row_order.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <numeric>

#include "runtime/columns/take.h"
#include "runtime/engine/bits.h"
#include "runtime/engine/match_threads.h"

namespace huiyu::engine {
namespace {

using columns::Column;
using columns::Storage;

// Runs of one place that are this long on average are left where they are.
constexpr std::int64_t long_run = 256;
// Places are codes, so they lie near each other.
constexpr std::int64_t most_places = 1 << 20;

// A column of single facts, its texts by number.
struct Moved {
  std::vector<std::uint64_t> values, validity;
};

template <class Value> void gather(Column const& from, std::vector<std::int64_t> const& rows, Moved& moved) {
  moved.values.resize((rows.size() * sizeof(Value) + 7) / 8);
  auto const* source = static_cast<Value const*>(from.values);
  auto* target = reinterpret_cast<Value*>(moved.values.data());
  for (std::size_t i = 0; i < rows.size(); ++i) target[i] = source[rows[i]];
}

void gather_bits(std::uint8_t const* bits, std::int64_t offset, std::vector<std::int64_t> const& rows,
                 std::vector<std::uint64_t>& out) {
  out.assign((rows.size() + 63) / 64, 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto const at = offset + rows[i];
    out[i / 64] |= static_cast<std::uint64_t>((bits[at / 8] >> (at % 8)) & 1) << (i % 64);
  }
}

Column moved(Column const& from, std::vector<std::int64_t> const& rows) {
  if (from.items != nullptr || !from.starts.empty() || from.reasons != nullptr || from.values == nullptr)
    return columns::take(from, rows);
  auto kept = std::make_shared<Moved>();
  switch (from.storage) {
    case Storage::Bit:
      gather_bits(static_cast<std::uint8_t const*>(from.values), from.offset, rows, kept->values);
      break;
    case Storage::I8: gather<std::int8_t>(from, rows, *kept); break;
    case Storage::I16: gather<std::int16_t>(from, rows, *kept); break;
    case Storage::I32: gather<std::int32_t>(from, rows, *kept); break;
    case Storage::I64: gather<std::int64_t>(from, rows, *kept); break;
  }
  if (from.validity != nullptr) gather_bits(from.validity, from.offset, rows, kept->validity);
  Column to;
  to.storage = from.storage;
  to.values = kept->values.data();
  to.validity = from.validity != nullptr ? reinterpret_cast<std::uint8_t const*>(kept->validity.data()) : nullptr;
  to.texts = from.texts;
  to.owner = std::move(kept);
  return to;
}

}  // namespace

std::vector<std::int64_t> order_by_place(EligiblePlan const& plan, columns::Batch const& batch,
                                         std::size_t least_nodes) {
  if (plan.partition < 0 || plan.nodes.size() < least_nodes || batch.row_count == 0) return {};
  auto const& column = batch.columns[static_cast<std::size_t>(plan.partition)];
  // Missing places stand first.
  auto const place = [&](std::int64_t row) { return column.present(row) ? column.at(row) : -1; };
  std::int64_t runs = 1, greatest = -1, before = place(0);
  for (std::int64_t row = 0; row < batch.row_count; ++row) {
    auto const here = place(row);
    runs += here != before ? 1 : 0;
    greatest = std::max(greatest, here);
    before = here;
  }
  if (runs * long_run <= batch.row_count || greatest >= most_places) return {};
  std::vector<std::int64_t> starts(static_cast<std::size_t>(greatest + 3), 0);
  for (std::int64_t row = 0; row < batch.row_count; ++row) ++starts[static_cast<std::size_t>(place(row) + 2)];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<std::int64_t> order(static_cast<std::size_t>(batch.row_count));
  for (std::int64_t row = 0; row < batch.row_count; ++row)
    order[static_cast<std::size_t>(starts[static_cast<std::size_t>(place(row) + 1)]++)] = row;
  return order;
}

columns::Batch in_order(columns::Batch const& batch, std::vector<std::int64_t> const& rows, int threads) {
  columns::Batch made;
  made.row_count = batch.row_count;
  made.first_row = batch.first_row;
  made.columns.resize(batch.columns.size());
  std::atomic<std::size_t> next{0};
  run_threads(thread_count(threads, static_cast<std::int64_t>(batch.columns.size())), [&](std::size_t) {
    for (auto i = next++; i < batch.columns.size(); i = next++) made.columns[i] = moved(batch.columns[i], rows);
  });
  return made;
}

}  // namespace huiyu::engine
