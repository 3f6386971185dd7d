#include "compiler/check/history.h"

#include <algorithm>

#include "compiler/ast/vocabulary.h"
#include "compiler/check/dates.h"
#include "compiler/check/expr.h"
#include "compiler/check/follow.h"
#include "compiler/check/import.h"
#include "runtime/base/fold.h"

namespace huiyu::check {
namespace {

constexpr std::string_view list_name = "历史", policy_name = "政策", item_name = "项目", year_name = "考核年度",
                           day_name = "日期", amount_name = "金额", tier_name = "档";

// The 结构 of payments: one for the program, made when first asked for.
bool is_payments(tir::Schema const& schema) { return schema.name == list_name && schema.span.empty(); }

std::optional<SchemaId> known_payments(Context const& context) {
  for (std::size_t i = 0; i < context.program.schemas.size(); ++i) {
    SchemaId const id{static_cast<std::int32_t>(i)};
    if (is_payments(context.program.schemas[id])) return id;
  }
  return std::nullopt;
}

tir::FieldId add_field(Context& context, SchemaId schema, std::string_view name, Type const& type,
                       types::NumberFormat const& format) {
  tir::Field made;
  made.name = name;
  made.schema = schema;
  made.type = type;
  made.format = format;
  // Payments are the books of whoever pays.
  made.source_kind = tir::SourceKind::Authoritative;
  auto const id = context.program.fields.add(std::move(made));
  context.program.schemas[schema].fields.push_back(id);
  return id;
}

SchemaId payments(Context& context) {
  if (auto const known = known_payments(context)) return *known;
  auto const id = context.program.schemas.add({std::string(list_name), {}, {}, {}});
  // No file sees it: only the words of this part read it.
  Symbol symbol;
  symbol.kind = SymbolKind::Schema;
  symbol.index = static_cast<std::size_t>(id.index);
  symbol.unit = context.units.size();
  context.schema_symbols.push_back(symbol);
  context.schema_is_item.push_back(true);
  for (auto const& [name, type] : {std::pair{policy_name, std::string_view("文本")},
                                   {item_name, "文本"},
                                   {year_name, "年度"},
                                   {day_name, "日期"},
                                   {amount_name, "金额"}}) {
    auto const row = types::find_builtin_type(type);
    context.fields[id][std::string(name)] = add_field(context, id, name, row->type, row->format);
  }
  return id;
}

// The rows of one record's payments.
struct Rows {
  RecordInScope record;
  tir::FieldId list{};
  tir::BindingId item{};
};

std::optional<Rows> rows_of(Context& context, Scope const& scope, Span span) {
  if (scope.records.empty() || !scope.records.front().schema.has_value()) {
    context.diagnostics.add(span, diag::NeedsHistory, source_text(context, span));
    return std::nullopt;
  }
  RecordInScope const record = scope.records.front();
  // Payments are those of the records that are matched; what others were paid is not read with them.
  if (is_pointed_at(context, record)) {
    context.diagnostics.add(
        span, diag::NotFollowed, record.name,
        diag::Phrase{"发放记录只有被匹配的记录自己的", "payments are those of the record that is matched"});
    return std::nullopt;
  }
  auto const list = history_field(context, schema_of_record(context, record), span);
  if (!list.has_value()) return std::nullopt;
  return Rows{record, list, tir::BindingId{scope.frame->next_binding++}};
}

// Which row of a ladder it was: asked for by 每档 alone, so that other books need not say it.
void add_tier(Context& context, Rows const& rows) {
  auto const schema = context.program.fields[rows.list].type.schema;
  if (context.fields[schema].contains(tier_name)) return;
  auto const text = types::find_builtin_type("文本");
  context.fields[schema][std::string(tier_name)] = add_field(context, schema, tier_name, text->type, text->format);
}

tir::ExprId column(Context& context, Rows const& rows, std::string_view name, Span span) {
  auto const schema = context.program.fields[rows.list].type.schema;
  auto const field = context.fields[schema].find(name)->second;
  return add(context, tir::FieldValue{rows.item, field}, context.program.fields[field].type, span);
}

tir::ExprId is_text(Context& context, Rows const& rows, std::string_view name, std::string const& text, Span span) {
  tir::ExprId const value = column(context, rows, name, span);
  return compare(context, tir::CompareOp::Equal, value, constant(context, text, plain_type(Kind::Text), span), span);
}

tir::ExprId of_policy(Context& context, Rows const& rows, std::span<std::string const> names, Span span) {
  std::vector<tir::ExprId> ways;
  for (auto const& name : names) ways.push_back(is_text(context, rows, policy_name, name, span));
  return disjunction(context, std::move(ways), span);
}

tir::ExprId exists(Context& context, Rows const& rows, tir::ExprId where, Span span) {
  return add(context, tir::Aggregate{tir::AggregateOp::Exists, rows.record.binding, rows.list, rows.item, {}, where},
             truth_type(), span);
}

tir::ExprId sum(Context& context, Rows const& rows, tir::ExprId where, Span span) {
  tir::ExprId const amount = column(context, rows, amount_name, span);
  return add(context, tir::Aggregate{tir::AggregateOp::Sum, rows.record.binding, rows.list, rows.item, amount, where},
             type_of(context, amount), span);
}

// 每家企业 beside a policy about loans: payments are known by the loan's key.
bool is_about(Context& context, Scope const& scope, std::string_view each, Span span) {
  auto const& schema = context.program.schemas[schema_of_record(context, scope.records.front())];
  bool const firm =
      each == "企业" && schema.key.has_value() && context.program.fields[schema.key].type.kind == Kind::CreditCode;
  if (firm || schema.name == each) return true;
  context.diagnostics.add(span, diag::HistoryOfOther,
                          "每" + std::string(each == "企业" ? "家" : "个") + std::string(each), schema.name);
  return false;
}

bool fits_subject(Context& context, Scope const& scope, ast::CapPer per, Span span) {
  switch (per) {
    case ast::CapPer::EachProject: return is_about(context, scope, "项目", span);
    case ast::CapPer::EachContract: return is_about(context, scope, "合同", span);
    case ast::CapPer::EachFirm: return is_about(context, scope, "企业", span);
    case ast::CapPer::EachYear:
    case ast::CapPer::EachCalendarYear:
    case ast::CapPer::Cumulative: return true;
  }
  return true;
}

// ---- how payments name a policy ----

ast::Attribute const* find(std::vector<ast::Attribute> const& attributes, ast::AttributeWord word) {
  auto const found = std::ranges::find(attributes, word, &ast::Attribute::word);
  return found == attributes.end() ? nullptr : &*found;
}

std::string id_of(ast::PolicyDecl const& decl, ast::DocumentDecl const* document) {
  auto const* id = find(decl.attributes, ast::AttributeWord::Id);
  if (id == nullptr && document != nullptr) id = find(document->attributes, ast::AttributeWord::Id);
  return id != nullptr && id->raw ? *id->raw : decl.name.text;
}

struct Known {
  ast::File const* file = nullptr;
  ast::PolicyDecl const* decl = nullptr;
  std::string id;
};

std::vector<Known> all_policies(Context const& context) {
  context.looked_beyond = true;
  std::vector<Known> found;
  for (auto const* file : context.units.front().files) {
    ast::DocumentDecl const* document = nullptr;
    for (auto const& declaration : file->declarations) {
      if (auto const* next = std::get_if<ast::DocumentDecl>(&declaration)) document = next;
      if (auto const* policy = std::get_if<ast::PolicyDecl>(&declaration))
        found.push_back({file, policy, id_of(*policy, document)});
    }
  }
  return found;
}

// `前身 "台政发〔2021〕3号" 稳增长补助`: names count; texts where there is no name, for they may be documents.
std::vector<std::string> predecessors(ast::File const& file, ast::PolicyDecl const& decl) {
  std::vector<std::string> names, texts;
  for (auto const& attribute : decl.attributes) {
    if (attribute.word != ast::AttributeWord::Predecessor) continue;
    for (auto const value : attribute.values) {
      auto const& kind = file.exprs[value].kind;
      if (auto const* reference = std::get_if<ast::Reference>(&kind); reference != nullptr)
        for (auto const& part : reference->path.parts) names.push_back(part.text);
      if (auto const* literal = std::get_if<ast::Literal>(&kind))
        if (auto const* text = std::get_if<ast::TextLiteral>(&literal->value)) texts.push_back(text->text);
    }
  }
  return names.empty() ? texts : names;
}

void add_own(std::vector<Known> const& all, Known const& policy, std::vector<std::string>& names) {
  names.push_back(policy.id);
  auto const& name = policy.decl->name.text;
  bool const shared = std::ranges::any_of(all, [&](Known const& other) {
    return other.decl != policy.decl && (other.decl->name.text == name || other.id == name);
  });
  if (!shared) names.push_back(name);
}

std::vector<std::string> names_of(std::vector<Known> const& all, Known const& policy) {
  std::vector<std::string> names;
  add_own(all, policy, names);
  for (auto const& old : predecessors(*policy.file, *policy.decl)) {
    names.push_back(old);
    for (auto const& other : all)
      if (other.decl != policy.decl && (other.decl->name.text == old || other.id == old)) add_own(all, other, names);
  }
  std::ranges::sort(names);
  auto const rest = std::ranges::unique(names);
  names.erase(rest.begin(), rest.end());
  return names;
}

// The policy that an argument names: a name, or a text for one that the project does not have.
struct Named {
  std::string id;
  std::vector<std::string> names;
};
diag::Phrase quote_it(Context const& context, Span word) {
  auto const text = source_text(context, word);
  return {"项目里已经没有的旧政策写在引号里：`\"" + text + "\"`",
          "put the name of an earlier policy that the project no longer has in quotation marks: `\"" + text + "\"`"};
}

// An earlier policy is no name of the project, so that the parser has said already that it does not know the word.
void quote_old_policy(Context& context, Span word) {
  for (auto& found : context.diagnostics.since(0))
    if (found.kind->code == diag::UnknownWord.info.code && found.where == word) found.add_help(quote_it(context, word));
}

std::optional<Named> named_policy(Context& context, ast::File const& file, ast::ExprId argument) {
  auto const& expr = file.exprs[argument];
  auto const all = all_policies(context);
  std::string name;
  if (auto const* literal = std::get_if<ast::Literal>(&expr.kind)) {
    auto const* text = std::get_if<ast::TextLiteral>(&literal->value);
    if (text != nullptr) name = text->text;
    if (text != nullptr && std::ranges::none_of(all, [&](Known const& policy) { return policy.id == name; }))
      return Named{name, {name}};
  }
  auto const* reference = std::get_if<ast::Reference>(&expr.kind);
  if (reference != nullptr && !reference->period && reference->path.parts.size() == 1) {
    if (!reference->path.parts.front().known) {
      quote_old_policy(context, expr.span);
      return std::nullopt;
    }
    name = reference->path.parts.front().text;
  }
  std::vector<Known> found;
  for (auto const& policy : all)
    if (policy.id == name || policy.decl->name.text == name) found.push_back(policy);
  if (found.size() == 1) return Named{found.front().id, names_of(all, found.front())};
  auto& diagnostic = context.diagnostics.add(expr.span, diag::NoSuchPolicy, source_text(context, expr.span));
  for (auto const& policy : found) diagnostic.label(policy.decl->name.span, diag::note::DeclaredHere);
  std::vector<std::string> others;
  for (auto const& policy : all) others.push_back(policy.decl->name.text);
  if (auto const near = nearest(name, others); near && found.empty())
    diagnostic.add_help(diag::note::DidYouMean, *near);
  if (found.empty()) diagnostic.add_help(quote_it(context, expr.span));
  return std::nullopt;
}

}  // namespace

tir::FieldId known_history(Context const& context, SchemaId schema) {
  for (auto const id : context.program.schemas[schema].fields)
    if (is_history(context, id)) return id;
  return {};
}

bool is_history(Context const& context, tir::FieldId field) {
  auto const& made = context.program.fields[field];
  return made.type.kind == Kind::List && is_payments(context.program.schemas[made.type.schema]);
}

bool is_payment(Context const& context, SchemaId schema) { return is_payments(context.program.schemas[schema]); }

bool names_policy(tir::Field const& field) { return field.name == policy_name; }

std::optional<std::string> payment_text(Context& context, ast::File const& file, ast::ExprId value, bool policy) {
  auto const* reference = std::get_if<ast::Reference>(&file.exprs[value].kind);
  if (reference == nullptr || reference->period || reference->path.parts.size() != 1) return std::nullopt;
  if (!policy) return reference->path.parts.front().text;
  auto const named = named_policy(context, file, value);
  return named ? std::optional(named->id) : std::nullopt;
}

tir::FieldId history_field(Context& context, SchemaId schema, Span use) {
  if (auto const known = known_history(context, schema); known.has_value()) return known;
  if (auto const own = context.fields[schema].find(list_name); own != context.fields[schema].end()) {
    context.diagnostics.add(use, diag::HistoryDeclared, context.program.schemas[schema].name)
        .label(context.program.fields[own->second].span, diag::note::DeclaredHere);
    return {};
  }
  Type type;
  type.kind = Kind::List;
  type.schema = payments(context);
  return add_field(context, schema, list_name, type, {});
}

std::vector<std::string> history_names(Context const& context, ast::File const& file, ast::PolicyDecl const& decl) {
  auto const all = all_policies(context);
  auto const known = std::ranges::find(all, &decl, &Known::decl);
  return names_of(all, known == all.end() ? Known{&file, &decl, decl.name.text} : *known);
}

tir::ExprId check_once(Context& context, Scope const& scope, ast::OnceLine const& line,
                       std::span<std::string const> names) {
  constexpr std::string_view each = "每家企业", project = "每个项目";
  if (line.per) {
    std::string_view const subject = line.per->text == each ? "企业" : line.per->text == project ? "项目" : "合同";
    if (!is_about(context, scope, subject, line.per->span)) return poison(context, line.span);
  }
  auto const rows = rows_of(context, scope, line.span);
  if (!rows) return poison(context, line.span);
  return negation(context, exists(context, *rows, of_policy(context, *rows, names, line.span), line.span), line.span);
}

bool once_each_tier(ast::OnceLine const& line) { return line.per && line.per->text == "每档"; }

namespace {

// The ladder that an amount is, under its caps and rounding.
tir::Choose const* ladder_of(Context const& context, tir::ExprId amount) {
  auto const& kind = context.program.exprs[amount].kind;
  if (auto const* cap = std::get_if<tir::Cap>(&kind)) return ladder_of(context, cap->operand);
  if (auto const* round = std::get_if<tir::Round>(&kind)) return ladder_of(context, round->operand);
  auto const* ladder = std::get_if<tir::Choose>(&kind);
  bool const one = ladder != nullptr && ladder->rule != tir::HitRule::Highest && ladder->rule != tir::HitRule::Sum;
  return one && !ladder->otherwise.has_value() ? ladder : nullptr;
}

// A row as payments name it: its key in Chinese words without blanks, full-width forms folded. A policy laid out in
// English asks for the same payments.
std::string tier_text(Context const& context, Span span) {
  auto const file = std::ranges::find(context.files, span.file, &ast::File::file);
  if (file == context.files.end()) return {};
  auto const& source = context.sources[span.file];
  std::string text;
  for (auto at =
           std::ranges::lower_bound((*file)->tokens, span.begin, {}, [](auto const& each) { return each.span.begin; });
       at != (*file)->tokens.end() && at->span.end <= span.end; ++at) {
    auto const& word = ast::info(static_cast<ast::Word>(at->keyword));
    bool const plain = at->kind != ast::TokenKind::Keyword || (word.acts & ast::acts::form) != 0;
    text += plain ? fold_full_width(source.slice(at->span)) : std::string(word.zh);
  }
  std::erase(text, ' ');
  return text;
}

}  // namespace

tir::ExprId check_once_each_tier(Context& context, Scope const& scope, ast::OnceLine const& line,
                                 std::span<std::string const> names, tir::Policy const& policy) {
  auto const* found = policy.items.size() == 1 ? ladder_of(context, policy.items.front().amount) : nullptr;
  if (found == nullptr) {
    // An amount that is wrong has been reported.
    if (policy.items.size() == 1 || !context.diagnostics.has_errors())
      context.diagnostics.add(line.span, diag::TierUnclear, policy.name);
    return poison(context, line.span);
  }
  auto const ladder = *found;
  auto const rows = rows_of(context, scope, line.span);
  if (!rows) return poison(context, line.span);
  add_tier(context, *rows);
  // Of each row: it is not this one, or it has not been paid.
  std::vector<tir::ExprId> all, earlier;
  for (auto const& row : ladder.rows) {
    auto at = *rows;
    at.item = tir::BindingId{scope.frame->next_binding++};
    std::vector<tir::ExprId> this_one = ladder.rule == tir::HitRule::First ? earlier : std::vector<tir::ExprId>{};
    this_one.push_back(row.condition);
    tir::ExprId const where = conjunction(context,
                                          {of_policy(context, at, names, line.span),
                                           is_text(context, at, tier_name, tier_text(context, row.span), line.span)},
                                          line.span);
    this_one.push_back(exists(context, at, where, line.span));
    all.push_back(negation(context, conjunction(context, std::move(this_one), line.span), line.span));
    earlier.push_back(negation(context, row.condition, line.span));
  }
  return conjunction(context, std::move(all), line.span);
}

tir::ExprId paid_before(Context& context, Scope const& scope, std::span<std::string const> names, bool this_year,
                        Span span) {
  auto const rows = rows_of(context, scope, span);
  if (!rows) return poison(context, span);
  std::vector<tir::ExprId> all{of_policy(context, *rows, names, span)};
  if (this_year) {
    tir::ExprId const now = add(context, tir::Input{tir::InputWord::ThisYear}, plain_type(Kind::Year), span);
    all.push_back(compare(context, tir::CompareOp::Equal, column(context, *rows, year_name, span), now, span));
  }
  return sum(context, *rows, conjunction(context, std::move(all), span), span);
}

std::vector<std::string> payment_names(Context const& context, tir::Policy const& policy) {
  auto const all = all_policies(context);
  for (auto const& known : all)
    if (known.decl->name.span == policy.span) return names_of(all, known);
  return {policy.id, policy.name};
}

tir::ExprId left_of_cap(Context& context, Scope const& scope, ast::CapClause const& cap, tir::ExprId bound,
                        std::span<std::string const> names, std::string_view item) {
  if (is_poison(context, bound)) return bound;
  if (cap.word != ast::CapWord::AtMost) {
    context.diagnostics.add(cap.span, diag::NeedsHistory, source_text(context, cap.span));
    return poison(context, cap.span);
  }
  auto const fits = [&](ast::CapPer per) { return fits_subject(context, scope, per, cap.span); };
  if (!std::ranges::all_of(cap.per, fits)) return poison(context, cap.span);
  auto const rows = rows_of(context, scope, cap.span);
  if (!rows) return poison(context, cap.span);
  std::vector<tir::ExprId> all{of_policy(context, *rows, names, cap.span)};
  if (!item.empty()) all.push_back(is_text(context, *rows, item_name, std::string(item), cap.span));
  for (auto const per : cap.per) {
    Type const year = plain_type(Kind::Year);
    if (per == ast::CapPer::EachYear) {
      tir::ExprId const now = add(context, tir::Input{tir::InputWord::ThisYear}, year, cap.span);
      tir::ExprId const then = column(context, *rows, year_name, cap.span);
      all.push_back(compare(context, tir::CompareOp::Equal, then, now, cap.span));
    }
    if (per == ast::CapPer::EachCalendarYear) {
      tir::ExprId const now = year_of(context, as_of(context, cap.span), cap.span);
      tir::ExprId const then = year_of(context, column(context, *rows, day_name, cap.span), cap.span);
      all.push_back(compare(context, tir::CompareOp::Equal, then, now, cap.span));
    }
  }
  tir::ExprId const paid = sum(context, *rows, conjunction(context, std::move(all), cap.span), cap.span);
  tir::ExprId const left = arithmetic(context, tir::ArithmeticOp::Subtract, bound, paid, cap.span);
  if (is_poison(context, left)) return left;
  Type const type = type_of(context, left);
  return add(context, tir::Cap{false, left, number(context, 0, type.unit, cap.span)}, type, cap.span);
}

tir::ExprId check_paid(Context& context, Scope const& scope, ast::Call const& call, Span span) {
  if (call.arguments.size() != 1 || call.each.has_value() || call.where.has_value()) {
    context.diagnostics.add(span, diag::ArgumentCount, call.callee.text, 1,
                            static_cast<diag::Count>(call.arguments.size()));
    return poison(context, span);
  }
  auto const named = named_policy(context, *scope.file, call.arguments.front());
  if (!named) return poison(context, span);
  auto const rows = rows_of(context, scope, span);
  if (!rows) return poison(context, span);
  tir::ExprId const where = of_policy(context, *rows, named->names, span);
  return call.callee.text == "已享受" ? exists(context, *rows, where, span) : sum(context, *rows, where, span);
}

}  // namespace huiyu::check
