#include "runtime/columns/arrow_scalars.h"

#include <cstring>
#include <utility>

#include "runtime/base/decimal.h"
#include "runtime/base/utf8.h"
#include "runtime/columns/cell.h"

namespace huiyu::columns {
namespace {

constexpr int max_power = 18;  // 10^18 is the largest power of ten in 64 bits

struct Kept {
  std::vector<std::uint8_t> values, validity;
};

template <class Int> std::vector<std::uint8_t> narrowed(std::vector<std::int64_t> const& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(Int));
  auto* to = bytes.data();
  for (auto const value : values) {
    auto const narrow = static_cast<Int>(value);
    std::memcpy(to, &narrow, sizeof narrow);
    to += sizeof narrow;
  }
  return bytes;
}

std::vector<std::uint8_t> as_bits(std::vector<std::int64_t> const& values) {
  std::vector<std::uint8_t> bits((values.size() + 7) / 8, 0);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] != 0) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | (1U << (i % 8)));
  return bits;
}

std::vector<std::uint8_t> stored(Storage storage, std::vector<std::int64_t> const& values) {
  switch (storage) {
    case Storage::Bit: return as_bits(values);
    case Storage::I8: return narrowed<std::int8_t>(values);
    case Storage::I16: return narrowed<std::int16_t>(values);
    case Storage::I32: return narrowed<std::int32_t>(values);
    case Storage::I64: break;
  }
  return narrowed<std::int64_t>(values);
}

template <class Raw> bool fits_64(Raw raw) {
  if constexpr (sizeof(Raw) <= sizeof(std::int64_t))
    return std::in_range<std::int64_t>(raw);
  else
    return raw == static_cast<Int128>(static_cast<std::int64_t>(raw));
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

// Integers or decimals as numbers of the field.
class Numbers {
 public:
  Numbers(FieldLayout const& field, ArrowRows const& rows, Place const& place)
      : field_(field),
        rows_(rows),
        place_(place),
        scale_(rows.view->format().kind == ArrowKind::Decimal ? rows.view->format().scale : 0),
        exponent_(field.bare_exponent + field.scale - scale_),
        power_(power_of_ten(std::min(std::abs(exponent_), max_power))) {}

  Column read() {
    auto const& format = rows_.view->format();
    if (format.kind == ArrowKind::Decimal) return read_as<Int128>();
    switch (format.bytes) {
      case 1: return format.is_signed ? read_as<std::int8_t>() : read_as<std::uint8_t>();
      case 2: return format.is_signed ? read_as<std::int16_t>() : read_as<std::uint16_t>();
      case 4: return format.is_signed ? read_as<std::int32_t>() : read_as<std::uint32_t>();
      default: return format.is_signed ? read_as<std::int64_t>() : read_as<std::uint64_t>();
    }
  }

 private:
  template <class Raw> Column read_as() {
    Validity valid = rows_.validity();
    std::vector<std::int64_t> values(static_cast<std::size_t>(rows_.count));
    auto const* from = static_cast<std::uint8_t const*>(rows_.view->values()) +
                       (rows_.view->offset() + rows_.first) * static_cast<std::int64_t>(sizeof(Raw));
    for (std::int64_t row = 0; row < rows_.count; ++row, from += sizeof(Raw)) {
      Raw raw;
      std::memcpy(&raw, from, sizeof raw);
      if (!fits_64(raw) || !convert(static_cast<std::int64_t>(raw), values[static_cast<std::size_t>(row)]))
        if (valid.present(row)) one(static_cast<Int128>(raw), row, values, valid);
    }
    return make_column(field_, values, std::move(valid));
  }

  // The common case; false where the value has to be looked at closely.
  bool convert(std::int64_t raw, std::int64_t& value) const {
    if (exponent_ > 0 && (exponent_ > max_power || __builtin_mul_overflow(raw, power_, &raw))) return false;
    if (exponent_ < 0) {
      if (exponent_ < -max_power || raw % power_ != 0) return false;
      raw /= power_;
    }
    value = raw;
    return raw >= field_.low && raw <= field_.high;
  }

  void one(Int128 raw, std::int64_t row, std::vector<std::int64_t>& values, Validity& valid) const {
    auto const cell = read_number(raw, scale_, field_);
    values[static_cast<std::size_t>(row)] = cell.value;
    if (cell.state == Cell::State::Present) return;
    valid.clear(row);
    place_(row).report(scale_ > 0 ? print_decimal(raw, scale_) : to_string(raw), cell.fault);
  }

  FieldLayout const& field_;
  ArrowRows const& rows_;
  Place const& place_;
  int scale_;
  int exponent_;
  std::int64_t power_;
};

bool is_text(FieldLayout const& field) { return field.kind == ValueKind::Text || field.kind == ValueKind::CreditCode; }

bool ascii(std::string_view text) {
  unsigned char all = 0;
  for (char const c : text) all = static_cast<unsigned char>(all | static_cast<unsigned char>(c));
  return all < 0x80;
}

Cell checked_cell(std::string_view text, FieldLayout const& field) {
  if (!ascii(text) && first_invalid_utf8(text)) return Cell::faulty(CellFault::Unreadable);
  return read_cell(text, field);
}

// Values that hardly repeat are quicker read than looked up.
bool worth_looking_up(FieldLayout const& field) {
  return field.kind != ValueKind::Number && field.kind != ValueKind::Date;
}

// What one text means in a column of texts: a number of `texts`, nothing, or a fault.
Cell text_cell(std::string_view text, FieldLayout const& field, DistinctTexts& texts) {
  if (!ascii(text) && first_invalid_utf8(text)) return Cell::faulty(CellFault::Unreadable);
  text = trim(text);
  switch (state_of_text(text, field)) {
    case Cell::State::Missing: return Cell::missing();
    case Cell::State::Faulty: return Cell::faulty(CellFault::NotACreditCode);
    case Cell::State::Present: break;
  }
  return Cell::present(texts.number_of(text));
}

// A column read from texts by a function from text to cell.
template <class Read>
Column read_texts(FieldLayout const& field, ArrowRows const& rows, Place const& place, Read const& read) {
  Validity valid = rows.validity();
  std::vector<std::int64_t> values(static_cast<std::size_t>(rows.count));
  for (std::int64_t row = 0; row < rows.count; ++row) {
    if (!valid.present(row)) continue;
    auto const text = rows.view->text(rows.first + row);
    Cell const cell = read(text);
    values[static_cast<std::size_t>(row)] = cell.value;
    if (cell.state == Cell::State::Present) continue;
    valid.clear(row);
    if (cell.state == Cell::State::Faulty) place(row).report(text, cell.fault);
  }
  return make_column(field, values, std::move(valid));
}

// Texts as they are: raw texts are numbered first, so that each is checked and trimmed once.
Column read_plain_texts(FieldLayout const& field, ArrowRows const& rows, Place const& place) {
  DistinctTexts raw, trimmed;
  std::vector<Cell> cells;
  auto column = read_texts(field, rows, place, [&](std::string_view text) {
    auto const number = static_cast<std::size_t>(raw.number_of(text));
    if (number == cells.size()) cells.push_back(text_cell(text, field, trimmed));
    return cells[number];
  });
  column.texts.reserve(static_cast<std::size_t>(trimmed.count()));
  for (std::int32_t i = 0; i < trimmed.count(); ++i) column.texts.emplace_back(trimmed.text(i));
  return column;
}

}  // namespace

