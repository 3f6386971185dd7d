#include "compiler/parse/builder.h"

namespace huiyu::parse {

using ast::ExprId;
using ast::Word;

ast::TestDecl Builder::test(Huiyu::TestContext* context) {
  ast::TestDecl decl;
  decl.title = raw_of(context->title);
  for (Huiyu::AttributeContext* const each : context->attributes)
    if (!broken(each)) decl.settings.push_back(attribute(each));
  for (Huiyu::SettingContext* const each : context->settings)
    if (!broken(each)) decl.given_settings.push_back(setting(each));
  for (Huiyu::RecordContext* const each : context->given)
    if (!broken(each)) decl.given.push_back(record(each));
  for (Huiyu::ExpectationContext* const each : context->expected)
    if (!broken(each)) decl.expect.push_back(expectation(each));
  return decl;
}

ast::GivenSetting Builder::setting(Huiyu::SettingContext* context) {
  ast::GivenSetting out;
  out.name = name(context->name);
  out.span = span(context);
  out.missing = context->missing != nullptr;
  for (Huiyu::ConstantContext* const each : context->keys) out.keys.push_back(constant(each));
  for (Huiyu::Given_Context* const each : context->values) out.values.push_back(given(each));
  return out;
}

ast::GivenRecord Builder::record(Huiyu::RecordContext* context) {
  ast::GivenRecord out;
  out.schema = optional_name(context->schemaName);
  out.label = name(context->label);
  out.same_as = optional_name(context->same);
  out.span = span(context);
  for (Huiyu::FactContext* const each : context->facts)
    if (!broken(each)) out.facts.push_back(fact(each));
  return out;
}

ast::GivenFact Builder::fact(Huiyu::FactContext* context) {
  ast::GivenFact out;
  if (antlr4::Token* const at = context->period_ != nullptr ? context->period_ : context->year; at != nullptr)
    out.period = period(at);
  // `考核年度 = 2023年` of an earlier payment.
  if (context->column != nullptr) {
    Span const where = span(context->column);
    out.name = {{{std::string(ast::info(word(context->column)).zh), where, true}}, where};
  } else {
    out.name = path(context->name);
  }
  out.span = span(context);
  out.missing = context->missing != nullptr;
  for (Huiyu::Given_Context* const each : context->values) out.values.push_back(given(each));
  out.has_records = !context->records.empty();
  for (Huiyu::FactRecordContext* const each : context->records) {
    std::vector<ast::GivenFact> facts;
    if (!broken(each))
      for (Huiyu::FactContext* const one : each->facts)
        if (!broken(one)) facts.push_back(fact(one));
    out.records.push_back(std::move(facts));
  }
  return out;
}

ExprId Builder::given(Huiyu::Given_Context* context) {
  if (broken(context)) return hole(span(context));
  ExprId const value = constant(context->value);
  return context->minus == nullptr ? value : add(ast::Negate{value}, span(context));
}

ast::Expectation Builder::expectation(Huiyu::ExpectationContext* context) {
  using ast::ExpectWord;
  static constexpr Meaning<ExpectWord> table[] = {
      {Word::Met, ExpectWord::Eligible},    {Word::NotMet, ExpectWord::Ineligible},
      {Word::Unknown, ExpectWord::Unknown}, {Word::NotApplicable, ExpectWord::NotApplicable},
      {Word::Failed, ExpectWord::Error},    {Word::Pending, ExpectWord::Pending},
  };
  ast::Expectation out;
  out.label = optional_name(context->label);
  out.what = path(context->what);
  out.span = span(context);
  if (context->value != nullptr) out.value = given(context->value);
  if (context->outcome != nullptr) out.word = meaning_of(table, word(context->outcome));
  for (Huiyu::LackingContext* const each : context->missing) {
    if (broken(each)) continue;
    ast::Reference fact{std::nullopt, path(each->name)};
    if (antlr4::Token* const at = each->period_ != nullptr ? each->period_ : each->year; at != nullptr)
      fact.period = period(at);
    out.missing.push_back(std::move(fact));
  }
  return out;
}

}  // namespace huiyu::parse
