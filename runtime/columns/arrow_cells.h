#pragma once

// One row of an Arrow array as one row of a column. Private to the Arrow reader.

#include "runtime/columns/arrow_view.h"
#include "runtime/columns/items.h"

namespace huiyu::columns {

// Whether values of this Arrow type can be facts of this field at all; an error says what does not fit.
Result<void> check_fits(ArrowView const& view, FieldLayout const& field);

// Adds one row; `view` has passed check_fits. Cells that cannot be read are reported and missing.
void add_arrow_row(ColumnBuilder& column, ArrowView const& view, std::int64_t row, ReportSite const& site);

}  // namespace huiyu::columns
