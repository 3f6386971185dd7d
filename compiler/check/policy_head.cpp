#include <algorithm>

#include "compiler/check/expr.h"
#include "compiler/check/policy.h"
#include "compiler/check/units.h"
#include "compiler/source/articles.h"
#include "runtime/base/civil.h"

namespace huiyu::check {
namespace {

// The head line of the policy, and below it what its 文件 says for all.
class Head {
 public:
  Head(Context& context, Scope const& scope, ast::PolicyDecl const& decl, ast::DocumentDecl const* document,
       tir::Policy& policy)
      : context_(context), scope_(scope), decl_(decl), document_(document), policy_(policy) {}

  void check() {
    broken_ = decl_.name.text.empty() || head_is_broken();
    report_doubles();
    policy_.id = text_of(ast::AttributeWord::Id);
    if (policy_.id.empty()) policy_.id = decl_.name.text;
    policy_.citation = text_of(ast::AttributeWord::Citation);
    if (policy_.citation.empty())
      policy_.citation = article_above(context_.sources[decl_.name.span.file], decl_.name.span.begin);
    policy_.board = text_of(ast::AttributeWord::Board);
    policy_.payout = text_of(ast::AttributeWord::Payout);
    policy_.department = text_of(ast::AttributeWord::Department);
    check_board();
    check_place();
    check_validity();
    check_year();
  }

 private:
  ast::Attribute const* own(ast::AttributeWord word) const {
    for (auto const& attribute : decl_.attributes)
      if (attribute.word == word) return &attribute;
    return nullptr;
  }
  ast::Attribute const* find(ast::AttributeWord word) const {
    if (auto const* found = own(word)) return found;
    if (document_ == nullptr) return nullptr;
    for (auto const& attribute : document_->attributes)
      if (attribute.word == word) return &attribute;
    return nullptr;
  }

