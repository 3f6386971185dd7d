#pragma once

// Chosen rows of columns as columns of their own.

#include <cstdint>
#include <vector>

#include "runtime/columns/batch.h"

namespace huiyu::columns {

// Rows of a column in this order, as often as they are named; below 0 stands for a missing one.
Column take(Column const& from, std::vector<std::int64_t> const& rows);

}  // namespace huiyu::columns
