#include <array>

#include "compiler/base/other_units.h"
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

// What a type is called elsewhere.
std::string_view usual_type(std::string_view word) {
  struct Synonym {
    std::string_view word, type;
  };
  constexpr std::array synonyms{
      Synonym{"字符串", "文本"},   Synonym{"字符", "文本"},     Synonym{"文字", "文本"},
      Synonym{"布尔", "真假"},     Synonym{"是否", "真假"},     Synonym{"时间", "日期"},
      Synonym{"年份", "年度"},     Synonym{"月份", "年月"},     Synonym{"整数", "个数"},
      Synonym{"数量", "个数"},     Synonym{"人次", "个数"},     Synonym{"数字", "小数"},
      Synonym{"数值", "小数"},     Synonym{"浮点", "小数"},     Synonym{"百分比", "比率"},
      Synonym{"比例", "比率"},     Synonym{"元", "金额"},       Synonym{"万元", "金额"},
      Synonym{"货币", "金额"},     Synonym{"人", "人数"},       Synonym{"美元", "美元金额"},
      Synonym{"欧元", "欧元金额"}, Synonym{"港元", "港元金额"}, Synonym{"日元", "日元金额"},
      Synonym{"英镑", "英镑金额"}, Synonym{"外币", "美元金额"}, Synonym{"亩", "面积"},
      Synonym{"平方米", "面积"},   Synonym{"得分", "分数"},     Synonym{"评分", "分数"},
  };
  for (auto const& synonym : synonyms)
    if (synonym.word == word) return synonym.type;
  return {};
}

DeclaredType unknown(Context& context, ast::Name const& name, std::vector<std::string> const& candidates) {
  if (!name.known || report_unseen(context, name.text, name.span)) return poisoned();
  auto& diagnostic = context.diagnostics.add(name.span, diag::UnknownType, name.text);
  if (auto const unit = other_unit_at(name.text); unit && unit->word == name.text)
    diagnostic.add_help(unit->currency ? diag::note::CurrencyNotKnown : diag::note::UnitNotKnown, name.text);
  else if (auto const type = usual_type(name.text); !type.empty())
    diagnostic.add_help(diag::note::DidYouMean, std::string(type));
  else if (auto const near = nearest(name.text, candidates))
    diagnostic.add_help(diag::note::DidYouMean, *near);
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
  // A rate between currencies has more decimals than an amount: 7.1884元/美元.
  bool const money = found.type.unit == types::unit_of(types::BaseUnit::Yuan);
  found.type.unit = types::divide(found.type.unit, per.unit);
  if (money && is_currency(per.unit)) found.format = types::find_builtin_type("小数")->format;
  return found;
}

}  // namespace huiyu::check
