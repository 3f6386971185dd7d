#include "compiler/parse/builder.h"

namespace huiyu::parse {

using ast::ExprId;
using ast::Word;

ast::Declaration Builder::declaration(Huiyu::DeclarationContext* context, Window const& window, bool clean) {
  clean_ = clean;
  if (context == nullptr) return ast::HoleDecl{window.span};
  bool const published = context->published != nullptr;
  auto const finish = [&](auto decl) -> ast::Declaration {
    if constexpr (requires { decl.published; }) decl.published = published;
    decl.span = window.span;
    return decl;
  };
  // The label of a rule that threw is null; a rule that recovered holds what it read.
  if (context->isSchema != nullptr) return finish(schema(context->isSchema));
  if (context->isCodeList != nullptr && context->isCodeList->source != nullptr)
    return finish(open_list(context->isCodeList));
  if (context->isCodeList != nullptr) return finish(code_list(context->isCodeList));
  if (context->isParameter != nullptr) return finish(parameter(context->isParameter));
  if (context->isReference != nullptr) return finish(reference_table(context->isReference));
  if (context->isDefinition != nullptr) return finish(definition(context->isDefinition));
  if (context->isPolicy != nullptr) return finish(policy(context->isPolicy));
  if (context->isImport != nullptr) return finish(imported(context->isImport));
  if (context->isGroup != nullptr) return finish(group(context->isGroup));
  if (context->isBudget != nullptr) return finish(budget(context->isBudget));
  if (context->isCohort != nullptr) return finish(cohort(context->isCohort));
  if (context->isTally != nullptr) return finish(tally(context->isTally));
  if (context->isException != nullptr) return finish(exception(context->isException));
  if (context->isDocument != nullptr) return finish(document(context->isDocument));
  if (context->isUse != nullptr) return finish(use(context->isUse));
  if (context->isTest != nullptr) return finish(test(context->isTest));
  if (context->isAlert != nullptr) return finish(alert(context->isAlert));
  return ast::HoleDecl{window.span};
}

// ---- 结构 ----

ast::SchemaDecl Builder::schema(Huiyu::SchemaContext* context) {
  ast::SchemaDecl decl;
  decl.name = name(context->name);
  decl.key = optional_name(context->key);
  for (Huiyu::FieldContext* const each : context->fields)
    if (each != nullptr && each->name != nullptr) decl.fields.push_back(field(each));
  return decl;
}

ast::Field Builder::field(Huiyu::FieldContext* context) {
  ast::Field field;
  field.name = name(context->name);
  field.span = span(context);
  field.type = type_name(context->type_, field.span);
  if (context->low != nullptr) field.low = limit(context->low);
  if (context->high != nullptr) field.high = limit(context->high);
  auto const once = [&](std::size_t count, antlr4::Token* token) {
    if (count > 1) diagnostics_.add(span(token), diag::RepeatedPart, source_.slice(span(token)));
  };
  if (!context->series.empty()) {
    once(context->series.size(), context->series.back());
    field.series = word(context->series[0]) == Word::Yearly ? ast::SeriesStep::Yearly : ast::SeriesStep::Monthly;
  }
  if (!context->since.empty()) field.series_from = name(context->since[0]);
  if (!context->source.empty()) {
    once(context->source.size(), context->source.back());
    field.source = name(context->source[0]);
  }
  return field;
}

// A type that could not be read is a name that is not known, where the rest of the line was.
ast::TypeName Builder::type_name(Huiyu::TypeContext* context, Span otherwise) {
  ast::TypeName type;
  if (broken(context) || context->word == nullptr) {
    type.word = {"", otherwise, false};
    type.span = otherwise;
    return type;
  }
  type.word = name(context->word);
  type.argument = optional_name(context->held);
  type.per = unit(context->per);
  type.span = span(context);
  return type;
}

// ---- 名录 ----

ast::EnumerationDecl Builder::code_list(Huiyu::CodeListContext* context) {
  ast::EnumerationDecl decl;
  decl.name = name(context->name);
  if (context->order != nullptr) {
    Word const order = word(context->order);
    decl.order =
        order == Word::HighToLow || order == Word::LateToEarly ? ast::ListOrder::HighToLow : ast::ListOrder::LowToHigh;
  }
  if (context->type_ != nullptr) decl.code_type = type_name(context->type_, span(context));
  if (!broken(context->codes)) {
    decl.members = places(context->codes->members);
    decl.except = places(context->codes->except);
  }
  for (Huiyu::EntryContext* const each : context->entries) {
    if (broken(each)) continue;
    decl.entries.push_back({name(each->name), optional_name(each->kind), {}, span(each)});
  }
  return decl;
}

// `名录 登记中介机构 来源 市场监管`: its members are data, so it is a 参数 of texts without values of its own.
ast::ParameterDecl Builder::open_list(Huiyu::CodeListContext* context) {
  ast::ParameterDecl decl;
  decl.name = name(context->name);
  Span const whole = span(context);
  decl.type = {{"集合", whole}, ast::Name{"文本", whole}, ast::UnitWord::None, whole};
  return decl;
}

// ---- 参数, 参照表 ----

ast::ParameterDecl Builder::parameter(Huiyu::ParameterContext* context) {
  ast::ParameterDecl decl;
  decl.name = name(context->name);
  decl.type = type_name(context->type_, span(context));
  for (Huiyu::DatedContext* const each : context->values) {
    if (broken(each)) continue;
    ast::DatedValue dated;
    dated.span = span(each);
    dated.from = date(each->since);
    if (each->value != nullptr) dated.values.push_back(cond(each->value));
    for (Huiyu::ConstantContext* const member : each->members) dated.values.push_back(constant(member));
    if (each->until != nullptr) dated.known_until = date(each->until);
    decl.values.push_back(std::move(dated));
  }
  return decl;
}

ast::ReferenceTableDecl Builder::reference_table(Huiyu::ReferenceContext* context) {
  ast::ReferenceTableDecl decl;
  decl.name = name(context->name);
  for (antlr4::Token* const key : context->keys) decl.keys.push_back(name(key));
  decl.type = type_name(context->type_, span(context));
  decl.source = optional_name(context->source);
  decl.use_parent = context->parent_ != nullptr;
  for (Huiyu::PlainRowContext* const row : context->rows) {
    if (broken(row)) continue;
    Ids cells;
    for (Huiyu::ConstantContext* const each : row->cells) cells.push_back(constant(each));
    decl.rows.push_back(std::move(cells));
  }
  return decl;
}

// ---- 定义, 例外 ----

ast::DefinitionDecl Builder::definition(Huiyu::DefinitionContext* context) {
  ast::DefinitionDecl decl;
  decl.name = path(context->name);
  if (context->type_ != nullptr) decl.type = type_name(context->type_, span(context));
  if (!broken(context->headRounding)) {
    ast::Round const round = round_of(context->headRounding);
    decl.rounding = round.mode;
    decl.digits = round.digits;
  }
  if (context->value != nullptr) decl.value = whole(context->value);
  if (Huiyu::GeneralContext* const general = context->general_; general != nullptr) {
    decl.general = true;
    if (decl.value.has_value()) diagnostics_.add(span(general->start), diag::RepeatedPart, ast::info(Word::General).zh);
    decl.value = broken(general) ? hole(span(general)) : with_tails(amount(general->value), general->tails);
  }
  for (Huiyu::ExceptionLineContext* const each : context->exceptions)
    if (!broken(each)) decl.exceptions.push_back(exception_clause(each->body));
  if (!decl.value.has_value()) decl.value = hole(span(context));
  if (clean_ && context->value == nullptr && context->general_ == nullptr)
    diagnostics_.add(decl.name.span, diag::ValueMissing, source_.slice(decl.name.span));
  return decl;
}

ast::ExceptionClause Builder::exception_clause(Huiyu::ExceptionClauseContext* context) {
  ast::ExceptionClause clause;
  clause.span = span(context);
  if (broken(context)) {
    clause.condition = hole(clause.span);
    clause.value = hole(clause.span);
    return clause;
  }
  clause.condition = cond(context->condition);
  clause.value = amount(context->value);
  clause.citation = citation(context->cite);
  return clause;
}

ast::ExceptionDecl Builder::exception(Huiyu::ExceptionElsewhereContext* context) {
  ast::ExceptionDecl decl;
  ast::Path const of = path(context->name);
  if (!of.parts.empty()) decl.definition = of.parts.front();
  for (std::size_t i = 1; i < of.parts.size(); ++i) decl.definition.text += "." + of.parts[i].text;
  decl.definition.span = of.span;
  decl.clause = exception_clause(context->body);
  return decl;
}

// ---- 文件, 使用, 引用 ----

ast::DocumentDecl Builder::document(Huiyu::DocumentContext* context) {
  ast::DocumentDecl decl;
  if (context->title != nullptr)
    decl.title =
        std::get<ast::TextLiteral>(std::get<ast::Literal>(file_.exprs[literal(context->title)].kind).value).text;
  for (Huiyu::AttributeContext* const each : context->attributes)
    if (!broken(each)) decl.attributes.push_back(attribute(each));
  return decl;
}

ast::UseDecl Builder::use(Huiyu::UseContext* context) {
  ast::UseDecl decl;
  decl.module = name(context->module);
  if (context->version != nullptr) decl.version = raw_of(context->version);
  return decl;
}

ast::ImportDecl Builder::imported(Huiyu::ImportedContext* context) {
  ast::ImportDecl decl;
  decl.name = name(context->name);
  for (Huiyu::PairContext* const each : context->pairs)
    if (!broken(each))
      decl.mapping.emplace_back(name(each->left), each->missing != nullptr ? ExprId{} : expr(each->right));
  return decl;
}

}  // namespace huiyu::parse
