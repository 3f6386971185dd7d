// Facts of a batch as 64-bit integers with a byte of validity.

#include <algorithm>

#include "runtime/engine/block.h"
#include "runtime/engine/lanes.h"

namespace huiyu::engine {
namespace {

using columns::Storage;

void expand_bits(std::uint8_t const* bits, std::int64_t first, std::int64_t rows, std::uint8_t* bytes) {
  for (std::int64_t row = 0; row < rows; ++row) {
    auto const bit = first + row;
    bytes[row] = static_cast<std::uint8_t>((bits[bit >> 3] >> (bit & 7)) & 1);
  }
}

template <class Stored>
void widen(void const* values, std::int64_t begin, std::int64_t rows, std::int64_t* out) {
  auto const* stored = static_cast<Stored const*>(values) + begin;
  for (std::int64_t row = 0; row < rows; ++row) out[row] = stored[row];
}

void widen_bits(columns::Column const& column, std::int64_t begin, std::int64_t rows, std::int64_t* out) {
  auto const* bits = static_cast<std::uint8_t const*>(column.values);
  for (std::int64_t row = 0; row < rows; ++row) {
    auto const bit = column.offset + begin + row;
    out[row] = (bits[bit >> 3] >> (bit & 7)) & 1;
  }
}

// Stated integers as the column's own: × 10^shift.
template <int width>
void scale_up(std::int64_t const* stated, std::int64_t rows, int shift, std::int64_t* out) {
  auto const factor = power_of_ten<width>(shift);
  for (std::int64_t row = 0; row < rows; ++row) store<width>(out, row, multiply<width>(Lane<width>(stated[row]), factor));
}

void scale_up(std::uint8_t width, std::int64_t const* stated, std::int64_t rows, int shift, std::int64_t* out) {
  switch (width) {
    case 1: return scale_up<1>(stated, rows, shift, out);
    case 2: return scale_up<2>(stated, rows, shift, out);
    case 4: return scale_up<4>(stated, rows, shift, out);
    case 8: return scale_up<8>(stated, rows, shift, out);
    default: return;
  }
}

void widen_column(columns::Column const& column, std::int64_t begin, std::int64_t rows, std::int64_t* out) {
  switch (column.storage) {
    case Storage::Bit: return widen_bits(column, begin, rows, out);
    case Storage::I8: return widen<std::int8_t>(column.values, begin, rows, out);
    case Storage::I16: return widen<std::int16_t>(column.values, begin, rows, out);
    case Storage::I32: return widen<std::int32_t>(column.values, begin, rows, out);
    case Storage::I64: return widen<std::int64_t>(column.values, begin, rows, out);
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
  if (column->validity != nullptr) expand_bits(column->validity, column->offset + rows.begin, rows.rows, out.valid);
  else std::fill_n(out.valid, rows.rows, std::uint8_t{1});
  if (column->values == nullptr) return;
  if (column->storage == Storage::I64) view.values = static_cast<std::int64_t const*>(column->values) + rows.begin;
  else widen_column(*column, rows.begin, rows.rows, out.values);
}

void Block::decode_given(plan::Ref<plan::Column> ref) {
  auto const& rows = relation(plan_.columns[ref.index].relation);
  auto const out = room(ref);
  auto const& origin = bound_.columns[ref.index];
  auto const* column = data(ref);
  if (column == nullptr) return;
  if (column->validity != nullptr) expand_bits(column->validity, column->offset + rows.begin, rows.rows, out.valid);
  else std::fill_n(out.valid, rows.rows, std::uint8_t{1});
  std::vector<std::int64_t> stated(static_cast<std::size_t>(rows.rows), 1);
  if (origin.origin != Origin::GivenDenominator) widen_column(*column, rows.begin, rows.rows, stated.data());
  scale_up(plan_.columns[ref.index].width, stated.data(), rows.rows, origin.shift, out.values);
}

}  // namespace huiyu::engine
