// Inside check only: what is called by name and is no aggregate.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// `行业平均薪酬（行业，本年）`: a reference table read by its keys.
tir::ExprId check_lookup(Context& context, Scope const& scope, std::size_t table, ast::Call const& call, Span span);

// `增长率（研发费用）`, `相差（A，B）`, any function of builtins/; absent: no such function.
std::optional<tir::ExprId> check_builtin(Context& context, Scope const& scope, ast::Call const& call, Span span);
std::vector<std::string> callable_names();

}  // namespace huiyu::check
