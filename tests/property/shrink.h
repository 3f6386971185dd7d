// Makes a failing case small enough to be filed: fewer records and facts, fewer lines, smaller expressions.
#pragma once

#include <functional>
#include <utility>

#include "tests/property/engines.h"

namespace huiyu::test {

// Whether a case still shows what it was kept for. A case whose rules do not check shows nothing.
using Shows = std::function<bool(Case const&)>;

// The smallest case found that still shows it. Text is taken away, and what is left is asked again: records, then
// lines, then what stands in brackets or between blanks, then facts; until nothing more can go, or so many were asked.
Case shrink(Case found, Shows const& shows, std::size_t most_tries = 6000);

// The smallest case found on which an engine still differs from the oracle, and the plainest way that shows it.
std::pair<Case, Way> shrink_difference(Case found, Way way, std::size_t most_tries);

}  // namespace huiyu::test
