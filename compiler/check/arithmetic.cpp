#include "compiler/check/dates.h"
#include "compiler/check/expr.h"
#include "compiler/check/satisfy.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

tir::ArithmeticOp lowered(ast::ArithmeticOp op) {
  switch (op) {
    case ast::ArithmeticOp::Add: return tir::ArithmeticOp::Add;
    case ast::ArithmeticOp::Subtract: return tir::ArithmeticOp::Subtract;
    case ast::ArithmeticOp::Multiply: return tir::ArithmeticOp::Multiply;
    case ast::ArithmeticOp::Divide: return tir::ArithmeticOp::Divide;
  }
  return tir::ArithmeticOp::Add;
}

BigRational folded(tir::ArithmeticOp op, BigRational const& a, BigRational const& b) {
  switch (op) {
    case tir::ArithmeticOp::Add: return a + b;
    case tir::ArithmeticOp::Subtract: return a - b;
    case tir::ArithmeticOp::Multiply: return a * b;
    case tir::ArithmeticOp::Divide: return a / b;
  }
  return a;
}

Rounding lowered(ast::RoundingWord word) {
  switch (word) {
    case ast::RoundingWord::HalfUp: return Rounding::HalfUp;
    case ast::RoundingWord::Down: return Rounding::Down;
    case ast::RoundingWord::Up: return Rounding::Up;
    case ast::RoundingWord::HalfEven: return Rounding::HalfEven;
  }
  return Rounding::HalfUp;
}

bool is_fact(Context const& context, tir::ExprId id) {
  auto const& kind = context.program.exprs[id].kind;
  return std::holds_alternative<tir::FieldValue>(kind) || std::holds_alternative<tir::SeriesValue>(kind);
}

}  // namespace

tir::ExprId check_arithmetic(Context& context, Scope const& scope, ast::Arithmetic const& node, Span span) {
  tir::ExprId left = check_expr(context, scope, node.left), right = check_expr(context, scope, node.right);
  if (is_poison(context, left) || is_poison(context, right)) return poison(context, span);
  tir::ArithmeticOp const op = lowered(node.op);
  if (auto const date = date_arithmetic(context, op, left, right, span)) return *date;
  left = expect_number(context, left);
  right = expect_number(context, right);
  if (is_poison(context, left) || is_poison(context, right)) return poison(context, span);
  bool const sum = op == tir::ArithmeticOp::Add || op == tir::ArithmeticOp::Subtract;
  if (sum && !agree(context, left, right, span)) return poison(context, span);
  if (op == tir::ArithmeticOp::Divide) adapt_counts(context, left, right);
  auto const a = constant_number(context, left), b = constant_number(context, right);
  if (op == tir::ArithmeticOp::Divide && b && *b == 0) {
    context.diagnostics.add(span_of(context, right), diag::DivisionByZero);
    return poison(context, span);
  }
  if (a && b) {
    tir::ExprId const unfolded = arithmetic(context, op, left, right, span);
    return number(context, folded(op, *a, *b), type_of(context, unfolded).unit, span);
  }
  return arithmetic(context, op, left, right, span);
}

tir::ExprId check_negate(Context& context, Scope const& scope, ast::Negate const& node, Span span) {
  tir::ExprId const operand = check_number(context, scope, node.operand);
  if (is_poison(context, operand)) return poison(context, span);
  auto const unit = type_of(context, operand).unit;
  if (auto const value = constant_number(context, operand)) return number(context, -*value, unit, span);
  return add(context, tir::Negate{operand}, number_type(unit), span);
}

tir::ExprId check_pick(Context& context, Scope const& scope, ast::Pick const& node, Span span) {
  std::vector<tir::ExprId> operands;
  Type type;
  for (auto const source : node.operands) {
    tir::ExprId const operand = check_expr(context, scope, source, operands.empty() ? nullptr : &type);
    if (is_poison(context, operand)) return poison(context, span);
    if (!operands.empty() && !agree(context, operands.front(), operand, span)) return poison(context, span);
    operands.push_back(operand);
    type = type_of(context, operands.front());
  }
  bool const ordered = type.kind == Kind::Number || type.kind == Kind::Date || type.kind == Kind::Year ||
                       type.kind == Kind::Month ||
                       (type.kind == Kind::Enumeration && context.program.enumerations[type.enumeration].ordered);
  if (!ordered) {
    context.diagnostics.add(span, diag::NoOrder, phrase(context, type));
    return poison(context, span);
  }
  auto const op = node.word == ast::PickWord::Highest ? tir::PickOp::Highest : tir::PickOp::Lowest;
  return add(context, tir::Pick{op, std::move(operands)}, type, span);
}

namespace {

// 最高 5万元，最低 8万元 around one amount: whichever comes last undoes the other.
void warn_of_crossing_caps(Context& context, tir::ExprId amount, ast::CapWord word, tir::ExprId bound, Span span) {
  auto const* inner = std::get_if<tir::Cap>(&context.program.exprs[amount].kind);
  bool const at_most = word == ast::CapWord::AtMost;
  if (inner == nullptr || inner->at_most == at_most) return;
  Span const other = span_of(context, inner->bound);
  auto const outer_bound = constant_number(context, bound), inner_bound = constant_number(context, inner->bound);
  if (!outer_bound || !inner_bound) return;
  auto const &low = at_most ? *inner_bound : *outer_bound, &high = at_most ? *outer_bound : *inner_bound;
  Type const type = type_of(context, amount);
  if (low > high)
    context.diagnostics.add(span, diag::CapsCross, drafted(low, type), drafted(high, type))
        .label(other, diag::note::AlsoHere);
}

}  // namespace

