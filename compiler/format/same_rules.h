// Whether two texts say the same.
#pragma once

#include "compiler/ast/ast.h"

namespace huiyu::format {

// Equal trees, places aside. A comparison in signs and the same in words are equal: laying out turns one into the
// other.
bool same_rules(ast::File const& a, ast::File const& b);

}  // namespace huiyu::format
