#pragma once

// Records in columns, as every engine reads them. A batch is immutable after a reader has built it and may be shared by
// threads.
//
// Every scalar is an integer: truth 0/1, number × 10^scale (money: 分), date in days since 1970-01-01, year, month as
// year × 12 + month − 1, code and enumeration as dense ids, text as an index into `texts`.
// INVARIANT (missing): an absent value's integer is unspecified and is never read; absence is never zero.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/columns/layout.h"

namespace huiyu::columns {

enum class Storage : std::uint8_t { Bit, I8, I16, I32, I64 };

struct Batch;

// Which facts a missing cell of a computed field (layout.h) hangs on: those of other records under their keys, or what
// keeps it from being read of another record.
struct Reasons {
  std::vector<std::uint32_t> of_row;            // 1 + place in `facts`; 0: none is known
  std::vector<std::vector<std::string>> facts;  // each sorted, each once
};

struct Column {
  Storage storage = Storage::I64;
  void const* values = nullptr;  // row 0 of this batch; Bit: LSB first, starting at bit `offset`
  std::uint8_t const* validity =
      nullptr;              // Arrow bitmap (1 = present), LSB first, starting at bit `offset`; null: all present
  std::int64_t offset = 0;  // bits, for Bit values and validity; other values start at `values` itself
  std::shared_ptr<void const> owner;  // keeps both alive; may be a foreign Arrow array

  std::vector<std::string> texts;  // Text, CreditCode: the dictionary of this batch, each text once
  // List, Set, series: row r owns items [starts[r], starts[r + 1]) ; `validity` says whether the list itself is
  // present. Such a column has no `values`; `starts` has row_count + 1 entries, and a missing list owns no items.
  std::vector<std::int64_t> starts;
  // List: the item rows, columns as the layout's `items`.
  // Set: one column `item`, ids ascending (texts in byte order) and unique. A missing item stands last: something was
  // named that could not be
  //   read, so membership of whatever is not among the others is unknown.
  // Series: columns `period` and `value`, periods ascending and unique.
  std::unique_ptr<Batch> items;
  // Computed fields only; of what others make of a series that of the column `value`.
  std::shared_ptr<Reasons const> reasons;

  // What a missing cell hangs on, or null.
  std::vector<std::string> const* facts_of(std::int64_t row) const {
    if (reasons == nullptr) return nullptr;
    auto const place = reasons->of_row[static_cast<std::size_t>(row)];
    return place == 0 ? nullptr : &reasons->facts[place - 1];
  }
  bool present(std::int64_t row) const {
    if (validity == nullptr) return true;
    auto bit = row + offset;
    return ((validity[bit >> 3] >> (bit & 7)) & 1) != 0;
  }
  // The integer of a present row of a scalar.
  std::int64_t at(std::int64_t row) const {
    switch (storage) {
      case Storage::Bit: {
        auto bit = row + offset;
        return (static_cast<std::uint8_t const*>(values)[bit >> 3] >> (bit & 7)) & 1;
      }
      case Storage::I8: return static_cast<std::int8_t const*>(values)[row];
      case Storage::I16: return static_cast<std::int16_t const*>(values)[row];
      case Storage::I32: return static_cast<std::int32_t const*>(values)[row];
      case Storage::I64: return static_cast<std::int64_t const*>(values)[row];
    }
    return 0;
  }
  // The text of a present row of a Text or CreditCode column.
  std::string const& text(std::int64_t row) const { return texts[static_cast<std::size_t>(at(row))]; }
};

struct Batch {
  std::int64_t row_count = 0;
  std::int64_t first_row = 0;   // of the whole input: what reports count from
  std::vector<Column> columns;  // one per field of the layout, same order
};

// One cell that could not be read; the fact is then missing. Nothing else about the record is lost.
enum class CellFault : std::uint8_t {
  Unreadable,
  OutOfRange,
  TooManyDecimals,
  UnknownCode,
  AmbiguousCode,
  UnknownEntry,
  DuplicateKey,
  NotACreditCode,   // GB 32100: 18 characters with a right check character
  ForeignCurrency,  // an amount that no rate turns into 元
  NoSuchRecord      // a row of a child table whose key no record bears
};
// unreadable out_of_range too_many_decimals unknown_code ambiguous_code unknown_entry duplicate_key not_a_credit_code
// foreign_currency no_such_record
char const* cell_fault_name(CellFault fault);

struct CellReport {
  std::int64_t row = 0;  // 0-based over the whole input; of a child table, whose name the field then begins with
  std::string field;     // `技改项目.设备投资额` for a list's field, `营业收入[2023年]` for a period of a series
  std::string text;      // what stood there, cut at report_text_limit bytes
  CellFault fault{};
  friend bool operator==(CellReport const&, CellReport const&) = default;
};
inline constexpr std::size_t report_text_limit = 200;

}  // namespace huiyu::columns
