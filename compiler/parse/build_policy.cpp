#include "compiler/parse/builder.h"

namespace huiyu::parse {

std::optional<ast::Name> Builder::once_per(antlr4::Token* token) {
  auto per = optional_name(token);
  if (per && word(token) != ast::Word::None) per->text = ast::info(word(token)).zh;
  return per;
}

using ast::ExprId;
using ast::Word;

ast::PolicyDecl Builder::policy(Huiyu::PolicyContext* context) {
  ast::PolicyDecl decl;
  decl.name = name(context->name);
  for (Huiyu::AttributeContext* const each : context->attributes) {
    if (broken(each)) continue;
    // `只奖一次` may stand in the head and means what it means on a line of its own.
    if (each->once != nullptr)
      decl.lines.emplace_back(ast::OnceLine{once_per(each->per), span(each)});
    else
      decl.attributes.push_back(attribute(each));
  }
  for (Huiyu::PolicyLineContext* const each : context->lines) {
    decl.lines.push_back(policy_line(each));
    for (ast::PolicyLine& behind : lines_behind_) decl.lines.push_back(std::move(behind));
    lines_behind_.clear();
  }
  return decl;
}

ast::Attribute Builder::attribute(Huiyu::AttributeContext* context) {
  using ast::AttributeWord;
  static constexpr Meaning<AttributeWord> table[] = {
      {Word::Id, AttributeWord::Id},
      {Word::Board, AttributeWord::Board},
      {Word::AssessmentYear, AttributeWord::AssessmentYear},
      {Word::Payout, AttributeWord::Payout},
      {Word::Region, AttributeWord::Region},
      {Word::Validity, AttributeWord::Validity},
      {Word::DocumentNumber, AttributeWord::DocumentNumber},
      {Word::Issuer, AttributeWord::Issuer},
      {Word::Department, AttributeWord::Department},
      {Word::Predecessor, AttributeWord::Predecessor},
      {Word::AsOf, AttributeWord::AsOf},
      {Word::FilingYear, AttributeWord::FilingYear},
  };
  ast::Attribute out;
  out.span = span(context);
  out.word_span = span(context->start);
  if (context->cite != nullptr) {
    out.word = AttributeWord::Citation;
    out.raw = citation(context->cite);
    return out;
  }
  out.word = meaning_of(table, word(context->word));
  if (context->raw != nullptr) out.raw = raw_of(context->raw);
  for (Huiyu::ConstantContext* const each : context->values) out.values.push_back(constant(each));
  if (context->upper != nullptr && !out.values.empty()) {
    ExprId const high = constant(context->upper);
    Span const where = join(span_of(out.values.back()), span_of(high));
    out.values.back() = add(ast::Range{out.values.back(), high, {}, {}}, where);
  }
  if (context->of != nullptr) out.place_of = path(context->of);
  return out;
}

ast::PolicyLine Builder::policy_line(Huiyu::PolicyLineContext* context) {
  Span const where = span(context);
  if (broken(context)) return ast::HoleLine{where};
  if (auto* const line = dynamic_cast<Huiyu::SubjectLineContext*>(context)) {
    ExprId const filter = line->where == nullptr ? ExprId{} : clause(line->where);
    return ast::SubjectLine{name(line->schemaName), filter, where};
  }
  if (auto* const line = dynamic_cast<Huiyu::ConditionLineContext*>(context))
    return ast::ConditionLine{line_condition(line->condition), where};
  if (auto* const line = dynamic_cast<Huiyu::ExclusionLineContext*>(context))
    return ast::ExclusionLine{line_condition(line->condition), where};
  if (auto* const line = dynamic_cast<Huiyu::ItemLineContext*>(context)) return item(line);
  if (auto* const line = dynamic_cast<Huiyu::CapLineContext*>(context)) {
    ast::CapLine caps{{}, where};
    for (Huiyu::CapContext* const each : line->caps) caps.caps.push_back(cap_clause(each));
    return caps;
  }
  if (auto* const line = dynamic_cast<Huiyu::ConclusionLineContext*>(context)) return conclusion(line);
  if (auto* const line = dynamic_cast<Huiyu::OnceLineContext*>(context))
    return ast::OnceLine{once_per(line->per), where};
  if (auto* const line = dynamic_cast<Huiyu::ShareLineContext*>(context))
    return ast::ShareLine{shares(line->shares), where};
  if (auto* const line = dynamic_cast<Huiyu::RequirementLineContext*>(context)) {
    ast::RequirementLine requirement{{}, where};
    for (antlr4::Token* const each : line->words) requirement.words.push_back(name(each));
    return requirement;
  }
  if (auto* const line = dynamic_cast<Huiyu::AlertLineContext*>(context); line != nullptr && !broken(line->body)) {
    ast::AlertDecl decl = alert(line->body);
    decl.span = where;
    return decl;
  }
  if (auto* const line = dynamic_cast<Huiyu::SelectionLineContext*>(context);
      line != nullptr && !broken(line->selected))
    return selection(line->selected);
  if (auto* const line = dynamic_cast<Huiyu::ScheduleLineContext*>(context); line != nullptr && !broken(line->paid))
    return schedule(line->paid);
  if (auto* const line = dynamic_cast<Huiyu::ReclaimLineContext*>(context))
    return ast::ReclaimLine{name(line->what), literal(line->share_), clause(line->condition), where};
  return ast::HoleLine{where};
}

// ---- items ----

ast::ItemLine Builder::item(Huiyu::ItemLineContext* context) {
  using ast::ItemWord;
  static constexpr Meaning<ItemWord> table[] = {
      {Word::Grant, ItemWord::Grant},     {Word::Award, ItemWord::Award},
      {Word::Subsidy, ItemWord::Subsidy}, {Word::InterestSubsidy, ItemWord::InterestSubsidy},
      {Word::Support, ItemWord::Support}, {Word::Refund, ItemWord::Refund},
  };
  ast::ItemLine line;
  line.span = span(context);
  line.word = meaning_of(table, word(context->word));
  line.name = optional_name(context->name);
  line.amount = amount(context->value);
  for (Huiyu::TailContext* const tail : context->tails) {
    if (broken(tail)) continue;
    bool repeated = false;
    if (tail->atMost != nullptr) {
      line.caps.push_back(cap_clause(tail->atMost));
    } else if (tail->rounded != nullptr) {
      repeated = line.rounding.has_value();
      line.rounding = round_of(tail->rounded);
    } else if (tail->when != nullptr) {
      repeated = line.when.has_value();
      line.when = cond(tail->when);
    } else if (tail->cite != nullptr) {
      repeated = line.citation.has_value();
      line.citation = citation(tail->cite);
    } else if (tail->selected != nullptr) {
      lines_behind_.emplace_back(selection(tail->selected));
    } else if (tail->paid != nullptr) {
      lines_behind_.emplace_back(schedule(tail->paid));
    } else {
      repeated = !line.shares.empty();
      line.shares = shares(tail->shares);
    }
    if (repeated) diagnostics_.add(span(tail), diag::RepeatedPart, source_.slice(span(tail)));
  }
  return line;
}

ast::CapClause Builder::cap_clause(Huiyu::CapContext* context) {
  ast::CapClause cap;
  cap.span = span(context);
  if (broken(context)) {
    cap.bound = hole(cap.span);
    return cap;
  }
  cap.word = word(context->word) == Word::AtMost ? ast::CapWord::AtMost : ast::CapWord::AtLeast;
  cap.bound = expr(context->most);
  cap.per = periods(context->per);
  return cap;
}

std::vector<ast::ShareOf> Builder::shares(std::vector<Huiyu::ShareContext*> const& contexts) {
  std::vector<ast::ShareOf> out;
  for (Huiyu::ShareContext* const each : contexts)
    if (!broken(each)) out.push_back({name(each->party), literal(each->part), span(each)});
  return out;
}

ast::ScheduleLine Builder::schedule(Huiyu::ScheduleContext* context) {
  ast::ScheduleLine line;
  line.span = span(context);
  if (context->count != nullptr) line.count = literal(context->count);
  for (Huiyu::InstalmentContext* const each : context->parts)
    if (!broken(each))
      line.parts.push_back({name(each->name), each->plain != nullptr ? literal(each->plain) : ExprId{}, span(each)});
  return line;
}

// ---- conclusions and alerts ----

ast::ConclusionLine Builder::conclusion(Huiyu::ConclusionLineContext* context) {
  using ast::ConclusionWord;
  static constexpr Meaning<ConclusionWord> table[] = {
      {Word::Classify, ConclusionWord::Classify},
      {Word::Enlist, ConclusionWord::Enlist},
      {Word::Dispose, ConclusionWord::Dispose},
      {Word::Assess, ConclusionWord::Assess},
  };
  ast::ConclusionLine line;
  line.span = span(context);
  line.word = meaning_of(table, word(context->word));
  line.name = optional_name(context->name);
  ExprId value = amount(context->value);
  std::vector<Huiyu::TailContext*> rest;
  for (Huiyu::TailContext* const tail : context->tails) {
    if (!broken(tail) && tail->when != nullptr && !line.when.has_value())
      line.when = cond(tail->when);
    else if (!broken(tail) && tail->cite != nullptr && !line.citation)
      line.citation = citation(tail->cite);
    else if (!broken(tail) && tail->selected != nullptr)
      lines_behind_.emplace_back(selection(tail->selected));
    else
      rest.push_back(tail);
  }
  line.value = with_tails(value, rest);
  return line;
}

ast::AlertDecl Builder::alert(Huiyu::AlertContext* context) {
  ast::AlertDecl decl;
  decl.name = name(context->name);
  decl.span = span(context);
  for (Huiyu::AlertRowContext* const each : context->rows) {
    if (broken(each)) continue;
    ast::AlertRow row{{}, cond(each->condition), citation(each->cite), span(each)};
    for (antlr4::Token* const label : each->labels) row.labels.push_back(name(label));
    decl.rows.push_back(std::move(row));
  }
  return decl;
}

}  // namespace huiyu::parse