tir::ExprId capped(Context& context, Scope const& scope, tir::ExprId amount, ast::CapWord word,
                   ast::ExprId bound_source, std::span<ast::CapPer const> per, Span span) {
  Type const type = type_of(context, amount);
  tir::ExprId const bound = check_expr(context, scope, bound_source, &type);
  if (is_poison(context, amount) || is_poison(context, bound)) return poison(context, span);
  if (!per.empty()) {
    context.diagnostics.add(span, diag::NeedsHistory, source_text(context, span));
    return poison(context, span);
  }
  tir::ExprId const numeric = expect_number(context, amount);
  if (is_poison(context, numeric) || !agree(context, amount, bound, span)) return poison(context, span);
  warn_of_crossing_caps(context, amount, word, bound, span);
  return add(context, tir::Cap{word == ast::CapWord::AtMost, amount, bound}, type, span);
}

tir::ExprId check_cap(Context& context, Scope const& scope, ast::Cap const& node, Span span) {
  return capped(context, scope, check_number(context, scope, node.operand), node.word, node.bound, node.per, span);
}

tir::ExprId rounded(Context& context, tir::ExprId amount, ast::RoundingWord mode, std::optional<std::int64_t> digits,
                    ast::UnitWord to, Span span) {
  amount = expect_number(context, amount);
  if (is_poison(context, amount)) return poison(context, span);
  Type const type = type_of(context, amount);
  std::int64_t places = digits.value_or(0);
  if (to != ast::UnitWord::None) {
    bool const cents = to == ast::UnitWord::Score && type.unit == types::unit_of(types::BaseUnit::Yuan);
    MeasuredUnit const unit = unit_of(to);
    BigRational factor = cents ? BigRational(1) / 100 : unit.factor;
    if (!cents && !(unit.unit == type.unit)) {
      context.diagnostics.add(span, diag::UnitsDisagree, phrase(context, type),
                              phrase(context, number_type(unit.unit)));
      return poison(context, span);
    }
    for (; factor > 1; factor /= 10) --places;
    for (; factor < 1; factor *= 10) ++places;
    if (factor != 1) {
      context.diagnostics.add(span, diag::NoRoundingTo, source_text(context, span));
      return poison(context, span);
    }
  }
  if (places < -18 || places > 18) {
    context.diagnostics.add(span, diag::NoRoundingTo, source_text(context, span));
    return poison(context, span);
  }
  return add(context, tir::Round{lowered(mode), static_cast<std::int8_t>(places), amount}, type, span);
}

tir::ExprId check_round(Context& context, Scope const& scope, ast::Round const& node, Span span) {
  return rounded(context, check_number(context, scope, node.operand), node.mode, node.digits, node.to, span);
}

// （A 超过 B 部分）: max(0, A − B).
tir::ExprId check_excess(Context& context, Scope const& scope, ast::ExcessPart const& node, Span span) {
  tir::ExprId const amount = check_number(context, scope, node.amount),
                    above = check_number(context, scope, node.above);
  if (!agree(context, amount, above, span)) return poison(context, span);
  tir::ExprId const difference = arithmetic(context, tir::ArithmeticOp::Subtract, amount, above, span);
  if (is_poison(context, difference)) return difference;
  Type const type = type_of(context, difference);
  return add(context, tir::Cap{false, difference, number(context, 0, type.unit, span)}, type, span);
}

// X 每满1000万元 2万元: whole thousands, each with its amount.
tir::ExprId check_each_full(Context& context, Scope const& scope, ast::EachFull const& node, Span span) {
  tir::ExprId const value = check_number(context, scope, node.value), step = check_number(context, scope, node.step);
  tir::ExprId const amount = check_number(context, scope, node.amount);
  if (!agree(context, value, step, span)) return poison(context, span);
  tir::ExprId const quotient = arithmetic(context, tir::ArithmeticOp::Divide, value, step, span);
  if (is_poison(context, quotient)) return quotient;
  tir::ExprId const whole = add(context, tir::Round{Rounding::Down, 0, quotient}, number_type(), span);
  return arithmetic(context, tir::ArithmeticOp::Multiply, whole, amount, span);
}

tir::ExprId check_default(Context& context, Scope const& scope, ast::Default const& node, Span span) {
  tir::ExprId const fact = check_expr(context, scope, node.fact);
  if (is_poison(context, fact)) return fact;
  if (!is_fact(context, fact)) {
    context.diagnostics.add(span_of(context, fact), diag::DefaultOfNoFact,
                            source_text(context, span_of(context, fact)));
    return poison(context, span);
  }
  Type const type = type_of(context, fact);
  tir::ExprId const value = expect_type(context, check_expr(context, scope, node.value, &type), type);
  if (is_poison(context, value)) return value;
  return add(context, tir::Default{fact, value}, type, span);
}

}  // namespace huiyu::check