Column make_column(FieldLayout const& field, std::vector<std::int64_t> const& values, Validity valid) {
  auto kept = std::make_shared<Kept>();
  Column column;
  column.storage = storage_of(field);
  kept->values = stored(column.storage, values);
  column.values = kept->values.data();
  if (!valid.all_present()) {
    kept->validity = std::move(valid).take();
    column.validity = kept->validity.data();
  }
  column.owner = std::move(kept);
  return column;
}

Cell CellReader::read(std::string_view text) {
  auto const number = static_cast<std::size_t>(texts_.number_of(text));
  if (number == cells_.size()) cells_.push_back(checked_cell(text, field_));
  return cells_[number];
}

std::optional<Column> read_scalars(FieldLayout const& field, ArrowRows const& rows, Place const& place) {
  // An entry of a dictionary may be null, which the bitmaps do not say.
  if (has_items(field) || rows.view->has_dictionary()) return std::nullopt;
  if (marks_numbers(field, *rows.view)) return std::nullopt;
  auto const kind = rows.view->format().kind;
  if (kind == ArrowKind::Integer || kind == ArrowKind::Decimal)
    return field.kind == ValueKind::Number ? std::optional(Numbers(field, rows, place).read()) : std::nullopt;
  if (kind != ArrowKind::Text) return std::nullopt;
  if (is_text(field)) return read_plain_texts(field, rows, place);
  if (!worth_looking_up(field))
    return read_texts(field, rows, place, [&](std::string_view text) { return checked_cell(text, field); });
  CellReader reader(field);
  return read_texts(field, rows, place, [&](std::string_view text) { return reader.read(text); });
}

}  // namespace huiyu::columns
