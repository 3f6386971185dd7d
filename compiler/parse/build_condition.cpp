#include "compiler/parse/builder.h"

namespace huiyu::parse {

using ast::CompareOp;
using ast::ExprId;
using ast::Word;

// ---- lists ----

ExprId Builder::line_condition(Huiyu::LineConditionContext* context) {
  if (broken(context)) return hole(span(context));
  return context->isList != nullptr ? list(context->isList) : clause(context->isClause);
}

std::pair<ast::Quantifier, std::int64_t> Builder::quantifier(Huiyu::QuantifierContext* context) {
  if (broken(context) || context->word == nullptr) return {ast::Quantifier::All, 0};
  if (word(context->word) == Word::AllOf) return {ast::Quantifier::All, 0};
  if (word(context->word) == Word::AnyOf) return {ast::Quantifier::Any, 0};
  return {ast::Quantifier::AtLeast, whole_number(context->count)};
}

// A citation at the end of a member that has one conjunct is the member's own.
ast::Member Builder::member(antlr4::Token* mark, Huiyu::ClauseContext* clause_context, Span where) {
  ast::Member member;
  member.mark = raw_of(mark);
  member.span = where;
  member.condition = clause(clause_context);
  bool const alone = !broken(clause_context) && clause_context->terms.size() == 1;
  if (alone) member.citation = std::exchange(file_.exprs[member.condition].citation, std::nullopt);
  return member;
}

ExprId Builder::list(Huiyu::ListContext* context) {
  if (broken(context)) return hole(span(context));
  ast::Quantified list;
  std::tie(list.quantifier, list.count) = quantifier(context->head);
  for (Huiyu::MemberContext* const each : context->members) {
    if (broken(each)) {
      list.members.push_back({raw_of(each->mark), hole(span(each)), std::nullopt, span(each)});
    } else if (each->inner != nullptr) {
      ExprId const inner = inner_list(each->inner);
      list.members.push_back({raw_of(each->mark), inner, std::nullopt, span(each)});
    } else {
      list.members.push_back(member(each->mark, each->condition, span(each)));
    }
  }
  return add(std::move(list), span(context));
}

ExprId Builder::inner_list(Huiyu::InnerListContext* context) {
  if (broken(context)) return hole(span(context));
  ast::Quantified list;
  std::tie(list.quantifier, list.count) = quantifier(context->head);
  for (Huiyu::InnerMemberContext* const each : context->members)
    list.members.push_back(broken(each) ? ast::Member{raw_of(each->mark), hole(span(each)), std::nullopt, span(each)}
                                        : member(each->mark, each->condition, span(each)));
  return add(std::move(list), span(context));
}

// ---- 且 and 或 ----

ExprId Builder::clause(Huiyu::ClauseContext* context) {
  if (broken(context)) return hole(span(context));
  Ids terms;
  for (Huiyu::CitedContext* const term : context->terms) {
    ExprId const id = broken(term) ? hole(span(term)) : negation(term->condition);
    if (!broken(term)) file_.exprs[id].citation = citation(term->cite);
    terms.push_back(id);
  }
  return logic(terms, context->ops, span(context));
}

ExprId Builder::cond(Huiyu::CondContext* context) {
  if (broken(context)) return hole(span(context));
  Ids terms;
  for (Huiyu::NegationContext* const term : context->terms) terms.push_back(negation(term));
  return logic(terms, context->ops, span(context));
}

// 且 binds tighter than 或; chains of one word are one node.
ExprId Builder::logic(Ids const& terms, std::vector<antlr4::Token*> const& ops, Span where) {
  if (terms.size() == 1) return terms[0];
  if (terms.empty() || ops.size() + 1 != terms.size()) return hole(where);
  Ids alternatives;
  Ids group{terms[0]};
  antlr4::Token const* last_and = nullptr;
  antlr4::Token const* last_or = nullptr;
  std::vector<Span> mixed;
  auto const close = [&] {
    if (group.size() == 1) {
      alternatives.push_back(group[0]);
      return;
    }
    Span const all = ast_span(group);
    mixed.push_back(all);
    alternatives.push_back(add(ast::Logic{ast::LogicOp::And, group}, all));
  };
  for (std::size_t i = 0; i < ops.size(); ++i) {
    if (ops[i]->getType() == Huiyu::OR) {
      close();
      group.clear();
      last_or = ops[i];
    } else {
      last_and = ops[i];
    }
    group.push_back(terms[i + 1]);
  }
  close();
  if (last_and != nullptr && last_or != nullptr) {
    std::vector<diag::Edit> brackets;
    for (Span const at : mixed) {
      brackets.push_back({{at.begin, at.begin, at.file}, "（"});
      brackets.push_back({{at.end, at.end, at.file}, "）"});
    }
    diagnostics_.add(where, diag::MixedAndOr).fix(std::move(brackets));
  }
  if (alternatives.size() == 1) return alternatives[0];
  return add(ast::Logic{ast::LogicOp::Or, std::move(alternatives)}, where);
}

Span Builder::ast_span(Ids const& ids) const { return join(span_of(ids.front()), span_of(ids.back())); }

ExprId Builder::negation(Huiyu::NegationContext* context) {
  if (broken(context)) return hole(span(context));
  ExprId value = relation(context->body);
  for (auto at = context->nots.rbegin(); at != context->nots.rend(); ++at)
    value = add(ast::Not{value}, join(span(*at), span_of(value)));
  return value;
}

// ---- comparisons ----

ExprId Builder::relation(Huiyu::RelationContext* context) {
  if (broken(context)) return hole(span(context));
  Span const where = span(context);
  ExprId const left = expr(context->left);
  if (!context->bounds.empty()) {
    if (context->bounds.size() > most_parts) {
      diagnostics_.add(where, diag::TooManyParts, static_cast<diag::Count>(most_parts));
      return hole(where);
    }
    check_postfix(context);
    ast::Bounded bounded{left, {}};
    for (Huiyu::BoundContext* const each : context->bounds) bounded.bounds.push_back(bound(each));
    return add(std::move(bounded), where);
  }
  if (context->span_ != nullptr) {
    ast::Range const ends = range(context->span_);
    return add(ast::InRange{left, false, ends.low, ends.high, ends.low_mark, ends.high_mark}, where);
  }
  if (context->belongs != nullptr) return membership(context, left, where);
  if (!context->ops.empty()) {
    ast::Compare compare{{left}, {}};
    for (Huiyu::ExprContext* const operand : context->operands) compare.operands.push_back(expr(operand));
    for (antlr4::Token* const op : context->ops) compare.ops.push_back(compare_op(lexeme(op).mark));
    if (compare.operands.size() != compare.ops.size() + 1) return hole(where);
    return add(std::move(compare), where);
  }
  if (context->inside != nullptr) {
    ast::InRange in{left, context->inside->getType() == Huiyu::NOT_IN, expr(context->low), {}, {}, {}};
    if (context->high != nullptr) in.high = expr(context->high);
    in.low_mark = end_mark(context->lowMark);
    in.high_mark = end_mark(context->highMark);
    return add(in, where);
  }
  if (context->full != nullptr) return add(ast::FullPeriod{left, number(context->length)}, where);
  if (context->word == nullptr) return left;
  using ast::RelationWord;
  static constexpr Meaning<RelationWord> table[] = {
      {Word::Is, RelationWord::Is},
      {Word::IsNot, RelationWord::IsNot},
      {Word::Before, RelationWord::Before},
      {Word::After, RelationWord::After},
      {Word::NotBefore, RelationWord::NotBefore},
      {Word::NotAfter, RelationWord::NotAfter},
      {Word::FirstAbove, RelationWord::FirstAbove},
      {Word::FirstReached, RelationWord::FirstReached},
  };
  return add(ast::Relation{meaning_of(table, word(context->word)), left, expr(context->right)}, where);
}

ExprId Builder::membership(Huiyu::RelationContext* context, ExprId left, Span where) {
  using ast::MembershipWord;
  static constexpr Meaning<MembershipWord> table[] = {
      {Word::BelongsTo, MembershipWord::BelongsTo},
      {Word::NotBelongsTo, MembershipWord::NotBelongsTo},
      {Word::Contains, MembershipWord::Contains},
      {Word::NotContains, MembershipWord::NotContains},
  };
  ast::Membership membership{meaning_of(table, word(context->belongs)), left, {}, {}};
  for (Huiyu::ElementContext* const each : context->members)
    membership.members.push_back(broken(each)             ? hole(span(each))
                                 : each->plain != nullptr ? literal(each->plain)
                                                          : place(each->at));
  membership.except = places(context->except);
  return add(std::move(membership), where);
}

CompareOp Builder::compare_op(Mark mark) {
  switch (mark) {
    case Mark::Less: return CompareOp::Less;
    case Mark::AtMost: return CompareOp::AtMost;
    case Mark::Greater: return CompareOp::Greater;
    case Mark::AtLeast: return CompareOp::AtLeast;
    case Mark::NotEqual: return CompareOp::NotEqual;
    case Mark::Equal:
    case Mark::None:
    case Mark::Comma:
    case Mark::Enumerate:
    case Mark::Colon:
    case Mark::Semicolon:
    case Mark::FullStop:
    case Mark::Left:
    case Mark::Right:
    case Mark::Dot:
    case Mark::Plus:
    case Mark::Minus:
    case Mark::Times:
    case Mark::Divide:
    case Mark::Slash:
    case Mark::Star:
    case Mark::Bar:
    case Mark::Percent: return CompareOp::Equal;
  }
  return CompareOp::Equal;
}

ast::EndMark Builder::end_mark(antlr4::Token const* token) {
  if (token == nullptr) return ast::EndMark::Unmarked;
  return word(token) == Word::Is ? ast::EndMark::Included : ast::EndMark::Excluded;
}

ast::Bound Builder::bound(Huiyu::BoundContext* context) {
  if (broken(context)) return {CompareOp::Equal, hole(span(context)), span(context), false};
  // Civil Code, art. 1259: 以上 以下 以内 and their like include the number, 不满 超过 以外 do not.
  static constexpr Meaning<CompareOp> table[] = {
      {Word::Over, CompareOp::Greater},     {Word::Above, CompareOp::Greater},    {Word::Under, CompareOp::Less},
      {Word::Short, CompareOp::Less},       {Word::Below, CompareOp::Less},       {Word::Fewer, CompareOp::Less},
      {Word::NotBelow, CompareOp::AtLeast}, {Word::NotFewer, CompareOp::AtLeast}, {Word::NotAbove, CompareOp::AtMost},
      {Word::NotOver, CompareOp::AtMost},   {Word::OrMore, CompareOp::AtLeast},   {Word::OrLess, CompareOp::AtMost},
      {Word::Within, CompareOp::AtMost},
  };
  if (context->prefix != nullptr)
    return {meaning_of(table, word(context->prefix)), expr(context->value), span(context), false};
  CompareOp op = meaning_of(table, word(context->postfix));
  // `1000万元（不含）以上`
  if (end_mark(context->mark) == ast::EndMark::Excluded)
    op = op == CompareOp::AtLeast ? CompareOp::Greater : CompareOp::Less;
  return {op, limit(context->at), span(context), true};
}

// As the key of a row, 早于 and its like bound the subject.
ast::Bound Builder::date_bound(Huiyu::DateBoundContext* context) {
  Span const where = span(context);
  if (broken(context)) return {CompareOp::Equal, hole(where), where, false};
  static constexpr Meaning<CompareOp> table[] = {
      {Word::Before, CompareOp::Less},
      {Word::After, CompareOp::Greater},
      {Word::NotBefore, CompareOp::AtLeast},
      {Word::NotAfter, CompareOp::AtMost},
  };
  if (word(context->word) == Word::FirstAbove || word(context->word) == Word::FirstReached) {
    diagnostics_.add(where, diag::MisplacedPart, source_.slice(span(context->word)));
    return {CompareOp::Equal, hole(where), where, false};
  }
  return {meaning_of(table, word(context->word)), expr(context->value), where, false};
}

// `缴费月数 缺省 0个月` is still the fact.
bool Builder::ends_in_default(Huiyu::ExprContext const* context) {
  if (context == nullptr || context->terms.empty()) return false;
  std::vector<Huiyu::SuffixContext*> const& suffixes = context->terms.back()->suffixes;
  return !suffixes.empty() && suffixes.back()->word != nullptr && suffixes.back()->word->getType() == Huiyu::DEFAULT;
}

// `× 2 2000万元以上` reads as one number: after a formula that ends in a literal the prefix form is asked for.
void Builder::check_postfix(Huiyu::RelationContext* context) {
  auto const is_literal = [](antlr4::Token const* token) {
    std::size_t const type = token == nullptr ? 0 : token->getType();
    return type == Huiyu::NUMBER || type == Huiyu::DATE || type == Huiyu::ORDINAL || type == Huiyu::TOP;
  };
  antlr4::ParserRuleContext const* before = context->left;
  bool formula = true;  // the subject; later a bound that is one literal may stand before another
  for (Huiyu::BoundContext* const each : context->bounds) {
    if (broken(each)) return;
    bool const literal_before =
        before != nullptr && is_literal(before->stop) && !(formula && ends_in_default(context->left));
    bool const alone = before != nullptr && before->start == before->stop;
    // `A −5%以上` could also be meant as a difference.
    bool const sign = each->at != nullptr && each->at->minus != nullptr;
    if (each->postfix != nullptr && (sign || (literal_before && (formula || !alone)))) {
      Span const where = span(each);
      diag::Diagnostic& report = diagnostics_.add(where, diag::BoundAfterExpression, source_.slice(where));
      report.add_help(diag::note::PrefixForm);
      Word const way = word(each->postfix);
      std::string const prefix = way == Word::OrMore ? "不低于 " : "不高于 ";
      if (each->mark == nullptr) report.fix(where, prefix + std::string(source_.slice(span(each->at))));
      return;
    }
    formula = false;
    before = each->value;
  }
}

ast::Range Builder::range(Huiyu::RangeContext* context) {
  if (broken(context)) return {hole(span(context)), hole(span(context)), {}, {}};
  ast::Range range;
  range.low = limit(context->low);
  range.high = limit(context->high);
  range.low_mark = end_mark(context->lowMark);
  range.high_mark = end_mark(context->highMark);
  return range;
}

ExprId Builder::place(Huiyu::PlaceContext* context) {
  if (broken(context)) return hole(span(context));
  return context->plain != nullptr ? literal(context->plain) : path_expr(context->name);
}

Builder::Ids Builder::places(std::vector<Huiyu::PlaceContext*> const& contexts) {
  Ids out;
  for (Huiyu::PlaceContext* const each : contexts) out.push_back(place(each));
  return out;
}

}  // namespace huiyu::parse
