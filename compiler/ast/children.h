// The expressions directly below another, in the order written.
#pragma once

#include <functional>

#include "compiler/ast/ast.h"

namespace huiyu::ast {

// Calls `visit` for each child that is there.
void for_each_child(Expr const& expr, std::function<void(ExprId)> const& visit);

}  // namespace huiyu::ast
