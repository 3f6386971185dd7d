#include <algorithm>

#include "compiler/parse/builder.h"
#include "compiler/parse/fold.h"

namespace huiyu::parse {

using ast::ExprId;
using ast::Word;

std::string Builder::text_of(antlr4::Token* token) {
  Lexeme const& at = lexeme(token);
  std::string_view const bytes = source_.slice(span(token));
  if (at.built_in) {
    if (at.literal == LiteralKind::TopItems) return "前n项";
    return std::string(ast::info(at.word).zh);
  }
  return at.plain ? std::string(bytes) : name_text(bytes);
}

std::string Builder::raw_of(antlr4::Token* token) {
  return token == nullptr ? std::string() : std::string(source_.slice(span(token)));
}

ast::Name Builder::name(antlr4::Token* token) {
  if (token == nullptr) return {"", {0, 0, source_.id()}, false};
  return {text_of(token), span(token), lexeme(token).known};
}

std::optional<ast::Name> Builder::optional_name(antlr4::Token* token) {
  if (token == nullptr) return std::nullopt;
  return name(token);
}

ast::Path Builder::path(Huiyu::PathContext* context) {
  ast::Path path;
  path.span = span(context);
  if (context == nullptr) return path;
  for (antlr4::Token* const part : context->parts) path.parts.push_back(name(part));
  return path;
}

std::optional<std::string> Builder::citation(Huiyu::CitationContext* context) {
  if (context == nullptr || context->raw == nullptr) return std::nullopt;
  return raw_of(context->raw);
}

// ---- literals ----

LiteralValue Builder::literal_value(antlr4::Token* token) {
  Span const where = span(token);
  text_.read(source_.slice(where));
  LiteralValue const value = read_literal(text_.characters(), lexeme(token).literal);
  if (value.fault == LiteralFault::TooLong) diagnostics_.add(where, diag::NumberTooLong, 18);
  if (value.fault == LiteralFault::NotWhole) diagnostics_.add(where, diag::NotWhole, source_.slice(where));
  return value;
}

ast::NumberLiteral Builder::number(antlr4::Token* token) {
  return token == nullptr ? ast::NumberLiteral{} : literal_value(token).number;
}

// A count of things: 至少符合 2项, 保留 2位小数.
std::int64_t Builder::whole_number(antlr4::Token* token) {
  ast::NumberLiteral const read = number(token);
  if (read.scale == 0) return read.mantissa;
  diagnostics_.add(span(token), diag::NotWhole, source_.slice(span(token)));
  return 1;
}

ast::DateLiteral Builder::date(antlr4::Token* token) {
  return token == nullptr ? ast::DateLiteral{} : literal_value(token).date;
}

ast::UnitWord Builder::unit(antlr4::Token* token) {
  if (token == nullptr) return ast::UnitWord::None;
  text_.read(source_.slice(span(token)));
  return read_unit(text_.characters());
}

ExprId Builder::literal(antlr4::Token* token) {
  if (token == nullptr) return hole();
  Span const where = span(token);
  switch (token->getType()) {
    case Huiyu::PERIOD: return add(ast::Reference{period(token), {}}, where);
    case Huiyu::IS: return add(ast::Literal{ast::TruthLiteral{true}}, where);
    case Huiyu::NO: return add(ast::Literal{ast::TruthLiteral{false}}, where);
    case Huiyu::TEXT: {
      // The quotation marks are ASCII or “”, three bytes each; a text that is not closed was reported.
      std::string_view text = source_.slice(where);
      text.remove_prefix(text.starts_with('"') ? 1 : 3);
      if (text.ends_with('"'))
        text.remove_suffix(1);
      else if (text.ends_with("”"))
        text.remove_suffix(3);
      return add(ast::Literal{ast::TextLiteral{std::string(text)}}, where);
    }
    default: break;
  }
  LiteralValue const value = literal_value(token);
  if (value.fault) return hole(where);
  switch (token->getType()) {
    case Huiyu::DATE: return add(ast::Literal{value.date}, where);
    case Huiyu::ORDINAL: return add(ast::Literal{ast::OrdinalLiteral{value.number.mantissa, value.number.unit}}, where);
    case Huiyu::TOP: return add(ast::Literal{ast::TopLiteral{value.number}}, where);
    default: return add(ast::Literal{value.number}, where);
  }
}

ast::Period Builder::period(antlr4::Token* token) {
  using ast::PeriodWord;
  static constexpr Meaning<PeriodWord> table[] = {
      {Word::ThisYear, PeriodWord::ThisYear},
      {Word::LastYear, PeriodWord::LastYear},
      {Word::YearBeforeLast, PeriodWord::YearBeforeLast},
      {Word::BoundYear, PeriodWord::BoundYear},
      {Word::YearBefore, PeriodWord::YearBefore},
      {Word::ThisMonth, PeriodWord::ThisMonth},
      {Word::LastMonth, PeriodWord::LastMonth},
      {Word::BoundMonth, PeriodWord::BoundMonth},
      {Word::AssessmentYear, PeriodWord::AssessmentYear},
  };
  ast::Period period;
  period.span = span(token);
  if (token->getType() == Huiyu::DATE) {
    ast::DateLiteral const at = date(token);
    period.word = at.month == 0 ? PeriodWord::Year : PeriodWord::Month;
    period.number = at.month == 0 ? at.year : at.year * 12 + at.month - 1;
  } else if (word(token) == Word::Recent) {
    ast::NumberLiteral const length = number(token);
    period.word = length.unit == ast::UnitWord::Month ? PeriodWord::LastMonths : PeriodWord::LastYears;
    period.number = length.mantissa;
  } else {
    period.word = meaning_of(table, word(token));
  }
  return period;
}

ExprId Builder::path_expr(Huiyu::PathContext* context) {
  if (broken(context)) return hole(span(context));
  return add(ast::Reference{std::nullopt, path(context)}, span(context));
}

ExprId Builder::constant(Huiyu::ConstantContext* context) {
  if (broken(context)) return hole(span(context));
  return context->plain != nullptr ? literal(context->plain) : path_expr(context->name);
}

ExprId Builder::limit(Huiyu::LimitContext* context) {
  if (broken(context)) return hole(span(context));
  if (context->plain == nullptr) return path_expr(context->name);
  ExprId const value = literal(context->plain);
  return context->minus == nullptr ? value : add(ast::Negate{value}, span(context));
}

// ---- formulas ----

ExprId Builder::expr(Huiyu::ExprContext* context) {
  if (broken(context)) return hole(span(context));
  if (context->terms.size() > most_parts) {
    diagnostics_.add(span(context), diag::TooManyParts, static_cast<diag::Count>(most_parts));
    return hole(span(context));
  }
  static constexpr auto op_of = [](antlr4::Token const* token) {
    switch (token->getType()) {
      case Huiyu::PLUS: return ast::ArithmeticOp::Add;
      case Huiyu::MINUS: return ast::ArithmeticOp::Subtract;
      case Huiyu::TIMES: return ast::ArithmeticOp::Multiply;
      default: return ast::ArithmeticOp::Divide;
    }
  };
  auto const combine = [&](antlr4::Token* op, ExprId left, ExprId right) {
    return add(ast::Arithmetic{op_of(op), left, right, span(op)}, join(span_of(left), span_of(right)));
  };
  // × and ÷ bind tighter: `sum` holds what is added up so far, `product` the last summand.
  ExprId product = factor(context->terms[0]);
  if (context->minus != nullptr) product = add(ast::Negate{product}, join(span(context->minus), span_of(product)));
  ExprId sum;
  antlr4::Token* pending = nullptr;
  for (std::size_t i = 0; i < context->ops.size() && i + 1 < context->terms.size(); ++i) {
    antlr4::Token* const op = context->ops[i];
    ExprId const right = factor(context->terms[i + 1]);
    if (op->getType() == Huiyu::TIMES || op->getType() == Huiyu::DIVIDE) {
      product = combine(op, product, right);
      continue;
    }
    sum = pending == nullptr ? product : combine(pending, sum, product);
    pending = op;
    product = right;
  }
  return pending == nullptr ? product : combine(pending, sum, product);
}

ExprId Builder::factor(Huiyu::FactorContext* context) {
  if (broken(context)) return hole(span(context));
  ExprId value = primary(context->head);
  constexpr std::size_t most_suffixes = 16;
  if (context->suffixes.size() > most_suffixes) {
    diagnostics_.add(span(context), diag::TooManyParts, static_cast<diag::Count>(most_suffixes));
    return hole(span(context));
  }
  for (Huiyu::SuffixContext* const suffix : context->suffixes) {
    if (broken(suffix)) return hole(span(context));
    Span const where = join(span_of(value), span(suffix));
    switch (suffix->word->getType()) {
      case Huiyu::EACH_FULL: {
        ExprId const step = literal(suffix->step);
        value = add(ast::EachFull{value, step, literal(suffix->number)}, where);
        break;
      }
      case Huiyu::SHIFT: {
        auto const direction = word(suffix->word) == Word::Raise ? ast::ShiftWord::Raise : ast::ShiftWord::Lower;
        value = add(ast::Shift{value, direction, literal(suffix->number)}, where);
        break;
      }
      case Huiyu::SINCE: value = add(ast::Since{value, literal(suffix->number)}, where); break;
      case Huiyu::DEFAULT: value = add(ast::Default{value, constant(suffix->default_)}, where); break;
      default: value = add(ast::NextYear{value}, where); break;
    }
  }
  return value;
}

ExprId Builder::primary(Huiyu::PrimaryContext* context) {
  if (broken(context)) return hole(span(context));
  Span const where = span(context);
  if (context->plain != nullptr) return literal(context->plain);
  if (context->every != nullptr) {
    std::optional<ast::Period> over;
    if (context->period != nullptr) over = period(context->period);
    bool const months = word(context->every) == Word::EveryMonth;
    return add(ast::EveryPeriod{over, months, cond(context->each)}, where);
  }
  if (antlr4::Token* const at = context->date != nullptr ? context->date : context->period; at != nullptr) {
    if (context->indexed == nullptr) return literal(at);
    return add(ast::Reference{period(at), path(context->indexed)}, where);
  }
  if (context->count != nullptr) {
    ast::Call call;
    call.callee = {"前n项", span(context->count), true};
    call.count = number(context->count).mantissa;
    read_arguments(context->args, call);
    return add(std::move(call), where);
  }
  if (context->yearCount != nullptr) {
    ExprId from = expr(context->from);
    auto const* const next = std::get_if<ast::NextYear>(&file_.exprs[from].kind);
    bool const next_year = next != nullptr;
    if (next_year) from = next->of;
    return add(ast::YearCount{from, next_year, context->anniversaries != nullptr}, where);
  }
  if (context->bracketed != nullptr) return bracket(context->bracketed);
  return reference(context->named);
}

ExprId Builder::reference(Huiyu::Reference_Context* context) {
  if (broken(context)) return hole(span(context));
  if (context->args == nullptr) return path_expr(context->name);
  ast::Call call;
  for (ast::Name const& part : path(context->name).parts) {
    call.callee.text += (call.callee.text.empty() ? "" : ".") + part.text;
    call.callee.known = call.callee.known && part.known;
  }
  call.callee.span = span(context->name);
  read_arguments(context->args, call);
  return add(std::move(call), span(context));
}

void Builder::read_arguments(Huiyu::ArgumentsContext* context, ast::Call& call) {
  if (broken(context)) return;
  auto const once = [&](bool taken, Huiyu::ArgumentContext* argument) {
    if (taken) diagnostics_.add(span(argument), diag::RepeatedPart, source_.slice(span(argument->start)));
  };
  for (Huiyu::ArgumentContext* const argument : context->items) {
    if (broken(argument)) {
      call.arguments.push_back(hole(span(argument)));
    } else if (argument->first != nullptr) {
      call.arguments.push_back(cond(argument->first));
      if (argument->each == nullptr) continue;
      once(call.each.has_value(), argument);
      call.each = cond(argument->each);
    } else if (argument->order != nullptr) {
      once(call.order.has_value(), argument);
      Word const order = word(argument->order);
      bool const descending = order == Word::HighToLow || order == Word::LateToEarly;
      call.order = descending ? ast::OrderWord::Descending : ast::OrderWord::Ascending;
    } else if (argument->where != nullptr) {
      once(call.where.has_value(), argument);
      call.where = cond(argument->where);
    } else {
      for (Huiyu::PathContext* const each : argument->distinct) call.distinct.push_back(path_expr(each));
    }
  }
}

ExprId Builder::bracket(Huiyu::BracketContext* context) {
  if (broken(context)) return hole(span(context));
  Span const where = span(context);
  Span const inside{span(context->left).begin, context->right != nullptr ? span(context->right).end : where.end,
                    source_.id()};
  ExprId value;
  if (context->isLadder != nullptr) {
    value = ladder(context->isLadder);
  } else {
    Ids operands;
    for (Huiyu::CondContext* const operand : context->operands) operands.push_back(cond(operand));
    if (operands.empty()) return hole(where);
    if (context->part != nullptr) {
      auto const* const bounded = std::get_if<ast::Bounded>(&file_.exprs[operands[0]].kind);
      bool const excess = operands.size() == 1 && bounded != nullptr && bounded->bounds.size() == 1 &&
                          !bounded->bounds[0].postfix && bounded->bounds[0].op == ast::CompareOp::Greater;
      if (!excess) {
        diagnostics_.add(span(context->part), diag::PartWithoutExcess);
        return hole(where);
      }
      ast::ExcessPart const part{bounded->subject, bounded->bounds[0].value};
      value = add(part, inside);
    } else if (context->pick != nullptr) {
      auto const which = word(context->pick) == Word::Highest ? ast::PickWord::Highest : ast::PickWord::Lowest;
      value = add(ast::Pick{which, std::move(operands)}, where);
    } else if (operands.size() > 1) {
      diagnostics_.add(inside, diag::PickMissing);
      return hole(where);
    } else {
      value = operands[0];
    }
  }
  value = with_tails(value, context->tails);
  bool const is_bracket = context->pick == nullptr && context->part == nullptr;
  if (is_bracket || !context->tails.empty()) value = add(ast::Bracket{value}, inside);
  return context->rounded == nullptr ? value : with_rounding(value, context->rounded);
}

}  // namespace huiyu::parse
