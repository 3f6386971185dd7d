#pragma once

// Columns that keep Arrow's own memory. Private to the Arrow reader.

#include <memory>
#include <optional>

#include "runtime/columns/arrow_rows.h"

namespace huiyu::columns {

// The column of some rows without copying values, where they already are what the field wants: signed integers of a
// number without decimals, dates in days, truth in bits. None where they are not.
// Values outside the field's range are reported and missing.
std::optional<Column> share_column(FieldLayout const& field, ArrowRows const& rows, std::shared_ptr<void const> owner,
                                   Place const& place);

}  // namespace huiyu::columns
