#pragma once

// Record batches in Arrow's C data format as a Batch. Memory that is already what a column wants is taken over, not
// copied.
//
// Columns meet fields by name; a field without a column is missing in every record, a column without a field is not
// looked at. | field | Arrow |
// |---|---|
// | any | texts, as read_cell reads them; dictionaries of whatever is read; nulls |
// | number | integers and decimal128 in the field's own unit; floats only if their shortest exact text keeps the
// field's scale | | truth | bool, integers 0 and 1 | | date | date32, date64 and timestamps without zone at midnight,
// integers 20240301 | | year, month, code, enumeration, text | integers, by their digits | | list | list or large list
// of structs | | set | list or large list of texts or integers; one text with separators | | series | map from period
// (text or integer) to value; struct with a child for each period, where null means not stated |

#include <cstdint>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/arrow_c.h"
#include "runtime/columns/batch.h"

namespace huiyu::columns {

// Reads a struct array (a record batch). Takes `array` over whatever comes out; `schema` stays the caller's.
// A column whose type or layout cannot be read at all is an error; single cells are reported and missing.
// `first_row` is the number of the first record in the whole input.
Result<Batch> read_arrow(ArrowSchema const& schema, ArrowArray&& array, RecordLayout const& layout,
                         std::int64_t first_row, std::vector<CellReport>& reports);

// Names of columns that no field of the layout has, in their order.
std::vector<std::string> unread_columns(ArrowSchema const& schema, RecordLayout const& layout);

// Fields of the layout that the data have no column for: every record lacks them.
std::vector<std::string> absent_columns(ArrowSchema const& schema, RecordLayout const& layout);

}  // namespace huiyu::columns
