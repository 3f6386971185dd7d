#pragma once

// Joins many small Arrow batches of one schema into one large batch: DuckDB hands out 2,048 rows at a time, which is
// too few for kernels whose cost is per batch.

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/arrow_c.h"
#include "runtime/records/duckdb/buffer.h"

namespace huiyu::records::duckdb {

// One column, with the columns inside it.
class ColumnBuilder {
 public:
  // Nothing where the schema holds a layout that cannot be joined: unions, views and run-end encoding.
  static std::optional<ColumnBuilder> of(ArrowSchema const& schema);

  // Appends rows [start, start + count) of `array`; `start` counts from the array's own offset.
  // False where 32-bit offsets would overflow; the builder is then of no more use.
  bool append(ArrowArray const& array, std::int64_t start, std::int64_t count);

  std::int64_t length() const { return length_; }
  std::size_t size_bytes() const;

  // Hands out what was appended and starts anew.
  columns::OwnedArray finish();

 private:
  enum class Layout : std::uint8_t { Null, Bits, Fixed, Text32, Text64, List32, List64, FixedList, Struct };

  ColumnBuilder(Layout layout, std::int64_t width) : layout_(layout), width_(width) {}
  void append_validity(ArrowArray const& array, std::int64_t first, std::int64_t count);
  template <class Offset> bool append_offsets(ArrowArray const& array, std::int64_t first, std::int64_t count);
  bool append_ends(ArrowArray const& array, std::int64_t from, std::int64_t to);

  Layout layout_;
  std::int64_t width_;  // Fixed: bytes a value; FixedList: items a list
  std::int64_t length_ = 0;
  std::int64_t null_count_ = 0;
  Buffer validity_;  // empty while no null was seen
  Buffer offsets_;   // length + 1 of them once there is a row
  Buffer values_;
  std::vector<ColumnBuilder> children_;
  std::vector<ColumnBuilder> dictionary_;  // one for a dictionary-encoded column, else none
};

}  // namespace huiyu::records::duckdb
