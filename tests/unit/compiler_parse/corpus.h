// The texts of tests/golden/syntax, for tests over all of them.
#pragma once

#include <string>
#include <vector>

#include "compiler/parse/dictionary.h"

namespace huiyu::parse {

// The paths of the goldens, sorted.
std::vector<std::string> corpus();

// The source part of a golden, and what it expects.
std::string corpus_source(std::string const& path);
std::string corpus_expected(std::string const& path);

// The words after `# name:` in the first lines of a golden.
std::vector<std::string> corpus_flag(std::string const& source, std::string const& name);

// The names of codes that the golden says the standards bring.
Dictionary corpus_codes(std::string const& path);

}  // namespace huiyu::parse
