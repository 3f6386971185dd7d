// Inside check only: dates, years and what hangs on them.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// 基准日.
tir::ExprId as_of(Context& context, Span span);
// The year or month that a day lies in; a year (month) is itself.
tir::ExprId year_of(Context& context, tir::ExprId date, Span span);
tir::ExprId month_of(Context& context, tir::ExprId date, Span span);
// A date some months or days later, a year some years later; absent (unreported) if the length does not fit.
std::optional<tir::ExprId> moved(Context& context, tir::ExprId date, tir::ExprId length, Span span);

// 日期 − 日期, 日期 ＋ 3个月 …; absent: neither operand is a date, year or month.
std::optional<tir::ExprId> date_arithmetic(Context& context, tir::ArithmeticOp op, tir::ExprId left, tir::ExprId right,
                                           Span span);
// A date against a year or month: `成立日期 早于 2020年`; absent: the operands are of one kind.
std::optional<tir::ExprId> compared_with_period(Context& context, tir::CompareOp op, tir::ExprId left,
                                                tir::ExprId right, Span span);
// `X 在 近12个月 内`, `在 考核年度 内`, `在 D起5年内`, `在 2023年 内`.
tir::ExprId within_period(Context& context, Scope const& scope, tir::ExprId subject, ast::ExprId period, Span span);

tir::ExprId check_full_period(Context& context, Scope const& scope, ast::FullPeriod const& node, Span span);
tir::ExprId check_next_year(Context& context, Scope const& scope, ast::NextYear const& node, Span span);
tir::ExprId check_year_count(Context& context, Scope const& scope, ast::YearCount const& node, Span span);
// 相差（A，B）: how far apart, never negative.
tir::ExprId check_difference(Context& context, Scope const& scope, ast::Call const& call, Span span);
tir::ExprId check_when_part(Context& context, Scope const& scope, ast::WhenPart const& node, Span span);
tir::ExprId check_shift(Context& context, Scope const& scope, ast::Shift const& node, Span span);

}  // namespace huiyu::check
