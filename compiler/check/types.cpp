#include "compiler/check/declarations.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

std::vector<std::string> type_names(Context const& context) {
  std::vector<std::string> names{std::string(types::list_word(false)), std::string(types::set_word(false))};
  for (auto const& row : types::builtin_types()) names.emplace_back(row.zh);
  for (auto const& [name, symbol] : context.view->symbols)
    if (symbol.kind == SymbolKind::Enumeration) names.push_back(name);
  return names;
}

std::optional<Symbol> symbol_of(Context const& context, std::string_view name) {
  auto const found = context.view->symbols.find(name);
  return found == context.view->symbols.end() ? std::nullopt : std::optional(found->second);
}

DeclaredType poisoned() { return {}; }

DeclaredType unknown(Context& context, ast::Name const& name, std::vector<std::string> const& candidates) {
  if (!name.known || report_unseen(context, name.text, name.span)) return poisoned();
  auto& diagnostic = context.diagnostics.add(name.span, diag::UnknownType, name.text);
  if (auto const near = nearest(name.text, candidates)) diagnostic.add_help(diag::note::DidYouMean, *near);
  if (auto const symbol = symbol_of(context, name.text)) diagnostic.label(symbol->span, diag::note::DeclaredHere);
  return poisoned();
}

DeclaredType list_type(Context& context, ast::TypeName const& name) {
  if (!name.argument) {
    context.diagnostics.add(name.span, diag::TypeNeedsArgument, name.word.text);
    return poisoned();
  }
  auto const symbol = symbol_of(context, name.argument->text);
  if (!symbol || symbol->kind != SymbolKind::Schema) {
    std::vector<std::string> schemas;
    for (auto const& [other, what] : context.view->symbols)
      if (what.kind == SymbolKind::Schema) schemas.push_back(other);
    return unknown(context, *name.argument, schemas);
  }
  Type type = plain_type(Kind::List);
  type.schema = SchemaId{static_cast<std::int32_t>(symbol->index)};
  return {type, {}};
}

DeclaredType set_type(Context& context, ast::TypeName const& name) {
  if (!name.argument) {
    context.diagnostics.add(name.span, diag::TypeNeedsArgument, name.word.text);
    return poisoned();
  }
  ast::TypeName element;
  element.word = *name.argument;
  element.span = name.argument->span;
  DeclaredType const of = resolve_type(context, element);
  if (of.type.kind == Kind::Poison) return poisoned();
  bool const possible = of.type.kind == Kind::Enumeration || of.type.kind == Kind::Year || of.type.kind == Kind::Code ||
                        of.type.kind == Kind::Text;
  if (!possible) {
    context.diagnostics.add(name.argument->span, diag::NoSetOf, phrase(context, of.type));
    return poisoned();
  }
  Type type = of.type;
  type.element = of.type.kind;
  type.kind = Kind::Set;
  return {type, {}};
}

}  // namespace

DeclaredType resolve_type(Context& context, ast::TypeName const& name) {
  if (name.word.text == types::list_word(false)) return list_type(context, name);
  if (name.word.text == types::set_word(false)) return set_type(context, name);
  DeclaredType found;
  if (auto const row = types::find_builtin_type(name.word.text)) {
    found = {row->type, row->format};
  } else {
    auto const symbol = symbol_of(context, name.word.text);
    if (!symbol || symbol->kind != SymbolKind::Enumeration) return unknown(context, name.word, type_names(context));
    found.type = plain_type(Kind::Enumeration);
    found.type.enumeration = EnumerationId{static_cast<std::int32_t>(symbol->index)};
  }
  if (name.argument) {
    context.diagnostics.add(name.argument->span, diag::TypeTakesNoArgument, name.word.text);
    return poisoned();
  }
  if (name.per == ast::UnitWord::None) return found;
  // 金额/亩 is kept as 金额 is: so many decimals of 元 for one 亩. 比率/年 would be twelfths of a decimal, so it is
  // refused.
  MeasuredUnit const per = unit_of(name.per);
  if (found.type.kind != Kind::Number || per.factor != 1) {
    context.diagnostics.add(name.span, diag::NoRateOf, source_text(context, name.span));
    return poisoned();
  }
  found.type.unit = types::divide(found.type.unit, per.unit);
  return found;
}

}  // namespace huiyu::check
