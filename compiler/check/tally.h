// Inside check only: 统计, records that are made of other records. docs/decisions/0031.
//
// A row of a 统计 is a definition about the records that it makes. Each aggregate in it is a value over the rows of a
// group, which is put into a field that no data state.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// The 结构 that each 统计 makes, with a field for each of its keys. After all other 结构 are declared.
void declare_tallies(Context& context);

// Whether the records of the 结构 are made by a 统计.
bool is_tally(Context const& context, SchemaId schema);

// An aggregate in a definition about such a record; absent where it speaks of something else.
std::optional<tir::ExprId> check_tally_aggregate(Context& context, Scope const& scope, tir::AggregateOp op,
                                                 ast::Call const& call, Span span);

}  // namespace huiyu::check
