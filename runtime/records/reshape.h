#pragma once

// Columns of a table under other names, and several of them as one: what a mapping does before cells are read. No
// value is copied.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/arrow_c.h"

namespace huiyu::records {

// One column as the reader is to find it.
struct ReshapedColumn {
  std::string name;
  std::string column;                                      // the column of the data; empty: a series out of `parts`
  std::vector<std::pair<std::string, std::string>> parts;  // period as written, column of the data
};

class Reshape {
 public:
  // `source` is the schema of the data and is kept. Columns that `columns` neither uses nor hides by their names stay
  // as they are. Every column that is asked for must be there.
  Reshape(columns::OwnedSchema source, std::vector<ReshapedColumn> const& columns);
  Reshape(Reshape&&) noexcept;
  Reshape& operator=(Reshape&&) noexcept;
  ~Reshape();

  // What `apply` makes; lives as long as this object.
  ArrowSchema const& schema() const;
  // One batch of the data, reshaped.
  ArrowArray apply(columns::OwnedArray batch) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The names of all columns.
std::vector<std::string> column_names(ArrowSchema const& schema);

}  // namespace huiyu::records
