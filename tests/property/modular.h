// Programs of several files: modules that publish names and definitions, 引用 of them by other facts, two files of one
// project.
#pragma once

#include "tests/property/world.h"

namespace huiyu::test {

// What comes before the rules of the world: the modules, then its first file up to the definitions that it takes from
// them, which are then the world's.
std::vector<std::string> modular_schema(World& world, RandomSource& random);

// The head of the second file.
std::string second_file(World const& world);

}  // namespace huiyu::test
