#pragma once

// Records in columns, as every engine reads them. A batch is immutable after a reader has built it and may be shared by threads.
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

struct Column {
  Storage storage = Storage::I64;
  void const* values = nullptr;          // row 0 of this batch; Bit: LSB first, starting at bit `offset`
  std::uint8_t const* validity = nullptr;  // Arrow bitmap (1 = present), LSB first, starting at bit `offset`; null: all present
  std::int64_t offset = 0;               // bits, for Bit values and validity
  std::shared_ptr<void const> owner;     // keeps both alive; may be a foreign Arrow array

  std::vector<std::string> texts;        // Text, CreditCode: the dictionary of this batch
  // List, Set, series: row r owns items [starts[r], starts[r + 1]) ; `validity` says whether the list itself is present.
  std::vector<std::int64_t> starts;
  std::unique_ptr<Batch> items;          // List: the item rows. Set: one column `item`. Series: columns `period`, `value`

  bool present(std::int64_t row) const {
    if (validity == nullptr) return true;
    auto bit = row + offset;
    return ((validity[bit >> 3] >> (bit & 7)) & 1) != 0;
  }
  std::int64_t at(std::int64_t row) const;  // the integer of a present row
};

struct Batch {
  std::int64_t row_count = 0;
  std::vector<Column> columns;  // one per field of the layout, same order
};

// One cell that could not be read; the fact is then missing. Nothing else about the record is lost.
enum class CellFault : std::uint8_t { Unreadable, OutOfRange, TooManyDecimals, UnknownCode, AmbiguousCode, UnknownEntry, DuplicateKey };
struct CellReport {
  std::int64_t row = 0;      // 0-based over the whole input
  std::string field;         // `技改项目.设备投资额` for a list's field
  std::string text;          // what stood there
  CellFault fault{};
};

}  // namespace huiyu::columns
