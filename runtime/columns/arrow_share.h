#pragma once

// Columns that keep Arrow's own memory. Private to the Arrow reader.

#include <memory>
#include <optional>

#include "runtime/columns/arrow_cells.h"

namespace huiyu::columns {

// The column of rows [first, first + count) without copying values, where they already are what the field wants:
// signed integers of a number without decimals, dates in days, truth in bits. None where they are not.
// Values outside the field's range are reported and missing. `site` stands for the first row.
std::optional<Column> share_column(FieldLayout const& field, ArrowView const& view, std::int64_t first,
                                   std::int64_t count, std::shared_ptr<void const> owner, ReportSite const& site);

}  // namespace huiyu::columns
