// What random programs have met of the language as it is written: every word of its vocabulary, and ways of writing
// that no single word shows.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "compiler/driver/project.h"

namespace huiyu::test {

using Kinds = std::set<std::string>;

// The words and ways of writing that the project's files and modules hold.
void add_written(driver::Project const& project, Kinds& kinds);

// All that some program should hold.
void expect_written(std::map<std::string, std::int64_t>& kinds);

}  // namespace huiyu::test
