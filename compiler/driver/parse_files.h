// The files of a project, read by several threads.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/parse/dictionary.h"
#include "compiler/source/source_set.h"

namespace huiyu::driver {

// The first files of `sources`, as many as there are `names`: those that each sees. What is found of them comes in
// their order, as if one were read after the other, and stops where that would.
std::vector<ast::File> parse_files(SourceSet const& sources, std::span<parse::Dictionary const* const> names,
                                   Diagnostics& found, std::size_t jobs);

}  // namespace huiyu::driver
