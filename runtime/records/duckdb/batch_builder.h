#pragma once

// Joins many small chunks of one schema into one large Arrow batch: DuckDB hands out 2,048 rows at a time, which is too
// few for kernels whose cost is per batch.

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/arrow_c.h"
#include "runtime/records/duckdb/buffer.h"
#include "runtime/records/duckdb/handles.h"

namespace huiyu::records::duckdb {

// One column, with the columns inside it.
class ColumnBuilder {
 public:
  // Nothing where the schema holds a layout that cannot be joined: unions, views and run-end encoding.
  static std::optional<ColumnBuilder> of(ArrowSchema const& schema);

  // Appends rows [start, start + count) of `array`; `start` counts from the array's own offset.
  // False where 32-bit offsets would overflow; the builder is then of no more use.
  bool append(ArrowArray const& array, std::int64_t start, std::int64_t count);

  // Of the whole record: whether `append_chunk` can read columns of these types; asked once, before the first chunk.
  bool can_read_children(std::vector<LogicalType> const& types);
  // Appends all rows of a chunk as they are, without a detour over an Arrow array. False as for `append`.
  bool append_chunk(Chunk const& chunk);

  std::int64_t length() const { return length_; }
  std::size_t size_bytes() const;

  // Hands out what was appended and starts anew.
  columns::OwnedArray finish();

 private:
  enum class Layout : std::uint8_t { Null, Bits, Fixed, Text32, Text64, List32, List64, FixedList, Struct };

  // How a vector holds its values. Same: as Arrow does.
  enum class Source : std::uint8_t { Same, Truth, Decimal16, Decimal32, Decimal64, Text, List, Struct };

  ColumnBuilder(Layout layout, std::int64_t width) : layout_(layout), width_(width) {}
  void append_validity(ArrowArray const& array, std::int64_t first, std::int64_t count);
  template <class Offset> bool append_offsets(ArrowArray const& array, std::int64_t first, std::int64_t count);
  bool append_ends(ArrowArray const& array, std::int64_t from, std::int64_t to);
  template <class Small> void append_decimals(void const* from, std::int64_t first, std::int64_t count);
  void append_truth(void const* from, std::int64_t first, std::int64_t count);
  bool append_texts(void const* from, std::uint64_t const* valid, std::int64_t first, std::int64_t count);
  bool append_lists(duckdb_vector vector, std::uint64_t const* valid, std::int64_t first, std::int64_t count);
  bool can_read(LogicalType const& type);
  bool append_vector(duckdb_vector vector, std::int64_t first, std::int64_t count);

  Layout layout_;
  Source source_ = Source::Same;
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
