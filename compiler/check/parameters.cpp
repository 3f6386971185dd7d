#include <algorithm>

#include "compiler/check/declarations.h"
#include "compiler/check/expr.h"
#include "compiler/check/units.h"
#include "runtime/base/civil.h"

namespace huiyu::check {
namespace {

bool fits(BigRational const& value, types::NumberFormat const& format) {
  BigRational scaled = value;
  for (int i = 0; i < format.scale; ++i) scaled *= 10;
  return boost::multiprecision::denominator(scaled) == 1 && scaled >= format.low && scaled <= format.high;
}

// 自 2024-01-01 为 营业收入: a fact of some record, where there is none.
bool names_a_field(Context const& context, ast::File const& file, ast::ExprId source, Type const& type) {
  auto const* reference = std::get_if<ast::Reference>(&file.exprs[source].kind);
  bool const classes = type.kind == Kind::Enumeration || type.kind == Kind::Code || type.kind == Kind::Set;
  if (reference == nullptr || reference->path.parts.size() != 1 || classes) return false;
  std::string const& name = reference->path.parts.front().text;
  for (auto const& [schema, fields] : context.fields)
    if (sees(context, schema) && fields.contains(name)) return true;
  return false;
}

}  // namespace

std::optional<tir::Value> constant_of(Context& context, ast::File const& file, ast::ExprId source,
                                      DeclaredType const& declared) {
  Type const& type = declared.type;
  Scope scope;
  Frame frame;
  scope.file = &file;
  scope.frame = &frame;
  if (names_a_field(context, file, source, type)) {
    context.diagnostics.add(file.exprs[source].span, diag::NotConstant, source_text(context, file.exprs[source].span));
    return std::nullopt;
  }
  Type expected = type;
  if (type.kind == Kind::Set) {
    expected.kind = type.element;
    expected.element = Kind::Poison;
  }
  tir::ExprId const value = expect_type(context, check_expr(context, scope, source, &expected), expected);
  if (is_poison(context, value)) return std::nullopt;
  auto const* known = constant_value(context, value);
  if (known == nullptr) {
    context.diagnostics.add(file.exprs[source].span, diag::NotConstant, source_text(context, file.exprs[source].span));
    return std::nullopt;
  }
  auto const* number_value = std::get_if<BigRational>(known);
  if (number_value != nullptr && !fits(*number_value, declared.format)) {
    context.diagnostics.add(file.exprs[source].span, diag::DoesNotFit, phrase(context, expected),
                            source_text(context, file.exprs[source].span));
    return std::nullopt;
  }
  return *known;
}

std::optional<tir::Value> constants_of(Context& context, ast::File const& file, std::vector<ast::ExprId> const& sources,
                                       DeclaredType const& declared, std::string_view name, Span span) {
  if (declared.type.kind != Kind::Set) {
    if (sources.size() == 1) return constant_of(context, file, sources.front(), declared);
    context.diagnostics.add(span, diag::ArgumentCount, std::string(name), 1, static_cast<diag::Count>(sources.size()));
    return std::nullopt;
  }
  tir::SetValue set;
  for (auto const source : sources) {
    auto const member = constant_of(context, file, source, declared);
    if (!member) return std::nullopt;
    if (auto const* entry = std::get_if<tir::EntryValue>(&*member)) set.members.push_back(entry->index);
    if (auto const* code = std::get_if<tir::CodeValue>(&*member)) set.members.push_back(code->id);
    if (auto const* year = std::get_if<tir::YearValue>(&*member)) set.members.push_back(year->year);
    if (auto const* text = std::get_if<std::string>(&*member)) set.texts.push_back(*text);
  }
  auto const tidy = [](auto& members) {
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
  };
  tidy(set.members);
  tidy(set.texts);
  return set;
}

namespace {

std::optional<std::int32_t> first_day(std::optional<ast::DateLiteral> const& date, bool last) {
  if (!date) return std::nullopt;
  bool const known_year = date->year >= first_year && date->year <= last_year;
  if (known_year && date->month == 0)
    return days_from_civil(last ? CivilDate{date->year, 12, 31} : CivilDate{date->year, 1, 1});
  if (known_year && date->day == 0 && date->month <= 12)
    return days_from_civil({date->year, date->month, last ? days_in_month(date->year, date->month) : 1});
  return day_of(*date);
}

template <class Decl, class Visit> void for_each_first(Context& context, SymbolKind kind, Visit const& visit) {
  for (auto const* file : context.files) {
    InFile const in(context, file);
    auto const& own = context.units[context.view->unit].symbols;
    for (auto const& declaration : file->declarations) {
      auto const* decl = std::get_if<Decl>(&declaration);
      if (decl == nullptr) continue;
      auto const found = own.find(decl->name.text);
      if (found != own.end() && found->second.kind == kind && found->second.span == decl->name.span)
        visit(*decl, *file, found->second.index);
    }
  }
}

// Dated values in order; each is known from its day to the day before the next, or to 知至.
void declare_values(Context& context, ast::ParameterDecl const& decl, ast::File const& file,
                    tir::Parameter& parameter) {
  std::vector<Span> spans;  // of the values that were taken
  for (auto const& dated : decl.values) {
    bool const read = std::ranges::all_of(dated.values, [](ast::ExprId id) { return id.has_value(); });
    if (dated.values.empty() || !read) continue;
    auto value =
        constants_of(context, file, dated.values, {parameter.type, parameter.format}, decl.name.text, dated.span);
    if (!value) continue;
    tir::DatedConstant made;
    made.from_day = first_day(dated.from, false);
    made.until_day = first_day(dated.known_until, true);
    made.value = std::move(*value);
    if (made.from_day && made.until_day && *made.from_day > *made.until_day)
      context.diagnostics.add(dated.span, diag::ValidityEmpty, source_text(context, dated.span));
    for (std::size_t i = 0; i < parameter.values.size(); ++i)
      if (parameter.values[i].from_day == made.from_day)
        context.diagnostics
            .add(dated.span, diag::DatedTwice, decl.name.text, format_date(made.from_day.value_or(first_day_number)))
            .label(spans[i], diag::note::AlsoHere);
    parameter.values.push_back(std::move(made));
    spans.push_back(dated.span);
  }
  std::stable_sort(parameter.values.begin(), parameter.values.end(),
                   [](tir::DatedConstant const& a, tir::DatedConstant const& b) {
                     return a.from_day.value_or(first_day_number) < b.from_day.value_or(first_day_number);
                   });
  for (std::size_t i = 0; i + 1 < parameter.values.size(); ++i) {
    auto const next = parameter.values[i + 1].from_day.value_or(first_day_number);
    auto& until = parameter.values[i].until_day;
    if (!until || *until >= next) until = next - 1;
  }
}

}  // namespace

void declare_parameters(Context& context) {
  for_each_first<ast::ParameterDecl>(
      context, SymbolKind::Parameter, [&](ast::ParameterDecl const& decl, ast::File const& file, std::size_t index) {
        DeclaredType const declared = resolve_type(context, decl.type);
        tir::ParameterId const id{static_cast<std::int32_t>(index)};
        tir::Parameter parameter = context.program.parameters[id];
        parameter.type = declared.type;
        parameter.format = declared.format;
        if (declared.type.kind == Kind::List) {
          context.diagnostics.add(decl.type.span, diag::NoParameterOf, phrase(context, declared.type));
          parameter.type = Type{};
        }
        if (parameter.type.kind != Kind::Poison) declare_values(context, decl, file, parameter);
        context.program.parameters[id] = std::move(parameter);
      });
}

}  // namespace huiyu::check
