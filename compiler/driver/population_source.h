// Records of which some rule asks what place they have among all.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "compiler/driver/records.h"

namespace huiyu::driver {

// Sees all records before any is given on: what hangs on the others is filled in, or others are made of them.
using SeeAll = std::function<std::vector<columns::Batch>(std::vector<columns::Batch>)>;

// What becomes of the records, all of them read when the first is asked for.
std::unique_ptr<RecordSource> with_population(std::unique_ptr<RecordSource> source, SeeAll see);

}  // namespace huiyu::driver
