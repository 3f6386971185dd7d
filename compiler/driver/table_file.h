// A small table from a file, read through the data module: cases beside rules, results of an earlier run.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/arrow_c.h"
#include "runtime/columns/batch.h"

namespace huiyu::driver {

// Which cells are wanted of a table of these columns.
using TableLayout = std::function<columns::RecordLayout(ArrowSchema const& schema)>;
using TableRows = std::function<void(columns::Batch const& rows)>;

// Shows all rows, batch by batch in their order, and tells which cells could not be read.
Result<std::vector<columns::CellReport>> read_table_file(std::string const& path, TableLayout const& layout,
                                                         TableRows const& rows);

}  // namespace huiyu::driver
