#include "compiler/parse/builder.h"

namespace huiyu::parse {

using ast::Word;

namespace {

constexpr Meaning<ast::Manner> manners[] = {
    {Word::Proportionally, ast::Manner::Proportionally},
    {Word::InMemberOrder, ast::Manner::InMemberOrder},
    {Word::FirstFiled, ast::Manner::FirstFiled},
};

constexpr Meaning<ast::GroupRule> rules[] = {
    {Word::HighestOnly, ast::GroupRule::HighestOnly},
    {Word::OneOnly, ast::GroupRule::OneOnly},
    {Word::TopUp, ast::GroupRule::TopUp},
};

}  // namespace

ast::OrderWord Builder::order(antlr4::Token const* token) {
  bool const descending = word(token) == Word::HighToLow || word(token) == Word::LateToEarly;
  return descending ? ast::OrderWord::Descending : ast::OrderWord::Ascending;
}

std::vector<ast::Name> Builder::names(std::vector<antlr4::Token*> const& tokens) {
  std::vector<ast::Name> out;
  for (antlr4::Token* const each : tokens) out.push_back(name(each));
  return out;
}

ast::SelectionLine Builder::selection(Huiyu::SelectionContext* context) {
  ast::SelectionLine line;
  line.span = span(context);
  line.by = expr(context->by);
  line.order = order(context->order);
  // 不少于 and 不低于 take ties in, 不超过 and 不高于 do not; the checker refuses the other words.
  static constexpr Meaning<ast::CompareOp> table[] = {
      {Word::Over, ast::CompareOp::Greater},     {Word::Above, ast::CompareOp::Greater},
      {Word::Under, ast::CompareOp::Less},       {Word::Short, ast::CompareOp::Less},
      {Word::Below, ast::CompareOp::Less},       {Word::Fewer, ast::CompareOp::Less},
      {Word::NotBelow, ast::CompareOp::AtLeast}, {Word::NotFewer, ast::CompareOp::AtLeast},
      {Word::NotAbove, ast::CompareOp::AtMost},  {Word::NotOver, ast::CompareOp::AtMost},
  };
  line.count_op = meaning_of(table, word(context->how));
  line.count = expr(context->count);
  if (context->tie != nullptr) {
    line.tie = expr(context->tie);
    line.tie_order = order(context->tieOrder);
  }
  return line;
}

ast::GroupDecl Builder::group(Huiyu::GroupContext* context) {
  ast::GroupDecl decl;
  decl.name = name(context->name);
  std::vector<antlr4::Token*> per;
  for (Huiyu::GroupWordContext* const each : context->words) {
    if (broken(each)) continue;
    if (each->per != nullptr) {
      per.push_back(each->per);
    } else if (each->one != nullptr) {
      decl.rules.emplace_back(meaning_of(rules, word(each->one)), span(each));
    } else if (each->most != nullptr) {
      ast::CapWord const cap = word(each->word) == Word::AtMost ? ast::CapWord::AtMost : ast::CapWord::AtLeast;
      decl.limits.push_back({cap, expr(each->most), {}, span(each)});
    } else if (each->how != nullptr) {
      decl.cuts.emplace_back(meaning_of(manners, word(each->how)), span(each));
    } else {
      for (ast::Name& other : names(each->others)) decl.ahead_of.push_back(std::move(other));
    }
  }
  decl.per = periods(per);
  for (Huiyu::MemberLineContext* const each : context->members)
    if (!broken(each)) decl.members.push_back(member_line(each));
  return decl;
}

ast::MemberLine Builder::member_line(Huiyu::MemberLineContext* context) {
  using ast::AttributeWord;
  static constexpr Meaning<AttributeWord> table[] = {
      {Word::Id, AttributeWord::Id},
      {Word::Board, AttributeWord::Board},
      {Word::Payout, AttributeWord::Payout},
      {Word::Department, AttributeWord::Department},
      {Word::Issuer, AttributeWord::Issuer},
      {Word::AssessmentYear, AttributeWord::AssessmentYear},
      {Word::Region, AttributeWord::Region},
      {Word::Validity, AttributeWord::Validity},
      {Word::DocumentNumber, AttributeWord::DocumentNumber},
      {Word::Predecessor, AttributeWord::Predecessor},
      {Word::AsOf, AttributeWord::AsOf},
      {Word::FilingYear, AttributeWord::FilingYear},
  };
  ast::MemberLine line;
  line.span = span(context);
  line.names = names(context->names);
  for (Huiyu::MemberTestContext* const each : context->tests) {
    if (broken(each)) continue;
    ast::MemberTest test;
    test.word = meaning_of(table, word(each->word));
    test.span = span(each);
    for (Huiyu::ConstantContext* const value : each->values) test.values.push_back(constant(value));
    line.tests.push_back(std::move(test));
  }
  return line;
}

ast::BudgetDecl Builder::budget(Huiyu::BudgetContext* context) {
  ast::BudgetDecl decl;
  decl.name = name(context->name);
  decl.pool = expr(context->pool);
  decl.per = periods(context->per);
  for (Huiyu::BudgetStageContext* const each : context->stages)
    if (!broken(each)) decl.stages.push_back({name(each->name), literal(each->part), span(each)});
  for (Huiyu::BudgetWordContext* const each : context->words) {
    if (broken(each)) continue;
    if (!each->names.empty()) {
      for (ast::Name& policy : names(each->names)) decl.used_for.push_back(std::move(policy));
    } else if (each->how != nullptr) {
      decl.overruns.push_back({meaning_of(manners, word(each->how)), {}, {}, span(each)});
    } else if (each->by != nullptr) {
      decl.overruns.push_back({ast::Manner::Ranked, expr(each->by), order(each->order), span(each)});
    } else if (each->weight != nullptr) {
      decl.weights.emplace_back(expr(each->weight), span(each));
    } else if (each->most != nullptr) {
      ast::CapWord const cap = word(each->word) == Word::AtMost ? ast::CapWord::AtMost : ast::CapWord::AtLeast;
      decl.each.push_back({cap, expr(each->most), {}, span(each)});
    } else {
      decl.remainder.emplace_back(word(each->rest) == Word::SharedAgain, span(each));
    }
  }
  return decl;
}

ast::CohortDecl Builder::cohort(Huiyu::CohortContext* context) {
  ast::CohortDecl decl;
  decl.name = name(context->name);
  for (Huiyu::CohortWordContext* const each : context->words) {
    if (broken(each)) continue;
    if (each->schemaName != nullptr) {
      decl.subjects.push_back(name(each->schemaName));
    } else if (each->whole_ != nullptr) {
      decl.complete.push_back(span(each));
    } else if (each->condition != nullptr) {
      decl.conditions.push_back(cond(each->condition));
    } else if (!each->by.empty()) {
      std::vector<ast::ExprId> keys;
      for (Huiyu::ExprContext* const key : each->by) keys.push_back(expr(key));
      decl.groupings.emplace_back(std::move(keys), span(each));
    } else {
      decl.lacking.emplace_back(word(each->how) == Word::NotCounted, span(each));
    }
  }
  return decl;
}

// A row is a definition about the records that are made.
ast::TallyDecl Builder::tally(Huiyu::TallyContext* context) {
  ast::TallyDecl decl;
  decl.name = name(context->name);
  for (Huiyu::PathContext* const each : context->by)
    if (!broken(each)) decl.by.push_back(path(each));
  for (Huiyu::TallyRowContext* const each : context->rows) {
    if (broken(each)) continue;
    ast::DefinitionDecl row;
    ast::Name const own = name(each->name);
    row.name = {{decl.name, own}, own.span};
    row.span = span(each);
    row.type = type_name(each->type_, row.span);
    if (!broken(each->headRounding)) {
      ast::Round const round = round_of(each->headRounding);
      row.rounding = round.mode;
      row.digits = round.digits;
    }
    row.value = cond(each->value);
    decl.rows.push_back(std::move(row));
  }
  return decl;
}

}  // namespace huiyu::parse