  void report_doubles() {
    for (std::size_t i = 0; i < decl_.attributes.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (decl_.attributes[i].word == decl_.attributes[k].word)
          context_.diagnostics
              .add(decl_.attributes[i].span, diag::AttributeTwice, source_text(context_, decl_.attributes[i].word_span))
              .label(decl_.attributes[k].span, diag::note::AlsoHere);
  }

  // Labels are not looked up: they are what is written.
  std::string text_of(ast::AttributeWord word) const {
    auto const* attribute = find(word);
    if (attribute == nullptr) return {};
    if (attribute->raw) return *attribute->raw;
    std::string text;
    for (auto const value : attribute->values) text += (text.empty() ? "" : "、") + label(value);
    return text;
  }
  std::string label(ast::ExprId value) const {
    auto const& expr = scope_.expr(value);
    if (auto const* literal = std::get_if<ast::Literal>(&expr.kind))
      if (auto const* text = std::get_if<ast::TextLiteral>(&literal->value)) return text->text;
    if (auto const* reference = std::get_if<ast::Reference>(&expr.kind);
        reference != nullptr && !reference->period && !reference->path.parts.empty()) {
      std::string joined;
      for (auto const& part : reference->path.parts) joined += (joined.empty() ? "" : ".") + part.text;
      return joined;
    }
    return source_text(context_, expr.span);
  }
  bool is_word(ast::Attribute const& attribute, std::string_view word) const {
    return attribute.values.size() == 1 && label(attribute.values.front()) == word;
  }

  // Whether something of the head's line was refused: what it then lacks is a consequence.
  bool head_is_broken() const {
    Span const name = decl_.name.span;
    auto const end = std::min(context_.sources[name.file].text().find('\n', name.begin), std::size_t{UINT32_MAX});
    return std::ranges::any_of(context_.diagnostics.all(), [&](diag::Diagnostic const& found) {
      return found.kind->severity == diag::Severity::Error && found.where.file == name.file &&
             found.where.end > name.begin && found.where.begin <= end;
    });
  }

  // ---- 看板 ----

  // A clause counts under one board. Where the project lists its boards (名录 看板), it is one of those.
  void check_board() {
    auto const* attribute = find(ast::AttributeWord::Board);
    if (attribute == nullptr || attribute->values.empty()) return;
    if (attribute->values.size() > 1)
      context_.diagnostics.add(scope_.expr(attribute->values[1]).span, diag::TwoBoards, decl_.name.text)
          .label(scope_.expr(attribute->values[0]).span, diag::note::AlsoHere);
    auto const symbol = context_.view->symbols.find("看板");
    if (symbol == context_.view->symbols.end() || symbol->second.kind != SymbolKind::Enumeration) return;
    auto const& list = context_.program.enumerations[EnumerationId{static_cast<std::int32_t>(symbol->second.index)}];
    for (auto const value : attribute->values) {
      std::string const name = label(value);
      if (std::ranges::find(list.entries, name) != list.entries.end()) continue;
      auto& found = context_.diagnostics.add(scope_.expr(value).span, diag::UnknownBoard, name);
      found.label(symbol->second.span, diag::note::DeclaredHere);
      if (auto const near = nearest(name, list.entries)) found.add_help(diag::note::DidYouMean, *near);
    }
  }

  // ---- 辖区 ----

  void check_place() {
    auto const* attribute = find(ast::AttributeWord::Region);
    if (attribute == nullptr && broken_) return;
    if (attribute == nullptr) {
      context_.diagnostics.add(decl_.name.span, diag::PlaceMissing, decl_.name.text).add_help(diag::note::PlaceHelp);
      return;
    }
    policy_.place_text = text_of(ast::AttributeWord::Region);
    if (is_word(*attribute, "全国")) return;
    auto const subject = place_subject(*attribute);
    if (!subject) return;
    tir::ExprId const place = membership_of(context_, scope_, *subject, attribute->values, {}, attribute->span);
    if (!is_poison(context_, place)) policy_.place = place;
  }

  std::optional<tir::ExprId> place_subject(ast::Attribute const& attribute) {
    Type region = plain_type(Kind::Code);
    region.system = codes::CodeSystem::Region;
    if (attribute.place_of) {
      tir::ExprId const value = expect_type(
          context_,
          check_reference(context_, scope_, {std::nullopt, *attribute.place_of}, nullptr, attribute.place_of->span),
          region);
      return is_poison(context_, value) ? std::nullopt : std::optional(value);
    }
    std::vector<tir::FieldId> fields;
    for (auto const id : context_.program.schemas[policy_.subject].fields)
      if (context_.program.fields[id].type == region && context_.program.fields[id].series == tir::SeriesStep::None)
        fields.push_back(id);
    if (fields.size() == 1)
      return add(context_, tir::FieldValue{tir::BindingId{0}, fields.front()}, region, attribute.span);
    auto& diagnostic = context_.diagnostics.add(attribute.span, diag::PlaceFieldUnclear,
                                                context_.program.schemas[policy_.subject].name);
    for (auto const id : fields) diagnostic.label(context_.program.fields[id].span, diag::note::DeclaredHere);
    diagnostic.add_help(diag::note::PlaceFieldHelp);
    return std::nullopt;
  }

  // ---- 有效 ----

  void check_validity() {
    auto const* attribute = find(ast::AttributeWord::Validity);
    if (attribute == nullptr && broken_) return;
    if (attribute == nullptr) {
      context_.diagnostics.add(decl_.name.span, diag::ValidityMissing, decl_.name.text)
          .add_help(diag::note::ValidityHelp);
      return;
    }
    if (is_word(*attribute, "长期") || attribute->values.empty()) return;
    auto const& first = scope_.expr(attribute->values.front());
    if (std::holds_alternative<ast::Hole>(first.kind)) return;
    if (auto const* range = std::get_if<ast::Range>(&first.kind)) {
      policy_.valid_from = day(range->low, false);
      policy_.valid_until = day(range->high, true);
    } else {
      policy_.valid_from = day(attribute->values.front(), false);
      // 有效 2024年 is that year; a day alone is the first.
      if (policy_.valid_from && !is_single_day(attribute->values.front()))
        policy_.valid_until = day(attribute->values.front(), true);
    }
    if (policy_.valid_from && policy_.valid_until && *policy_.valid_from > *policy_.valid_until)
      context_.diagnostics.add(attribute->span, diag::ValidityEmpty, source_text(context_, attribute->span));
  }

  bool is_single_day(ast::ExprId source) const {
    auto const* literal = std::get_if<ast::Literal>(&scope_.expr(source).kind);
    auto const* date = literal == nullptr ? nullptr : std::get_if<ast::DateLiteral>(&literal->value);
    return date == nullptr || date->day != 0;
  }

  // A day, or the first or last day of a year or month.
  std::optional<std::int32_t> day(ast::ExprId source, bool last) {
    tir::ExprId const value = check_expr(context_, scope_, source);
    if (is_poison(context_, value)) return std::nullopt;
    if (auto const* known = constant_value(context_, value)) {
      if (auto const* date = std::get_if<tir::DateValue>(known)) return date->days;
      if (auto const* year = std::get_if<tir::YearValue>(known))
        return days_from_civil(last ? CivilDate{year->year, 12, 31} : CivilDate{year->year, 1, 1});
      if (auto const* month = std::get_if<tir::MonthValue>(known)) {
        std::int32_t const year_of = month->month / 12, month_of = month->month % 12 + 1;
        return days_from_civil({year_of, month_of, last ? days_in_month(year_of, month_of) : 1});
      }
    }
    context_.diagnostics.add(scope_.expr(source).span, diag::NoDate, source_text(context_, scope_.expr(source).span));
    return std::nullopt;
  }

  // ---- 考核年度 ----

  void check_year() {
    auto const* attribute = find(ast::AttributeWord::AssessmentYear);
    if (attribute == nullptr || attribute->values.size() != 1) return;
    // 本年 in the head line is the 申报年度: it is what the 考核年度 is told from.
    auto const& expr = scope_.expr(attribute->values.front());
    auto const* reference = std::get_if<ast::Reference>(&expr.kind);
    Type const year = plain_type(Kind::Year);
    tir::ExprId const application = add(context_, tir::Input{tir::InputWord::ApplicationYear}, year, expr.span);
    if (reference != nullptr && reference->period && reference->path.parts.empty()) {
      if (reference->period->word == ast::PeriodWord::ThisYear) return;
      bool const last = reference->period->word == ast::PeriodWord::LastYear;
      if (last || reference->period->word == ast::PeriodWord::YearBeforeLast) {
        policy_.year = add(context_, tir::Offset{application, last ? -1 : -2}, year, expr.span);
        return;
      }
    }
    tir::ExprId const value = expect_type(context_, check_expr(context_, scope_, attribute->values.front()), year);
    if (!is_poison(context_, value)) policy_.year = value;
  }

  Context& context_;
  Scope const& scope_;
  ast::PolicyDecl const& decl_;
  ast::DocumentDecl const* document_;
  tir::Policy& policy_;
  bool broken_ = false;
};

}  // namespace

void check_attributes(Context& context, Scope const& scope, ast::PolicyDecl const& decl,
                      ast::DocumentDecl const* document, tir::Policy& policy) {
  Head(context, scope, decl, document, policy).check();
}

}  // namespace huiyu::check
