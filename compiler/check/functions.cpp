#include "compiler/builtins/builtin.h"
#include "compiler/check/cohort.h"
#include "compiler/check/dates.h"
#include "compiler/check/expr.h"
#include "compiler/check/history.h"
#include "compiler/check/lookup.h"
#include "compiler/check/period.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

tir::ExprId call_of(Context& context, Scope const& scope, builtins::Builtin const& builtin, ast::Call const& call,
                    Span span) {
  if (call.arguments.size() != builtin.params.size()) {
    context.diagnostics.add(span, diag::ArgumentCount, call.callee.text,
                            static_cast<diag::Count>(builtin.params.size()),
                            static_cast<diag::Count>(call.arguments.size()));
    return poison(context, span);
  }
  std::vector<tir::ExprId> arguments;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    Type const type = builtin.params[i].type;
    arguments.push_back(expect_type(context, check_expr(context, scope, call.arguments[i], &type), type));
    if (is_poison(context, arguments.back())) return poison(context, span);
  }
  return add(context, tir::Call{builtin.name, std::move(arguments)}, builtin.result, span);
}

}  // namespace

std::optional<tir::ExprId> check_builtin(Context& context, Scope const& scope, ast::Call const& call, Span span) {
  if (call.callee.text == "增长率") return check_growth(context, scope, call, span);
  if (call.callee.text == "相差") return check_difference(context, scope, call, span);
  if (call.callee.text == "已付" || call.callee.text == "已享受") return check_paid(context, scope, call, span);
  if (call.callee.text == "名次") return check_rank(context, scope, call, span);
  if (auto const* builtin = builtins::find(call.callee.text)) return call_of(context, scope, *builtin, call, span);
  return check_indexed_series(context, scope, call, span);
}

std::vector<std::string> callable_names() {
  std::vector<std::string> names{"合计", "数量", "平均", "最大", "最小", "中位", "存在", "全部", "增长率", "相差"};
  for (auto const* builtin : builtins::all()) names.emplace_back(builtin->name);
  return names;
}

}  // namespace huiyu::check
