#pragma once

// Builds the columns of a batch row by row, in the narrowest storage that the layout's range allows.

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/columns/cell.h"

namespace huiyu::columns {

// The narrowest storage for every value that a scalar field can have.
Storage storage_of(FieldLayout const& field);

// Lets a map of strings be asked for a view, without making a string of it.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
};

class ColumnBuilder {
 public:
  explicit ColumnBuilder(FieldLayout field);
  ColumnBuilder(ColumnBuilder&&) = default;
  ColumnBuilder& operator=(ColumnBuilder&&) = default;
  ColumnBuilder(ColumnBuilder const&) = delete;  // `text_ids_` looks into `texts_`
  ColumnBuilder& operator=(ColumnBuilder const&) = delete;

  FieldLayout const& field() const { return field_; }
  std::int64_t row_count() const { return row_count_; }

  // Each of these adds one row.
  void add_missing();
  void add(std::int64_t value);          // scalars other than texts; the value must be one of the field
  void add_text(std::string_view text);  // Text, CreditCode
  // Scalars of any kind, from text; a fault adds a missing row and is given back.
  std::optional<CellFault> add_cell(std::string_view text);

  // Lists, sets, series: first add the row's items to these, then say how many there were (a 结构 may have no fields).
  std::vector<ColumnBuilder>& items() { return items_; }
  void add_items(std::int64_t count);

  // The column; the builder is then empty.
  Column finish();

 private:
  void mark(bool present);
  void put(std::int64_t value);
  Cell read_cached(std::string_view text);

  FieldLayout field_;
  Storage storage_ = Storage::I64;
  std::int64_t row_count_ = 0;
  std::int64_t missing_count_ = 0;
  std::vector<std::uint8_t> values_;
  std::vector<std::uint8_t> validity_;
  std::deque<std::string> texts_;  // stable, so that `text_ids_` may look into them
  std::unordered_map<std::string_view, std::int32_t> text_ids_;
  std::unordered_map<std::string, Cell, TextHash, std::equal_to<>> cells_;  // codes and entries met before
  std::vector<std::int64_t> starts_;
  std::vector<ColumnBuilder> items_;
};

// Builders for all fields of a layout.
std::vector<ColumnBuilder> make_builders(std::vector<FieldLayout> const& fields);

// The batch of equally long builders.
Batch finish_batch(std::vector<ColumnBuilder>& builders);

}  // namespace huiyu::columns
