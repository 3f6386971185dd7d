#pragma once

// Lists, sets and series that are read in one pass over their items. Private to the Arrow reader.

#include <memory>
#include <optional>

#include "runtime/columns/arrow_rows.h"

namespace huiyu::columns {

// None where the rows must be read one by one: over-long lists, periods out of order, sets of texts, dictionaries.
std::optional<Column> read_nested(FieldLayout const& field, ArrowRows const& rows,
                                  std::shared_ptr<void const> const& owner, Place const& place);

}  // namespace huiyu::columns
