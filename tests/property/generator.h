// Random programs in Huiyu, and random records for them, steered so that every outcome is met often.
#pragma once

#include <string>

#include "tests/property/random_source.h"

namespace huiyu::test {

// A whole rule file: a fixed schema with facts of every kind, some definitions, some policies. It always checks.
std::string random_rules(RandomSource& random);

// `count` records as JSON objects for it. Values crowd around the constants that the rules use (the same, one step
// above, one below), zeros, ends of ranges, coarse codes; each fact is missing now and then.
std::vector<std::string> random_records(RandomSource& random, std::int64_t count);

}  // namespace huiyu::test
