// Inside check only: years and months, series read at one of them, aggregates over several.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// 本年 of the policy or definition around the expression.
tir::ExprId this_year(Context& context, Span span);

// Whether the word means several periods: 近3年, 近6个月.
bool is_run(ast::Period const& period);
// The first and last period that it means: the n whole ones before 本年 or 本月.
struct Run {
  tir::ExprId from{}, to{};
};
Run run_of(Context& context, ast::Period const& period);

// A series of a record in scope.
struct SeriesPlace {
  tir::BindingId of;
  tir::FieldId field{};
};
std::optional<SeriesPlace> find_series(Context& context, Scope const& scope, ast::Path const& path);
// A series or a definition at a year or month.
tir::ExprId read_at(Context& context, Scope const& scope, ast::Path const& path, tir::ExprId period, Span span);

// `本年`, `上年营业收入`, `2023年营业收入`.
tir::ExprId check_period_reference(Context& context, Scope const& scope, ast::Reference const& reference, Span span);
// `营业收入（奖补.年度 次年）`: a series read at a computed period; absent: the callee is no series.
std::optional<tir::ExprId> check_indexed_series(Context& context, Scope const& scope, ast::Call const& call, Span span);

// Whether an aggregate's argument is a run of periods: `近3年`, `近3年营业收入`, `近6个月用电量`.
bool is_period(Scope const& scope, ast::ExprId id);
// `合计（近3年研发费用）`, `最大（近3年：当年用电量 ÷ 当年产值）`.
tir::ExprId check_window(Context& context, Scope const& scope, tir::AggregateOp op, ast::Call const& call, Span span);
// `近3年 每年（…）`: holds in each, and all must have existed.
tir::ExprId check_every_period(Context& context, Scope const& scope, ast::EveryPeriod const& node, Span span);
// `营业收入 首次超过 2000万元`: this year, and in no earlier year of the series.
tir::ExprId check_first_time(Context& context, Scope const& scope, ast::ExprId series, tir::CompareOp op,
                             ast::ExprId bound, Span span);
// `增长率（研发费用）`: this year's over last year's, less one.
tir::ExprId check_growth(Context& context, Scope const& scope, ast::Call const& call, Span span);

}  // namespace huiyu::check
