// Facts of a batch as 64-bit integers, each there or missing.

#include <algorithm>
#include <array>
#include <optional>

#include "runtime/engine/block.h"
#include "runtime/engine/lanes.h"

namespace huiyu::engine {
namespace {

using columns::Storage;

// Of the loops that find what is missing.
static_assert(state::missing == 1 && state::known == 0);

void widen_bits(columns::Column const& column, std::int64_t begin, std::int64_t rows, std::int64_t* out) {
  auto const* bits = static_cast<std::uint8_t const*>(column.values);
  for (std::int64_t row = 0; row < rows; ++row) {
    auto const bit = column.offset + begin + row;
    out[row] = (bits[bit >> 3] >> (bit & 7)) & 1;
  }
}

// A stated integer × 10^shift, if that is an integer within the proved range. Where an end was cut to 64 bits the range
// reaches farther, nobody knows how far: beyond, the explanation decides.
std::optional<Int512> shifted(std::int64_t stated, BoundColumn const& origin) {
  Int512 value = stated;
  if (origin.shift >= 0) {
    value *= power_of_ten<8>(origin.shift);
  } else {
    auto const power = power_of_ten<8>(-origin.shift);
    if (value % power != 0) return std::nullopt;
    value /= power;
  }
  return value >= origin.proved_low && value <= origin.proved_high ? std::optional(value) : std::nullopt;
}

void put(std::uint8_t width, Int512 const& value, std::int64_t row, std::int64_t* out) {
  std::array<std::int64_t, 8> limbs{};
  store<8>(limbs.data(), 0, value);
  std::copy_n(limbs.begin(), width, out + row * width);
}

template <class Stored> void gather(void const* values, std::vector<std::int64_t> const& picks, std::int64_t* out) {
  auto const* stored = static_cast<Stored const*>(values);
  for (std::size_t row = 0; row < picks.size(); ++row) out[row] = stored[picks[row]];
}

void widen_column(genes::RowLoops const& loops, columns::Column const& column, std::int64_t begin, std::int64_t rows,
                  std::int64_t* out) {
  auto const from = [&](auto width) { return static_cast<decltype(width) const*>(column.values) + begin; };
  switch (column.storage) {
    case Storage::Bit: return widen_bits(column, begin, rows, out);
    case Storage::I8: return loops.widen8(from(std::int8_t{}), rows, out);
    case Storage::I16: return loops.widen16(from(std::int16_t{}), rows, out);
    case Storage::I32: return loops.widen32(from(std::int32_t{}), rows, out);
    case Storage::I64: std::copy_n(from(std::int64_t{}), rows, out); return;
  }
}

}  // namespace

// Values that are 64 bits wide already are not copied.
// Lists, sets and series have no values: only whether they are there.
void Block::decode(plan::Ref<plan::Column> ref) {
  auto const& rows = relation(plan_.columns[ref.index].relation);
  auto const out = room(ref);
  auto& view = columns_[ref.index].view;
  auto const* column = data(ref);
  if (column == nullptr) return;  // no rows
  if (rows.chosen) return decode_chosen(*column, rows, out);
  if (column->validity != nullptr)
    loops_.absent(column->validity, column->offset + rows.begin, rows.rows, out.states);
  else
    std::fill_n(out.states, rows.rows, state::known);
  if (column->values == nullptr) return;
  if (column->storage == Storage::I64)
    view.values = static_cast<std::int64_t const*>(column->values) + rows.begin;
  else
    widen_column(loops_, *column, rows.begin, rows.rows, out.values);
}

void Block::decode_chosen(columns::Column const& column, RelationRows const& rows, Out const& out) {
  std::fill_n(out.states, out.rows, state::known);
  if (column.validity != nullptr)
    for (std::size_t row = 0; row < rows.picks.size(); ++row) {
      auto const bit = rows.picks[row] + column.offset;
      out.states[row] = static_cast<std::uint8_t>((~column.validity[bit >> 3] >> (bit & 7)) & 1);
    }
  if (column.values == nullptr) return;
  switch (column.storage) {
    case Storage::Bit:
      for (std::int64_t row = 0; row < out.rows; ++row) out.values[row] = column.at(rows.at(row));
      return;
    case Storage::I8: return gather<std::int8_t>(column.values, rows.picks, out.values);
    case Storage::I16: return gather<std::int16_t>(column.values, rows.picks, out.values);
    case Storage::I32: return gather<std::int32_t>(column.values, rows.picks, out.values);
    case Storage::I64: return gather<std::int64_t>(column.values, rows.picks, out.values);
  }
}

// A definition that the data states. Where the stated value is no integer of the column, or lies outside the range that
// widths are proved for, programs leave it to the explanation.
void Block::decode_given(plan::Ref<plan::Column> ref) {
  auto const& rows = relation(plan_.columns[ref.index].relation);
  auto const out = room(ref);
  auto const& origin = bound_.columns[ref.index];
  auto const* stated = data(ref);
  if (stated == nullptr) return;
  auto const kind = plan_.columns[ref.index].kind;
  if (kind == plan::ValueKind::Text || kind == plan::ValueKind::CreditCode) {
    auto const& codes = text_codes(ref);
    for (std::int64_t row = 0; row < rows.rows; ++row) {
      bool const present = stated->present(rows.at(row));
      out.states[row] = present ? state::known : state::missing;
      if (present) out.values[row] = codes[static_cast<std::size_t>(stated->at(rows.at(row)))];
    }
    return;
  }
  for (std::int64_t row = 0; row < rows.rows; ++row) {
    bool const present = stated->present(rows.at(row));
    auto const value = origin.origin == Origin::GivenDenominator || !present
                           ? std::optional(Int512(1))
                           : shifted(stated->at(rows.at(row)), origin);
    out.states[row] = !present ? state::missing : value ? state::known : state::open;
    if (value) put(plan_.columns[ref.index].width, *value, row, out.values);
  }
}

}  // namespace huiyu::engine
