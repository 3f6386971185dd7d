#include "compiler/parse/builder.h"

namespace huiyu::parse {
namespace {

using ast::ExprId;
using ast::HitRule;
using ast::Word;

constexpr Meaning<HitRule> hit_rules[] = {
    {Word::Unique, HitRule::Unique},
    {Word::First, HitRule::First},
    {Word::HighestHit, HitRule::Highest},
    {Word::SumHit, HitRule::Sum},
};

}  // namespace

ExprId Builder::whole(Huiyu::WholeContext* context) {
  if (broken(context)) return hole(span(context));
  if (context->isTable != nullptr) return table(context->isTable);
  return with_tails(amount(context->value), context->tails);
}

ExprId Builder::amount(Huiyu::AmountContext* context) {
  if (broken(context)) return hole(span(context));
  if (context->isLadder != nullptr) return ladder(context->isLadder);
  if (context->isList != nullptr) return list(context->isList);
  return cond(context->isCond);
}

// ---- rows ----

ExprId Builder::ladder(Huiyu::LadderContext* context) {
  if (broken(context)) return hole(span(context));
  ast::Ladder ladder;
  ladder.marginal = word(context->word) == Word::Brackets;
  if (context->hit != nullptr) ladder.hit = meaning_of(hit_rules, word(context->hit));
  if (context->subject != nullptr) ladder.subject = expr(context->subject);
  for (Huiyu::RowContext* const row : context->rows) {
    // A row that cannot be read leaves the ladder unknown: one row less would be another rule.
    if (broken(row)) return hole(span(context));
    ast::RowKey key = row_key(row->key, context->subject != nullptr);
    ladder.rows.push_back({std::move(key), cond(row->value), span(row)});
  }
  return add(std::move(ladder), span(context));
}

ast::RowKey Builder::row_key(Huiyu::RowKeyContext* context, bool has_subject) {
  ast::RowKey key;
  key.span = span(context);
  if (broken(context)) {
    key.condition = hole(key.span);
    return key;
  }
  key.otherwise = context->otherwise != nullptr;
  for (Huiyu::BoundContext* const each : context->bounds) key.bounds.push_back(bound(each));
  for (Huiyu::DateBoundContext* const each : context->dates) key.bounds.push_back(date_bound(each));
  if (context->span_ != nullptr) key.range = add(range(context->span_), key.span);
  for (Huiyu::ConstantContext* const each : context->values) key.values.push_back(constant(each));
  key.except = places(context->except);
  if (context->condition == nullptr) return key;
  ExprId const condition = cond(context->condition);
  // One value of the subject reads like a condition that is a name: `A：农林牧渔`.
  ast::ExprKind const& kind = file_.exprs[condition].kind;
  bool const value = std::holds_alternative<ast::Reference>(kind) || std::holds_alternative<ast::Literal>(kind);
  if (has_subject && value)
    key.values.push_back(condition);
  else
    key.condition = condition;
  return key;
}

// ---- tables ----

ExprId Builder::table(Huiyu::TableContext* context) {
  if (broken(context)) return hole(span(context));
  ast::Table table;
  if (context->hit != nullptr) table.hit = meaning_of(hit_rules, word(context->hit));
  if (context->subject != nullptr) table.subject = expr(context->subject);
  for (Huiyu::LetterContext* const each : context->letters) {
    if (broken(each)) return hole(span(context));
    table.abbreviations.push_back({name(each->name), expr(each->value), unit(each->unit), span(each)});
  }
  if (broken(context->header)) return hole(span(context));
  table.corner = name(context->header->corner);
  for (Huiyu::ConstantContext* const each : context->header->classes) table.header.push_back(constant(each));
  for (Huiyu::TableRowContext* const each : context->rows) {
    if (broken(each)) return hole(span(context));
    ast::TableRow row{row_key(each->key, true), {}, span(each)};
    for (Huiyu::CellContext* const one : each->cells) row.cells.push_back(cell(one));
    if (row.cells.size() != table.header.size()) {
      diagnostics_
          .add(row.span, diag::CellCount, static_cast<diag::Count>(row.cells.size()),
               static_cast<diag::Count>(table.header.size()))
          .label(span(context->header), diag::note::HeaderHere);
      return hole(span(context));
    }
    table.rows.push_back(std::move(row));
  }
  return add(std::move(table), span(context));
}

ast::Cell Builder::cell(Huiyu::CellContext* context) {
  ast::Cell cell;
  cell.span = span(context);
  if (broken(context)) return cell;
  cell.otherwise = context->otherwise != nullptr;
  cell.dash = context->dash != nullptr;
  for (Huiyu::ComparisonContext* const each : context->conditions) {
    if (broken(each)) {
      cell.conditions.push_back(hole(span(each)));
      continue;
    }
    ast::Compare compare;
    for (Huiyu::ConstantContext* const operand : each->operands) compare.operands.push_back(constant(operand));
    for (antlr4::Token* const op : each->ops) compare.ops.push_back(compare_op(lexeme(op).mark));
    cell.conditions.push_back(add(std::move(compare), span(each)));
  }
  return cell;
}

// ---- caps, rounding and 当 after a value ----

ExprId Builder::with_tails(ExprId value, std::vector<Huiyu::TailContext*> const& tails) {
  for (Huiyu::TailContext* const tail : tails) {
    Span const where = join(span_of(value), span(tail));
    if (broken(tail)) return hole(where);
    if (tail->atMost != nullptr) {
      ast::CapClause const cap = cap_clause(tail->atMost);
      value = add(ast::Cap{cap.word, value, cap.bound, cap.per, cap.span}, where);
    } else if (tail->rounded != nullptr) {
      value = with_rounding(value, tail->rounded);
    } else if (tail->when != nullptr) {
      value = add(ast::WhenPart{value, cond(tail->when)}, where);
    } else if (tail->cite != nullptr) {
      file_.exprs[value].citation = citation(tail->cite);
    } else {
      diagnostics_.add(span(tail), diag::MisplacedPart, source_.slice(span(tail->start)));
    }
  }
  return value;
}

ast::Round Builder::round_of(Huiyu::RoundingContext* context) {
  using ast::RoundingWord;
  static constexpr Meaning<RoundingWord> table[] = {
      {Word::HalfUp, RoundingWord::HalfUp},
      {Word::Down, RoundingWord::Down},
      {Word::Up, RoundingWord::Up},
      {Word::HalfEven, RoundingWord::HalfEven},
  };
  ast::Round round;
  if (broken(context)) return round;
  if (context->how != nullptr) round.mode = meaning_of(table, word(context->how));
  if (context->unit != nullptr) round.to = unit(context->unit);
  if (context->digits != nullptr) round.digits = whole_number(context->digits);
  return round;
}

ExprId Builder::with_rounding(ExprId value, Huiyu::RoundingContext* context) {
  ast::Round round = round_of(context);
  round.operand = value;
  return add(round, join(span_of(value), span(context)));
}

}  // namespace huiyu::parse
