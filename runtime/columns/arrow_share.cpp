#include "runtime/columns/arrow_share.h"

#include "runtime/base/civil.h"

namespace huiyu::columns {
namespace {

struct Shape {
  Storage storage{};
  std::int64_t low = 0, high = 0;
};

// How the memory can be read as the field's integers, if it can.
std::optional<Shape> shape_of(FieldLayout const& field, ArrowView const& view) {
  if (has_items(field) || view.has_dictionary()) return std::nullopt;
  auto const& format = view.format();
  if (field.kind == ValueKind::Truth && format.kind == ArrowKind::Truth) return Shape{Storage::Bit, 0, 1};
  if (field.kind == ValueKind::Date && format.kind == ArrowKind::Days)
    return Shape{Storage::I32, first_day_number, last_day_number};
  bool const plain = field.kind == ValueKind::Number && field.scale == 0 && field.bare_exponent == 0;
  bool const year = field.kind == ValueKind::Year;
  if (format.kind != ArrowKind::Integer || !format.is_signed || !(plain || year)) return std::nullopt;
  auto const low = year ? std::int64_t{first_year} : field.low;
  auto const high = year ? std::int64_t{last_year} : field.high;
  switch (format.bytes) {
    case 1: return Shape{Storage::I8, low, high};
    case 2: return Shape{Storage::I16, low, high};
    case 4: return Shape{Storage::I32, low, high};
    case 8: return Shape{Storage::I64, low, high};
    default: return std::nullopt;
  }
}

// The memory of the values and, where some were out of range, a validity of our own.
struct Kept {
  std::shared_ptr<void const> arrow;
  std::vector<std::uint8_t> validity;
};

bool aligned(void const* values, std::size_t bytes) { return reinterpret_cast<std::uintptr_t>(values) % bytes == 0; }

std::size_t width(Storage storage) {
  switch (storage) {
    case Storage::Bit:
    case Storage::I8: return 1;
    case Storage::I16: return 2;
    case Storage::I32: return 4;
    case Storage::I64: return 8;
  }
  return 1;
}

// Finds values out of range, present or not.
struct Watch {
  Shape shape;
  std::int64_t count;

  template <class Int> std::int64_t search(void const* values, std::int64_t row) const {
    auto const* from = static_cast<Int const*>(values);
    while (row < count && from[row] >= shape.low && from[row] <= shape.high) ++row;
    return row;
  }
  // From `row` on; `count` where there is none.
  std::int64_t next_outside(Column const& column, std::int64_t row) const {
    switch (shape.storage) {
      case Storage::Bit: return count;
      case Storage::I8: return search<std::int8_t>(column.values, row);
      case Storage::I16: return search<std::int16_t>(column.values, row);
      case Storage::I32: return search<std::int32_t>(column.values, row);
      case Storage::I64: return search<std::int64_t>(column.values, row);
    }
    return count;
  }
};

}  // namespace

std::optional<Column> share_column(FieldLayout const& field, ArrowRows const& rows, std::shared_ptr<void const> owner,
                                   Place const& place) {
  auto const& view = *rows.view;
  auto const shape = shape_of(field, view);
  // Nulls of a struct around the values would have to be written into the bitmap.
  if (!shape || rows.count == 0 || rows.around != nullptr || marks_numbers(field, view)) return std::nullopt;
  auto const start = view.offset() + rows.first;  // in rows from the beginning of the buffers
  auto const bytes = width(shape->storage);
  Column column;
  column.storage = shape->storage;
  auto const* values = static_cast<std::uint8_t const*>(view.values());
  column.values =
      shape->storage == Storage::Bit ? values + start / 8 : values + start * static_cast<std::int64_t>(bytes);
  if (!aligned(column.values, bytes)) return std::nullopt;
  column.offset = start % 8;
  if (view.validity() != nullptr) column.validity = view.validity() + start / 8;

  auto kept = std::make_shared<Kept>();
  kept->arrow = std::move(owner);
  Watch const watch{*shape, rows.count};
  for (auto row = watch.next_outside(column, 0); row < rows.count; row = watch.next_outside(column, row + 1)) {
    if (!column.present(row)) continue;
    if (kept->validity.empty()) {
      auto const size = static_cast<std::size_t>((column.offset + rows.count + 7) / 8);
      if (column.validity != nullptr)
        kept->validity.assign(column.validity, column.validity + size);
      else
        kept->validity.assign(size, 0xFF);
      column.validity = kept->validity.data();
    }
    auto const bit = row + column.offset;
    auto& byte = kept->validity[static_cast<std::size_t>(bit >> 3)];
    byte = static_cast<std::uint8_t>(byte & ~(1U << static_cast<unsigned>(bit & 7)));
    place(row).report(std::to_string(column.at(row)), CellFault::OutOfRange);
  }
  column.owner = std::move(kept);
  return column;
}

}  // namespace huiyu::columns
