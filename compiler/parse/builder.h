// Internal: from ANTLR's contexts to the ast, one .cpp for each kind of construct.
//
// INVARIANT (holes): after a syntax error any label of a context may be null and a context may hold an exception;
// every function takes null and gives a hole, and never reports again what the error strategy has reported.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <Huiyu.h>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/parse/run_cutter.h"
#include "compiler/parse/token_stream.h"
#include "compiler/source/source_file.h"

namespace huiyu::parse {

using grammar::Huiyu;

// What a word of the vocabulary says in the tree; the table must hold the word, or the first row is taken
// (the grammar lets no other word through).
template <class T> struct Meaning {
  ast::Word word;
  T meaning;
};
template <class T, std::size_t N> constexpr T meaning_of(Meaning<T> const (&table)[N], ast::Word word) {
  for (Meaning<T> const& row : table)
    if (row.word == word) return row.meaning;
  return table[0].meaning;
}

class Builder {
 public:
  Builder(SourceFile const& source, ast::File& file, Diagnostics& diagnostics)
      : source_(source), file_(file), diagnostics_(diagnostics) {}

  // build_declaration.cpp
  // `clean`: the declaration has no syntax error, so that what is missing is worth a report.
  ast::Declaration declaration(Huiyu::DeclarationContext* context, Window const& window, bool clean);

 private:
  using Ids = std::vector<ast::ExprId>;

  // build_declaration.cpp
  ast::SchemaDecl schema(Huiyu::SchemaContext* context);
  ast::Field field(Huiyu::FieldContext* context);
  ast::TypeName type_name(Huiyu::TypeContext* context, Span otherwise);
  ast::EnumerationDecl code_list(Huiyu::CodeListContext* context);
  ast::ParameterDecl open_list(Huiyu::CodeListContext* context);
  ast::ParameterDecl parameter(Huiyu::ParameterContext* context);
  ast::ReferenceTableDecl reference_table(Huiyu::ReferenceContext* context);
  ast::DefinitionDecl definition(Huiyu::DefinitionContext* context);
  ast::ExceptionDecl exception(Huiyu::ExceptionElsewhereContext* context);
  ast::ExceptionClause exception_clause(Huiyu::ExceptionClauseContext* context);
  ast::DocumentDecl document(Huiyu::DocumentContext* context);
  ast::UseDecl use(Huiyu::UseContext* context);
  ast::ImportDecl imported(Huiyu::ImportedContext* context);

  // build_policy.cpp
  ast::PolicyDecl policy(Huiyu::PolicyContext* context);
  ast::Attribute attribute(Huiyu::AttributeContext* context);
  ast::PolicyLine policy_line(Huiyu::PolicyLineContext* context);
  ast::ItemLine item(Huiyu::ItemLineContext* context);
  ast::ConclusionLine conclusion(Huiyu::ConclusionLineContext* context);
  ast::ScheduleLine schedule(Huiyu::ScheduleContext* context);
  ast::AlertDecl alert(Huiyu::AlertContext* context);
  ast::CapClause cap_clause(Huiyu::CapContext* context);
  std::vector<ast::ShareOf> shares(std::vector<Huiyu::ShareContext*> const& contexts);

  // build_settlement.cpp
  ast::SelectionLine selection(Huiyu::SelectionContext* context);
  ast::GroupDecl group(Huiyu::GroupContext* context);
  ast::BudgetDecl budget(Huiyu::BudgetContext* context);
  ast::CohortDecl cohort(Huiyu::CohortContext* context);
  ast::TallyDecl tally(Huiyu::TallyContext* context);
  ast::MemberLine member_line(Huiyu::MemberLineContext* context);
  std::vector<ast::Name> names(std::vector<antlr4::Token*> const& tokens);
  static ast::OrderWord order(antlr4::Token const* token);

  // build_test.cpp
  ast::TestDecl test(Huiyu::TestContext* context);
  ast::GivenSetting setting(Huiyu::SettingContext* context);
  ast::GivenRecord record(Huiyu::RecordContext* context);
  ast::GivenFact fact(Huiyu::FactContext* context);
  ast::Expectation expectation(Huiyu::ExpectationContext* context);
  ast::ExprId given(Huiyu::Given_Context* context);

  // build_ladder.cpp
  ast::ExprId ladder(Huiyu::LadderContext* context);
  ast::ExprId table(Huiyu::TableContext* context);
  ast::RowKey row_key(Huiyu::RowKeyContext* context, bool has_subject);
  ast::Cell cell(Huiyu::CellContext* context);
  ast::ExprId whole(Huiyu::WholeContext* context);
  ast::ExprId amount(Huiyu::AmountContext* context);
  ast::ExprId with_tails(ast::ExprId value, std::vector<Huiyu::TailContext*> const& tails);
  ast::Round round_of(Huiyu::RoundingContext* context);
  ast::ExprId with_rounding(ast::ExprId value, Huiyu::RoundingContext* context);

