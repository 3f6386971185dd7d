// Inside check only: what comparisons share with ladders and tables.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// a < b is b > a.
tir::CompareOp mirrored(tir::CompareOp op);

// A value that stands beside `other`: a bare number beside the letter of a table means the letter's unit.
tir::ExprId check_beside(Context& context, Scope const& scope, ast::ExprId value, ast::ExprId other,
                         Type const* expected);

}  // namespace huiyu::check
