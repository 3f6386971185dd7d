#pragma once

// A table of its own whose rows belong to records by a key: the rows of a list (技改项目), or one period of a series
// each.

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/arrow_c.h"
#include "runtime/columns/batch.h"
#include "runtime/records/reshape.h"

namespace huiyu::records {

// The names under which a child table's key and, of a series, period and value are to be reshaped. No fact has such a
// name.
inline constexpr char child_key[] = " key";
inline constexpr char child_period[] = " period";
inline constexpr char child_value[] = " value";

class ChildTable {
 public:
  // Reads all of it. `field` is the list or series that it fills; `label` is how reports name the table.
  // `absent_missing` says that a record without rows lacks the list, else its list is empty; such a series is always
  // missing.
  static Result<ChildTable> read(columns::ArrowStream stream, Reshape const& reshape, columns::FieldLayout const& field,
                                 std::string const& label, bool absent_missing);

  columns::FieldLayout const& field() const { return field_; }

  // The column of records with these keys; each may have come before.
  columns::Column column_for(std::vector<std::optional<std::string>> const& keys);

  // Cells of the table that could not be read, periods that a record has twice.
  std::vector<columns::CellReport> const& reports() const { return reports_; }
  // One report for each row whose key no record has borne so far.
  std::vector<columns::CellReport> strays() const;

 private:
  void group();
  void settle_periods();

  columns::FieldLayout field_;
  std::string label_;
  bool absent_missing_ = false;
  columns::Batch rows_;  // the items' columns, then the key
  std::vector<columns::CellReport> reports_;
  struct Group {
    std::vector<std::int64_t> rows;
    std::vector<std::int64_t> values;  // of a series: the rows again, below 0 where the period stands twice
    bool used = false;
    bool too_long = false;  // more rows than a list may have: reported, and the list is missing
  };
  std::vector<Group> groups_;
  std::unordered_map<std::string, std::size_t> by_key_;
};

}  // namespace huiyu::records