  // build_condition.cpp
  ast::ExprId line_condition(Huiyu::LineConditionContext* context);
  ast::ExprId list(Huiyu::ListContext* context);
  ast::ExprId inner_list(Huiyu::InnerListContext* context);
  std::pair<ast::Quantifier, std::int64_t> quantifier(Huiyu::QuantifierContext* context);
  ast::Member member(antlr4::Token* mark, Huiyu::ClauseContext* clause, Span span);
  ast::ExprId clause(Huiyu::ClauseContext* context);
  ast::ExprId cond(Huiyu::CondContext* context);
  ast::ExprId logic(Ids const& terms, std::vector<antlr4::Token*> const& ops, Span span);
  ast::ExprId negation(Huiyu::NegationContext* context);
  ast::ExprId relation(Huiyu::RelationContext* context);
  ast::ExprId membership(Huiyu::RelationContext* context, ast::ExprId left, Span span);
  ast::Bound bound(Huiyu::BoundContext* context);
  ast::Bound date_bound(Huiyu::DateBoundContext* context);
  ast::Range range(Huiyu::RangeContext* context);
  ast::ExprId place(Huiyu::PlaceContext* context);
  Ids places(std::vector<Huiyu::PlaceContext*> const& contexts);
  void check_postfix(Huiyu::RelationContext* context);
  static bool ends_in_default(Huiyu::ExprContext const* context);
  static ast::CompareOp compare_op(Mark mark);
  static ast::EndMark end_mark(antlr4::Token const* token);

  // build_value.cpp
  ast::ExprId expr(Huiyu::ExprContext* context);
  ast::ExprId factor(Huiyu::FactorContext* context);
  ast::ExprId primary(Huiyu::PrimaryContext* context);
  ast::ExprId bracket(Huiyu::BracketContext* context);
  ast::ExprId reference(Huiyu::Reference_Context* context);
  void read_arguments(Huiyu::ArgumentsContext* context, ast::Call& call);
  ast::ExprId constant(Huiyu::ConstantContext* context);
  ast::ExprId limit(Huiyu::LimitContext* context);
  ast::ExprId path_expr(Huiyu::PathContext* context);
  ast::ExprId literal(antlr4::Token* token);
  ast::Period period(antlr4::Token* token);
  ast::NumberLiteral number(antlr4::Token* token);
  std::int64_t whole_number(antlr4::Token* token);
  ast::DateLiteral date(antlr4::Token* token);
  ast::UnitWord unit(antlr4::Token* token);
  LiteralValue literal_value(antlr4::Token* token);
  ast::Path path(Huiyu::PathContext* context);
  ast::Name name(antlr4::Token* token);
  std::optional<ast::Name> optional_name(antlr4::Token* token);
  // 每家企业, in whichever language it was written.
  std::optional<ast::Name> once_per(antlr4::Token* token);
  std::string text_of(antlr4::Token* token);
  std::string raw_of(antlr4::Token* token);
  std::optional<std::string> citation(Huiyu::CitationContext* context);

  // builder.cpp
  static Lexeme const& lexeme(antlr4::Token const* token) { return static_cast<ParserToken const*>(token)->lexeme(); }
  static ast::Word word(antlr4::Token const* token) { return token == nullptr ? ast::Word::None : lexeme(token).word; }
  static bool broken(antlr4::ParserRuleContext const* context) {
    return context == nullptr || context->exception != nullptr;
  }
  Span span(antlr4::Token const* token) const;
  Span span(antlr4::ParserRuleContext const* context) const;
  Span span_of(ast::ExprId id) const { return file_.exprs[id].span; }
  ast::ExprId add(ast::ExprKind kind, Span span);
  ast::ExprId hole(Span span = {}) { return add(ast::Hole{}, span); }
  Span ast_span(Ids const& ids) const;
  std::vector<ast::CapPer> periods(std::vector<antlr4::Token*> const& tokens) const;

  SourceFile const& source_;
  ast::File& file_;
  Diagnostics& diagnostics_;
  RunText text_;
  // 遴选 behind 列入 on one line is a line of the policy.
  std::vector<ast::PolicyLine> lines_behind_;
  bool clean_ = true;
};

// How many operands, suffixes or bounds one expression may have; keeps trees shallow on hostile input.
inline constexpr std::size_t most_parts = 512;

}  // namespace huiyu::parse
