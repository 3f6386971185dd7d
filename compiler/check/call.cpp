#include "compiler/check/declarations.h"
#include "compiler/check/expr.h"
#include "compiler/check/lookup.h"

namespace huiyu::check {

tir::ExprId check_call(Context& context, Scope const& scope, ast::Call const& call, Span span) {
  if (auto const op = aggregate_word(call.callee.text)) return check_aggregate(context, scope, *op, call, span);
  auto const symbol = context.view->symbols.find(call.callee.text);
  if (symbol != context.view->symbols.end() && symbol->second.kind == SymbolKind::ReferenceTable)
    return check_lookup(context, scope, symbol->second.index, call, span);
  if (auto const known = check_builtin(context, scope, call, span)) return *known;
  if (!call.callee.known || report_unseen(context, call.callee.text, call.callee.span)) return poison(context, span);
  if (symbol != context.view->symbols.end()) {
    context.diagnostics.add(call.callee.span, diag::NotCallable, call.callee.text)
        .label(symbol->second.span, diag::note::DeclaredHere);
    return poison(context, span);
  }
  std::vector<std::string> names = callable_names();
  for (auto const& [name, what] : context.view->symbols)
    if (what.kind == SymbolKind::ReferenceTable) names.push_back(name);
  auto& diagnostic = context.diagnostics.add(call.callee.span, diag::UnknownFunction, call.callee.text);
  if (auto const near = nearest(call.callee.text, names)) diagnostic.add_help(diag::note::DidYouMean, *near);
  return poison(context, span);
}

}  // namespace huiyu::check
