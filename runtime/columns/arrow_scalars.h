#pragma once

// Columns of scalars that are read in one pass. Private to the Arrow reader.

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/columns/arrow_rows.h"
#include "runtime/columns/distinct.h"

namespace huiyu::columns {

// The column of numbers, or of any scalars written as texts; none where the rows must be read one by one.
std::optional<Column> read_scalars(FieldLayout const& field, ArrowRows const& rows, Place const& place);

// A column of these integers, in the storage of the field; values that are not present may be anything.
Column make_column(FieldLayout const& field, std::vector<std::int64_t> const& values, Validity valid);

// Reads the texts of a column once each; for codes, entries and the like.
class CellReader {
 public:
  explicit CellReader(FieldLayout const& field) : field_(field) {}
  // As read_cell; the bytes must outlive the reader. Texts that are no UTF-8 are unreadable.
  Cell read(std::string_view text);

 private:
  FieldLayout const& field_;
  DistinctTexts texts_;
  std::vector<Cell> cells_;
};

}  // namespace huiyu::columns
