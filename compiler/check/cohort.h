// Inside check only: 群体, and what the others of a cohort make of a record: 名次, and aggregates over a cohort.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// The 结构 whose records it is of, as far as that is known without checking it.
std::optional<SchemaId> schema_of_cohort(Context& context, std::size_t slot);
// All that were declared, used or not.
void check_cohorts(Context& context);

// 名次（值，群体，从高到低）.
tir::ExprId check_rank(Context& context, Scope const& scope, ast::Call const& call, Span span);
// `最大（规上工业.亩均税收）`; absent: it is over something else.
std::optional<tir::ExprId> check_cohort_aggregate(Context& context, Scope const& scope, tir::AggregateOp op,
                                                  ast::Call const& call, Span span);

// The statistic that an aggregate is; absent of 存在 and 全部.
std::optional<tir::CohortOp> cohort_op(tir::AggregateOp op);
// How a statistic of such values is stored: the value, or a numerator and its divisor.
struct StatisticFormat {
  types::NumberFormat value;
  std::optional<types::NumberFormat> divisor;
};
StatisticFormat statistic_format(Context const& context, tir::CohortOp op, tir::ExprId value);

// Whether an expression is a rank as it stands: then tests of it ask for a run of places.
bool is_rank(Context const& context, tir::ExprId value);
// A rank compared with a number: of an undecided rank decided where all places that it may have agree. Absent: the
// number is not constant.
std::optional<tir::ExprId> compared_rank(Context& context, tir::CompareOp op, tir::ExprId rank, tir::ExprId bound,
                                         Span span);
// 前3名, 前25%; absent: the literal is something else.
std::optional<tir::ExprId> rank_within(Context& context, tir::ExprId rank, ast::Expr const& top, Span span);

}  // namespace huiyu::check
