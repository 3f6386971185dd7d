#include "runtime/columns/builder.h"

#include <cstring>
#include <limits>

#include "runtime/base/check.h"

namespace huiyu::columns {
namespace {

// Codes and names repeat, but a column of free texts in their place must not fill the memory.
constexpr std::size_t cached_cells_limit = 1U << 16U;

template <class Int> constexpr bool holds(std::int64_t low, std::int64_t high) {
  return low >= std::numeric_limits<Int>::min() && high <= std::numeric_limits<Int>::max();
}

Storage narrowest(std::int64_t low, std::int64_t high) {
  if (holds<std::int8_t>(low, high)) return Storage::I8;
  if (holds<std::int16_t>(low, high)) return Storage::I16;
  if (holds<std::int32_t>(low, high)) return Storage::I32;
  return Storage::I64;
}

template <class Int> void append(std::vector<std::uint8_t>& bytes, std::int64_t value) {
  auto const narrow = static_cast<Int>(value);
  HUIYU_CHECK(narrow == value, "a value outside the range of its field");
  auto const size = bytes.size();
  bytes.resize(size + sizeof(Int));
  std::memcpy(bytes.data() + size, &narrow, sizeof(Int));
}

void append_bit(std::vector<std::uint8_t>& bits, std::int64_t index, bool bit) {
  if (index % 8 == 0) bits.push_back(0);
  if (bit) bits.back() = static_cast<std::uint8_t>(bits.back() | (1U << static_cast<unsigned>(index % 8)));
}

bool is_text(FieldLayout const& field) { return field.kind == ValueKind::Text || field.kind == ValueKind::CreditCode; }

struct Buffers {
  std::vector<std::uint8_t> values, validity;
};

}  // namespace

Storage storage_of(FieldLayout const& field) {
  switch (field.kind) {
    case ValueKind::Truth: return Storage::Bit;
    case ValueKind::Number: return narrowest(field.low, field.high);
    case ValueKind::Year: return Storage::I16;
    case ValueKind::Enumeration: return narrowest(0, static_cast<std::int64_t>(field.entries.size()));
    case ValueKind::Code: return narrowest(0, static_cast<std::int64_t>(codes::entries(field.system).size()));
    case ValueKind::Date:
    case ValueKind::Month:
    case ValueKind::Text:
    case ValueKind::CreditCode: return Storage::I32;
    case ValueKind::List:
    case ValueKind::Set: break;
  }
  return Storage::I64;
}

ColumnBuilder::ColumnBuilder(FieldLayout field) : field_(std::move(field)) {
  if (has_items(field_)) {
    items_ = make_builders(item_fields(field_));
    starts_.push_back(0);
  } else {
    storage_ = storage_of(field_);
  }
}

void ColumnBuilder::mark(bool present) {
  append_bit(validity_, row_count_, present);
  if (!present) ++missing_count_;
  ++row_count_;
}

void ColumnBuilder::put(std::int64_t value) {
  switch (storage_) {
    case Storage::Bit: append_bit(values_, row_count_, value != 0); return;
    case Storage::I8: append<std::int8_t>(values_, value); return;
    case Storage::I16: append<std::int16_t>(values_, value); return;
    case Storage::I32: append<std::int32_t>(values_, value); return;
    case Storage::I64: append<std::int64_t>(values_, value); return;
  }
}

void ColumnBuilder::add_missing() {
  if (has_items(field_)) {
    starts_.push_back(starts_.back());
  } else {
    put(0);
  }
  mark(false);
}

void ColumnBuilder::add(std::int64_t value) {
  HUIYU_CHECK(!has_items(field_) && !is_text(field_), "an integer for a field that holds none");
  put(value);
  mark(true);
}

void ColumnBuilder::add_text(std::string_view text) {
  HUIYU_CHECK(!has_items(field_) && is_text(field_), "a text for a field that holds none");
  auto found = text_ids_.find(text);
  if (found == text_ids_.end()) {
    auto const id = static_cast<std::int32_t>(texts_.size());
    texts_.emplace_back(text);
    found = text_ids_.emplace(texts_.back(), id).first;
  }
  put(found->second);
  mark(true);
}

Cell ColumnBuilder::read_cached(std::string_view text) {
  if (field_.kind != ValueKind::Code && field_.kind != ValueKind::Enumeration) return read_cell(text, field_);
  if (auto const found = cells_.find(text); found != cells_.end()) return found->second;
  auto const cell = read_cell(text, field_);
  if (cells_.size() < cached_cells_limit) cells_.emplace(text, cell);
  return cell;
}

std::optional<CellFault> ColumnBuilder::add_cell(std::string_view text) {
  HUIYU_CHECK(!has_items(field_), "a list, set or series is not one cell");
  if (is_text(field_)) {
    text = trim(text);
    auto const state = state_of_text(text, field_);
    if (state == Cell::State::Present)
      add_text(text);
    else
      add_missing();
    return state == Cell::State::Faulty ? std::optional(CellFault::NotACreditCode) : std::nullopt;
  }
  auto const cell = read_cached(text);
  if (cell.state == Cell::State::Present)
    add(cell.value);
  else
    add_missing();
  return cell.state == Cell::State::Faulty ? std::optional(cell.fault) : std::nullopt;
}

void ColumnBuilder::add_items(std::int64_t count) {
  HUIYU_CHECK(has_items(field_), "items for a field that holds none");
  auto const end = starts_.back() + count;
  for (auto const& item : items_) HUIYU_CHECK(item.row_count() == end, "items of another number than was said");
  starts_.push_back(end);
  mark(true);
}

Column ColumnBuilder::finish() {
  Column column;
  column.storage = storage_;
  auto buffers = std::make_shared<Buffers>(Buffers{std::move(values_), std::move(validity_)});
  if (!has_items(field_)) column.values = buffers->values.data();
  if (missing_count_ > 0) column.validity = buffers->validity.data();
  column.owner = std::move(buffers);
  column.texts.assign(std::make_move_iterator(texts_.begin()), std::make_move_iterator(texts_.end()));
  if (has_items(field_)) {
    column.items = std::make_unique<Batch>(finish_batch(items_));
    column.items->row_count = starts_.back();
    column.starts = std::move(starts_);
  }
  *this = ColumnBuilder(std::move(field_));
  return column;
}

std::vector<ColumnBuilder> make_builders(std::vector<FieldLayout> const& fields) {
  std::vector<ColumnBuilder> builders;
  builders.reserve(fields.size());
  for (auto const& field : fields) builders.emplace_back(field);
  return builders;
}

Batch finish_batch(std::vector<ColumnBuilder>& builders) {
  Batch batch;
  if (!builders.empty()) batch.row_count = builders.front().row_count();
  for (auto const& builder : builders) HUIYU_CHECK(builder.row_count() == batch.row_count, "columns of unequal length");
  for (auto& builder : builders) batch.columns.push_back(builder.finish());
  return batch;
}

}  // namespace huiyu::columns
