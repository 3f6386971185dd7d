// Inside check only: what is decided between policies and between records: 遴选, 组合, 预算.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// A value that can be put in order; absent (reported) where it cannot.
tir::ExprId check_order(Context& context, Scope const& scope, ast::ExprId source);

// 遴选 of a policy.
void check_selection(Context& context, Scope const& scope, ast::SelectionLine const& line, tir::Policy& policy);

// 组合 and 预算 of the project, once all policies are there, put into the order in which they settle.
void check_settlements(Context& context);

// The most that a policy pays, in 分, as constants and caps in its own words prove it; absent: nothing does.
std::optional<std::int64_t> most_fen(tir::Program const& program, tir::Policy const& policy);

// What an amount comes to at most, in millionths, proved in the same way.
std::optional<std::int64_t> most_millionths(tir::Program const& program, tir::ExprId amount);

// settlement_pool.cpp: 首期 60%；清算 40%, and 分配 按 of a 预算 whose members are there. False, or none: reported.
bool check_stages(Context& context, Scope const& scope, ast::BudgetDecl const& decl, tir::Settle& settle);
bool pays_nothing_else(Context& context, tir::Settle const& settle);
tir::ExprId check_weight(Context& context, Scope const& scope, ast::ExprId source, tir::Settle const& settle);

// settlement_order.cpp: puts them into that order: 就高 and 互斥, 合计封顶, 每年封顶, 预算; of one kind inner ones and
// those that say 先于 first, else by name. Reports those that share a member without saying which comes first.
struct SettleDraft {
  tir::Settle settle;
  std::vector<ast::Name> ahead_of;
};
void order_settlements(Context& context, std::vector<SettleDraft> drafts);

}  // namespace huiyu::check
