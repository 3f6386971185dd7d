#include "compiler/parse/error_strategy.h"

#include <algorithm>
#include <string>

#include <Huiyu.h>

#include "compiler/parse/expected.h"
#include "compiler/parse/token_stream.h"

namespace huiyu::parse {
namespace {

using grammar::Huiyu;

// Where reading goes on after an error: at the next row (`；` or a line), the next clause, or the next declaration.
enum class Ends : std::uint8_t { Nothing, Row, Clause, Declaration };

// After an error inside the rule, the rule ends there.
Ends ends_of(std::size_t rule) {
  switch (rule) {
    case Huiyu::RuleField:
    case Huiyu::RuleEntry:
    case Huiyu::RulePlainRow:
    case Huiyu::RuleAlertRow:
    case Huiyu::RuleTallyRow:
    case Huiyu::RuleInstalment:
    case Huiyu::RuleRecord:
    case Huiyu::RuleSetting:
    case Huiyu::RuleExpectation:
    case Huiyu::RuleRow:
    case Huiyu::RuleTableRow:
    case Huiyu::RuleTableHeader:
    case Huiyu::RuleMember:
    case Huiyu::RuleInnerMember:
    case Huiyu::RuleLetter: return Ends::Row;
    case Huiyu::RulePolicyLine:
    case Huiyu::RuleDated:
    case Huiyu::RuleGeneral:
    case Huiyu::RuleExceptionLine:
    case Huiyu::RuleAttribute:
    case Huiyu::RuleWhole: return Ends::Clause;
    case Huiyu::RuleSchema:
    case Huiyu::RuleCodeList:
    case Huiyu::RuleParameter:
    case Huiyu::RuleReference:
    case Huiyu::RuleDefinition:
    case Huiyu::RuleExceptionElsewhere:
    case Huiyu::RuleDocument:
    case Huiyu::RuleUse:
    case Huiyu::RuleImported:
    case Huiyu::RulePolicy:
    case Huiyu::RuleAlert:
    case Huiyu::RuleTally:
    case Huiyu::RuleTest:
    case Huiyu::RuleDeclaration:
    case Huiyu::RuleOnly: return Ends::Declaration;
    default: return Ends::Nothing;
  }
}

// After something that continues none of the rule's parts, its loop goes on with the next.
Ends loop_of(std::size_t rule) {
  switch (rule) {
    case Huiyu::RuleSchema:
    case Huiyu::RuleCodeList:
    case Huiyu::RuleReference:
    case Huiyu::RuleAlert:
    case Huiyu::RuleTally:
    case Huiyu::RuleSchedule:
    case Huiyu::RuleLadder:
    case Huiyu::RuleTable:
    case Huiyu::RuleList:
    case Huiyu::RuleInnerList: return Ends::Row;
    case Huiyu::RulePolicy:
    case Huiyu::RuleParameter:
    case Huiyu::RuleDefinition:
    case Huiyu::RuleTest: return Ends::Clause;
    default: return Ends::Nothing;
  }
}

// Whether a word of the same line was not known or already refused: then what the line lacks is a consequence.
bool follows_unknown_word(ParserToken const& token) {
  ParserToken const* at = &token;
  for (std::size_t i = token.getTokenIndex();; --i, --at) {
    if (!at->lexeme().known) return true;
    if (i == 0 || (at != &token && (at->getType() == Huiyu::EOL || at->getType() == Huiyu::SEP))) return false;
  }
}

// A run that can be cut in two ways is read in one of them: what does not fit then is no second mistake.
bool follows_crossing_cut(ParserToken const& token, FileId file, Diagnostics const& diagnostics) {
  constexpr std::size_t looked_at = 16;  // the latest are those of this declaration
  Lexeme const& found = token.lexeme();
  auto const all = diagnostics.all();
  for (std::size_t back = 1; back <= std::min(looked_at, all.size()); ++back) {
    diag::Diagnostic const& other = all[all.size() - back];
    if (other.kind != &diag::CrossingCut.info || other.where.file != file) continue;
    std::uint32_t const before = token.getTokenIndex() == 0 ? found.begin : (&token - 1)->lexeme().begin;
    if (before >= other.where.begin && before < other.where.end) return true;
  }
  return false;
}

// Between the lines of a policy, in its head or at the end of a line.
bool is_among_lines_of_policy(antlr4::Parser& parser) {
  std::size_t const rule = parser.getContext()->getRuleIndex();
  return rule == Huiyu::RulePolicy || rule == Huiyu::RulePolicyLine || rule == Huiyu::RuleAttribute;
}

Lexeme const* lexeme_before(ParserToken const& token) {
  return token.getTokenIndex() == 0 ? nullptr : &(&token - 1)->lexeme();
}

bool is_line_word(std::size_t type) {
  return type == Huiyu::CONDITION || type == Huiyu::EXCEPT || type == Huiyu::ITEM || type == Huiyu::SUBJECT ||
         type == Huiyu::CAP || type == Huiyu::CLASSIFY || type == Huiyu::POLICY || type == Huiyu::TEST;
}

// The word that the line begins with.
std::size_t line_word_before(ParserToken const& token) {
  ParserToken const* at = &token;
  for (std::size_t i = token.getTokenIndex(); i > 0; --i, --at)
    if ((at - 1)->getType() == Huiyu::EOL || (at - 1)->getType() == Huiyu::SEP) return at->getType();
  return at->getType();
}

// Rows of a ladder take no caps, so a comma before one would not mend the line.
bool is_on_ladder_line(ParserToken const& token) {
  ParserToken const* at = &token;
  for (std::size_t i = token.getTokenIndex(); i > 0 && at->getType() != Huiyu::EOL; --i, --at)
    if (at->getType() == Huiyu::LADDER || at->getType() == Huiyu::TABLE) return true;
  return at->getType() == Huiyu::LADDER || at->getType() == Huiyu::TABLE;
}

// `× 5% 最高 3万元`, `存在（贷款 其中 …）`
bool lacks_comma(antlr4::Parser& parser, antlr4::misc::IntervalSet const& expected, ParserToken const& token) {
  Lexeme const* const before = lexeme_before(token);
  bool const after_value = before != nullptr && (before->type == Huiyu::NAME || before->type == Huiyu::NUMBER ||
                                                 before->type == Huiyu::RIGHT);
  if (token.getType() == Huiyu::WHERE) return after_value && expected.contains(std::size_t{Huiyu::RIGHT});
  bool const tail = token.getType() == Huiyu::CAP || token.getType() == Huiyu::ROUND || token.getType() == Huiyu::KEEP;
  return tail && (expected.contains(std::size_t{Huiyu::COMMA}) || (after_value && is_among_lines_of_policy(parser)));
}

// `全部（设备，其中 金额 1万元以上：已付）`: inside the bracket that is open here stands 其中.
bool follows_filter(ParserToken const& token) {
  std::size_t depth = 0;
  ParserToken const* at = &token;
  for (std::size_t i = token.getTokenIndex(); i > 0; --i) {
    --at;
    if (at->getType() == Huiyu::EOL) return false;
    if (at->getType() == Huiyu::RIGHT) ++depth;
    if (at->getType() == Huiyu::LEFT && depth-- == 0) return false;
    if (at->getType() == Huiyu::WHERE && depth == 0) return true;
  }
  return false;
}

void skip_to(antlr4::TokenStream& tokens, Ends ends) {
  std::size_t depth = 0;
  for (std::size_t type = tokens.LA(1); type != antlr4::Token::EOF; type = tokens.LA(1)) {
    bool const here = (type == Huiyu::EOL && ends != Ends::Declaration) || (type == Huiyu::SEP && ends == Ends::Row);
    if (depth == 0 && here) return;
    if (type == Huiyu::LEFT) ++depth;
    if (type == Huiyu::RIGHT) {
      if (depth == 0 && ends == Ends::Row) return;
      if (depth > 0) --depth;
    }
    tokens.consume();
  }
}

}  // namespace

antlr4::Token* LineRecovery::recoverInline(antlr4::Parser* parser) {
  if (give_up_) throw antlr4::ParseCancellationException();
  throw antlr4::InputMismatchException(parser);
}

void LineRecovery::reportError(antlr4::Parser* parser, antlr4::RecognitionException const& error) {
  if (give_up_ || recovering_) return;
  report(*parser, parser->getExpectedTokens(), *static_cast<ParserToken const*>(error.getOffendingToken()));
}

void LineRecovery::report(antlr4::Parser& parser, antlr4::misc::IntervalSet const& expected, ParserToken const& token) {
  recovering_ = true;
  if (follows_unknown_word(token) || follows_crossing_cut(token, source_.id(), diagnostics_)) return;
  Lexeme const& found = token.lexeme();
  Span const where{found.begin, found.end, source_.id()};
  std::string_view const text = source_.slice(where);
  if (token.getType() == Huiyu::SEP && is_among_lines_of_policy(parser)) {
    Lexeme const& next = (&token + 1)->lexeme();  // after a SEP comes a line
    if (!next.known) return;
    Span const at{next.begin, next.end, source_.id()};
    diagnostics_.add(at, diag::LineWithoutWord, source_.slice(at));
    return;
  }
  // A value that could only stand before 以上 or 至, and does not: what is wrong is the value itself.
  auto const only_limit = [&] {
    for (ssize_t const type : expected.toList())
      if (type != Huiyu::POSTFIX && type != Huiyu::END_MARK && type != Huiyu::TO && type != Huiyu::DOT) return false;
    return token.getTokenIndex() > 0;
  };
  if (lacks_comma(parser, expected, token)) {
    auto& report = diagnostics_.add(where, diag::CommaMissing, text);
    if (!is_on_ladder_line(token)) report.fix({where.begin, where.begin, where.file}, "，");
    return;
  }
  if (auto const* before = lexeme_before(token); before != nullptr) {
    Span const at{before->begin, before->end, source_.id()};
    if (before->type == Huiyu::CAP && token.getType() == Huiyu::PREFIX) {
      diagnostics_.add(where, diag::RedundantBound, source_.slice(at), text).fix(where, "");
      return;
    }
    if (token.getType() == Huiyu::COLON && is_line_word(before->type)) {
      // 条件：员工人数 20人以上
      diagnostics_.add(where, diag::StrayCharacter, text).fix(where, " ");
      return;
    }
    bool const dashed = token.getType() == Huiyu::MINUS && before->type == Huiyu::NUMBER;
    if (dashed && (&token + 1)->lexeme().type == Huiyu::NUMBER) {
      Lexeme const& after = (&token + 1)->lexeme();
      std::string const high(source_.slice({after.begin, after.end, source_.id()}));
      std::string low(source_.slice(at));
      // 20-300人: the unit stands once.
      constexpr std::string_view digits = "0123456789._";
      if (low.find_first_not_of(digits) == std::string::npos)
        low += high.substr(std::min(high.find_first_not_of(digits), high.size()));
      diagnostics_.add(where, diag::DashedRange, text).add_help(diag::note::BothEnds, low, high);
      return;
    }
  }
  if (only_limit()) {
    Lexeme const& loose = (&token - 1)->lexeme();
    Span const at{loose.begin, loose.end, source_.id()};
    diagnostics_.add(at, diag::LooseValue, source_.slice(at));
    return;
  }
  auto const line = line_word_before(token);
  bool const at_most = (text == "不超过" || text == "不高于") && line == Huiyu::ITEM;
  auto const* before = at_most ? lexeme_before(token) : nullptr;
  if (at_most && before->type == Huiyu::ITEM) return bound_is_no_sum(token, *before);
  auto& unexpected =
      diagnostics_.add(where, diag::UnexpectedToken, phrase_expected(expected), phrase_found(token.getType(), text));
  if (token.getType() == Huiyu::COMMA && (line == Huiyu::CONDITION || line == Huiyu::EXCEPT))
    unexpected.add_help(diag::note::WriteInstead, "且");
  if (token.getType() == Huiyu::COLON && expected.contains(std::size_t{Huiyu::RIGHT}) && follows_filter(token))
    unexpected.add_help(diag::Phrase{"`其中` 写在最后：`全部（设备：已付，其中 金额 1万元以上）`",
                                     "`其中` comes last: `全部（设备：已付，其中 金额 1万元以上）`"});
  if (at_most) unexpected.add_help(diag::note::WriteInstead, "最高");
}

// 奖励 不超过50万元: a bound, and nothing that is bounded. The whole of it is underlined, since reports name it.
void LineRecovery::bound_is_no_sum(ParserToken const& token, Lexeme const& word) {
  auto const ends = [](ParserToken const& one) {
    return one.getType() == Huiyu::SEP || one.getType() == antlr4::Token::EOF;
  };
  auto const* last = &token;
  while (!ends(last[1])) ++last;
  Lexeme const &begin = token.lexeme(), &bound = last == &token ? begin : (&token + 1)->lexeme();
  Span const where{begin.begin, last->lexeme().end, source_.id()};
  std::string const written = std::string(source_.slice({word.begin, word.end, source_.id()})) + " 核定金额，最高 " +
                              std::string(source_.slice({bound.begin, bound.end, source_.id()}));
  diagnostics_.add(where, diag::BoundIsNoSum, source_.slice(where)).add_help(diag::note::CapWhatIsSettled, written);
}

void LineRecovery::recover(antlr4::Parser* parser, std::exception_ptr error) {
  // Past the limit nothing would be shown, and the rest of a hostile text is not worth the time.
  if (give_up_ || diagnostics_.full()) throw antlr4::ParseCancellationException();
  Ends const ends = ends_of(parser->getContext()->getRuleIndex());
  if (ends == Ends::Nothing) std::rethrow_exception(error);
  skip_to(*parser->getTokenStream(), ends);
}

// Called before each choice and turn of a loop. In a rule made of lines, what fits nowhere is reported and skipped,
// so that one stray word in a head does not hide the clauses below it.
void LineRecovery::sync(antlr4::Parser* parser) {
  if (give_up_ || recovering_) return;
  Ends const ends = loop_of(parser->getContext()->getRuleIndex());
  if (ends == Ends::Nothing) return;
  antlr4::misc::IntervalSet const expected = parser->getExpectedTokens();
  std::size_t const next = parser->getTokenStream()->LA(1);
  if (expected.contains(next)) return;
  report(*parser, expected, *static_cast<ParserToken const*>(parser->getCurrentToken()));
  if (diagnostics_.full()) throw antlr4::ParseCancellationException();
  skip_to(*parser->getTokenStream(), ends);
}

}  // namespace huiyu::parse
