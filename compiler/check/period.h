// Inside check only: years and months, series read at one of them, aggregates over several.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// `本年`, `上年营业收入`, `2023年营业收入`.
tir::ExprId check_period_reference(Context& context, Scope const& scope, ast::Reference const& reference, Span span);

// Whether an aggregate's argument is a run of periods: `近3年`, `近3年营业收入`, `近6个月用电量`.
bool is_period(Scope const& scope, ast::ExprId id);
// `合计（近3年研发费用）`, `最大（近3年：当年用电量 ÷ 当年产值）`.
tir::ExprId check_window(Context& context, Scope const& scope, tir::AggregateOp op, ast::Call const& call, Span span);

}  // namespace huiyu::check
