#include "compiler/lower/formulas.h"

#include <limits>

namespace huiyu::lower {

using plan::Ref;

namespace {

constexpr int fen_digits = 2;  // 分 is two digits behind 元
constexpr std::int64_t most_fen = std::numeric_limits<std::int64_t>::max();

}  // namespace

// What a cap leaves is cut down to whole 分, so that no rounding goes beyond it.
Number Formulas::capped(Expressions& expressions, Number amount, bool at_most, tir::ExprId bound_id) {
  auto& numbers = expressions.arithmetic();
  auto bound = expressions.number(bound_id);
  if (at_most) bound = numbers.floor(bound, fen_digits);
  return numbers.extreme(std::move(amount), bound, !at_most);
}

// The caps at the root of an item's amount are the item's own.
Number Formulas::item(Expressions& expressions, tir::ExprId amount) {
  auto const* cap = std::get_if<tir::Cap>(&lowerer_.expr(amount).kind);
  return cap == nullptr ? expressions.number(amount)
                        : capped(expressions, item(expressions, cap->operand), cap->at_most, cap->bound);
}

// Rounded to whole 分; below 0 or past 64 bits is an error.
Ref<plan::Use> Formulas::payable(Expressions& expressions, Code const& code, Number amount) {
  auto& numbers = expressions.arithmetic();
  amount = numbers.round(std::move(amount), fen_digits, Rounding::HalfUp);
  amount = numbers.at_scale(std::move(amount), fen_digits);
  bool const fits = amount.range.high <= most_fen;
  if (fits) amount = numbers.not_negative(std::move(amount));
  amount = numbers.within(std::move(amount), {0, BigInt(most_fen)}, fen_digits);  // also down to one limb
  return code.finish(lowerer_.tables(), place_.relation(), amount.node);
}

Ref<plan::Use> Formulas::part(tir::ExprId amount, bool own_caps) {
  Code code;
  Expressions expressions(lowerer_, place_, code);
  expressions.read_usual_numbers();
  return payable(expressions, code, own_caps ? item(expressions, amount) : expressions.number(amount));
}

Ref<plan::Use> Formulas::single(tir::ExprId amount, std::span<tir::PolicyCap const> caps) {
  Code code;
  Expressions expressions(lowerer_, place_, code);
  expressions.read_usual_numbers();
  auto sum = item(expressions, amount);
  for (auto const& cap : caps) sum = capped(expressions, std::move(sum), cap.at_most, cap.bound);
  return payable(expressions, code, std::move(sum));
}

Ref<plan::Use> Formulas::total(std::size_t part_count, std::span<tir::PolicyCap const> caps) {
  Code code;
  Expressions expressions(lowerer_, place_, code);
  Number sum = Arithmetic::literal(0, fen_digits);
  for (std::size_t i = 0; i < part_count; ++i) {
    Number part;
    part.node = code.part(static_cast<std::uint32_t>(i));
    part.scale = fen_digits;
    part.range = {0, BigInt(most_fen)};
    sum = i == 0 ? part : expressions.arithmetic().add(std::move(sum), part, false);
  }
  for (auto const& cap : caps) sum = capped(expressions, std::move(sum), cap.at_most, cap.bound);
  return payable(expressions, code, std::move(sum));
}

Ref<plan::Column> Formulas::value(tir::ExprId id) {
  auto const& expr = lowerer_.expr(id);
  // A definition or a fact is its own column.
  if (auto const* used = std::get_if<tir::DefinitionValue>(&expr.kind)) {
    auto const record = place_.find(used->of);
    bool const here = record && lowerer_.program().definitions[used->definition].schema.has_value();
    auto const year = used->year.has_value() ? lowerer_.period_term(used->year, place_) : place_.year;
    auto const month = used->month.has_value() ? lowerer_.period_term(used->month, place_) : place_.month;
    if (here) return lowerer_.definition(used->definition, place_.records[*record].relation, year, month).column;
  }
  if (auto const* field = std::get_if<tir::FieldValue>(&expr.kind))
    return lowerer_.field(place_.relation(), field->field);
  Code code;
  Expressions expressions(lowerer_, place_, code);
  auto const value = expressions.value(id);
  if (value.is_truth()) return lowerer_.computed_truth(code, place_, value.truth);
  auto const number = expressions.arithmetic().placed(value.number);
  if (!number.fraction()) return lowerer_.computed(code, place_, number, expr.type);
  types::Type plain = expr.type;
  auto part = number;
  part.denominator = plan::none;
  plan::Derived row;
  row.kind = plan::DerivedKind::Quotient;
  row.value = lowerer_.computed_always(code, place_, part, plain);
  part.node = number.denominator, part.range = number.denominator_range, part.scale = 0;
  row.denominator = lowerer_.computed_always(code, place_, part, plain);
  auto column = lowerer_.blank(place_.relation(), expr.type, number.scale, number.range);
  column.kind = plan::ValueKind::Quotient;
  return lowerer_.derive(column, row, number.range);
}

}  // namespace huiyu::lower
