#include "compiler/base/match.h"
#include "compiler/check/expr.h"
#include "compiler/check/units.h"
#include "runtime/base/civil.h"

namespace huiyu::check {

std::optional<std::int32_t> day_of(ast::DateLiteral const& date) {
  CivilDate const civil{date.year, date.month, date.day};
  return valid_date(civil) ? std::optional(days_from_civil(civil)) : std::nullopt;
}

std::optional<ast::Path> code_in_digits(Context const& context, ast::Literal const& literal, Span span) {
  auto const* number = std::get_if<ast::NumberLiteral>(&literal.value);
  if (number == nullptr || number->unit != ast::UnitWord::None || number->per != ast::UnitWord::None)
    return std::nullopt;
  return ast::Path{{{source_text(context, span), span}}, span};
}

tir::ExprId check_literal(Context& context, ast::Literal const& literal, Type const* expected, Span span) {
  return match(
      literal.value,  //
      [&](ast::NumberLiteral const& number_literal) {
        auto const code = code_in_digits(context, literal, span);
        if (code && expected != nullptr && expected->kind == Kind::Code) {
          auto const value = named_value(context, *code, *expected, span);
          return value ? constant(context, *value, *expected, span) : poison(context, span);
        }
        Measured measured = measure(number_literal);
        return number(context, std::move(measured.value), measured.unit, span);
      },
      [&](ast::DateLiteral const& date) {
        bool const known_year = date.year >= first_year && date.year <= last_year;
        if (known_year && date.month == 0)
          return constant(context, tir::YearValue{date.year}, plain_type(Kind::Year), span);
        if (known_year && date.day == 0 && date.month <= 12)
          return constant(context, tir::MonthValue{date.year * 12 + date.month - 1}, plain_type(Kind::Month), span);
        auto const day = day_of(date);
        return day ? constant(context, tir::DateValue{*day}, plain_type(Kind::Date), span) : poison(context, span);
      },
      [&](ast::OrdinalLiteral const&) {
        context.diagnostics.add(span, diag::OnlyAsKey, source_text(context, span));
        return poison(context, span);
      },
      [&](ast::TopLiteral const&) {
        context.diagnostics.add(span, diag::OnlyAsKey, source_text(context, span));
        return poison(context, span);
      },
      [&](ast::TruthLiteral const& truth) { return constant(context, truth.value, truth_type(), span); },
      [&](ast::TextLiteral const& text) {
        bool const code = expected != nullptr && expected->kind == Kind::CreditCode;
        return constant(context, text.text, plain_type(code ? Kind::CreditCode : Kind::Text), span);
      });
}

}  // namespace huiyu::check
