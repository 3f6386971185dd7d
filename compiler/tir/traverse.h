// The one place that knows which operands each kind of expression has.
#pragma once

#include <functional>
#include <vector>

#include "compiler/tir/tir.h"

namespace huiyu::tir {

// Calls `visit` for each operand that is present, in the order written.
void for_each_operand(Expr const& expr, std::function<void(ExprId)> const& visit);

// Whether it joins truths: 且, 或, 非, 至少 n 项.
bool is_connective(Expr const& expr);

// The roots of a program: every expression that a declaration names, in the order of the declarations.
void for_each_root(Program const& program, std::function<void(ExprId)> const& visit);

// `root` and all below it within its declaration, each once, operands first.
std::vector<ExprId> reachable(Program const& program, ExprId root);

}  // namespace huiyu::tir
