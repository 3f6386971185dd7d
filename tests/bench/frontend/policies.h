// Policies as drafters write them, made up from a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace huiyu::bench {

// One file of rules without errors: a schema, code lists, and `count` policies in the forms of the clause corpus.
std::string make_policies(std::size_t count, std::uint32_t seed);

}  // namespace huiyu::bench
