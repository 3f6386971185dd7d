// Which changes of a text's bounds nobody notices.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/conformance/bounds/mutants.h"

namespace huiyu::test {

// What becomes of a changed text: the checker refuses it, some expectation is not met, or nobody notices.
enum class Fate { Refused, Noticed, Survives };
using Try = std::function<Fate(std::string const& text)>;

struct Tally {
  int tried = 0, survived = 0;
};

// Tries every change of each of the bounds; prints those that survive under `name`. A text that is refused (a ladder
// then has a gap, say) is tried again with all bounds of the same figure changed together.
Tally try_bounds(std::string const& name, std::string const& text, std::vector<Bound> const& all,
                 std::vector<Bound> const& some, Try const& fate_of);

}  // namespace huiyu::test
