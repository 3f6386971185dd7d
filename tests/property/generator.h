// Random programs in Huiyu, and random records for them, steered so that every outcome is met often.
#pragma once

#include "tests/property/engines.h"
#include "tests/property/world.h"

namespace huiyu::test {

struct Program {
  World world;
  std::vector<std::string> declarations;  // they end with a line break; some begin a file
  std::string rules() const;
};

// A whole rule file, or a project of two files and the modules that they use: a random schema, some definitions, some
// policies. The checker may refuse some of them.
Program random_program(RandomSource& random);
// One file whose rules ask what other records and policies make of one: 群体, 遴选, 组合, 预算.
Program random_population(RandomSource& random);

// The program's project without the declarations that the checker refuses, which are dropped from the program too and
// counted in `refused`. None where a schema is refused, or no policy is left.
std::unique_ptr<driver::Project> accepted(Program& program, std::int64_t& refused);

// Definitions of the program that its records state themselves: none, mostly.
Names random_given(Program const& program, RandomSource& random);

// Records as JSON objects. Values crowd around the constants that the rules use (the same, one step above, one below),
// zeros, ends of ranges, coarse and withdrawn codes; each fact is missing now and then.
std::vector<std::string> random_records(World const& world, Names const& given, RandomSource& random,
                                        std::int64_t count);
// So many of the second 结构, which point at `count` of the first; each begins with its key.
std::vector<std::string> other_records(World const& world, RandomSource& random, std::int64_t count,
                                       std::int64_t others);

}  // namespace huiyu::test
