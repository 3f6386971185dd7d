#pragma once

// Small batches made into one: sources that yield a few thousand rows at a time feed engines that like more.

#include <vector>

#include "runtime/columns/batch.h"

namespace huiyu::columns {

// The rows of all batches, in order; they have one layout. `first_row` is that of the first.
Batch concatenate(std::vector<Batch> batches);

}  // namespace huiyu::columns
