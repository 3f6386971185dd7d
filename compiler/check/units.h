// Inside check only: units as written, and whether two values can stand beside each other.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// 万元 is 元 × 10000, 平方米 is 亩 × 3/2000.
struct MeasuredUnit {
  types::Unit unit;
  BigRational factor = 1;
};
// 美元, 欧元 …: what a rate turns into 元.
bool is_currency(types::Unit const& unit);
MeasuredUnit unit_of(ast::UnitWord word);

// `500万元`, `0.05%/天` as an exact value in the base unit.
struct Measured {
  BigRational value;
  types::Unit unit;
};
Measured measure(ast::NumberLiteral const& literal);

// Lets a count stand beside persons (数量（人才） 5人以上): retypes the count. Nothing else ever changes its unit.
void adapt_counts(Context& context, tir::ExprId left, tir::ExprId right);

// Whether both can be compared, added or stand for one another; reports, with both places, if not. Poison passes.
bool agree(Context& context, tir::ExprId left, tir::ExprId right, Span where);

// The node as a value of that type; reports and poisons if it is none. `what` says what is asked for: `金额`.
tir::ExprId expect_type(Context& context, tir::ExprId value, Type const& type);
tir::ExprId expect_truth(Context& context, tir::ExprId value);
tir::ExprId expect_number(Context& context, tir::ExprId value);

}  // namespace huiyu::check
