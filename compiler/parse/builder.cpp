#include "compiler/parse/builder.h"

namespace huiyu::parse {

Span Builder::span(antlr4::Token const* token) const {
  if (token == nullptr) return {0, 0, source_.id()};
  Lexeme const& at = lexeme(token);
  return {at.begin, at.end, source_.id()};
}

Span Builder::span(antlr4::ParserRuleContext const* context) const {
  if (context == nullptr || context->start == nullptr) return {0, 0, source_.id()};
  Span const first = span(context->start);
  if (context->stop == nullptr) return {first.begin, first.begin, source_.id()};
  Span const last = span(context->stop);
  return {first.begin, last.end > first.begin ? last.end : first.begin, source_.id()};
}

ast::ExprId Builder::add(ast::ExprKind kind, Span span) {
  span.file = source_.id();
  return file_.exprs.add(ast::Expr{std::move(kind), span, std::nullopt});
}

std::vector<ast::CapPer> Builder::periods(std::vector<antlr4::Token*> const& tokens) const {
  static constexpr Meaning<ast::CapPer> table[] = {
      {ast::Word::EachYear, ast::CapPer::EachYear},
      {ast::Word::EachCalendarYear, ast::CapPer::EachCalendarYear},
      {ast::Word::Cumulative, ast::CapPer::Cumulative},
      {ast::Word::EachProject, ast::CapPer::EachProject},
      {ast::Word::EachContract, ast::CapPer::EachContract},
      {ast::Word::EachFirm, ast::CapPer::EachFirm},
  };
  std::vector<ast::CapPer> out;
  for (antlr4::Token* const token : tokens) {
    if (word(token) == ast::Word::EachTier)
      diagnostics_.add(span(token), diag::NotYetSupported, source_.slice(span(token)));
    else
      out.push_back(meaning_of(table, word(token)));
  }
  return out;
}

}  // namespace huiyu::parse
