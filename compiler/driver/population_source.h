// Records of which some rule asks what place they have among all.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "compiler/driver/records.h"

namespace huiyu::driver {

// Sees every batch before any is given on, and fills in what hangs on the others.
using SeeAll = std::function<void(std::vector<columns::Batch*> const&)>;

// The same records, all of them read when the first is asked for.
std::unique_ptr<RecordSource> with_population(std::unique_ptr<RecordSource> source, SeeAll see);

}  // namespace huiyu::driver
