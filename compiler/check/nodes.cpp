#include "compiler/check/context.h"

namespace huiyu::check {

tir::ExprId add(Context& context, tir::ExprKind kind, Type type, Span span, std::string citation) {
  return context.program.exprs.add({std::move(kind), type, span, std::move(citation)});
}

tir::ExprId poison(Context& context, Span span) { return add(context, tir::Poison{}, Type{}, span); }

bool is_poison(Context const& context, tir::ExprId id) { return type_of(context, id).kind == Kind::Poison; }

Type const& type_of(Context const& context, tir::ExprId id) { return context.program.exprs[id].type; }

Span span_of(Context const& context, tir::ExprId id) { return context.program.exprs[id].span; }

Type truth_type() { return plain_type(Kind::Truth); }

Type number_type(types::Unit const& unit) {
  Type type = plain_type(Kind::Number);
  type.unit = unit;
  return type;
}

Type plain_type(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}

tir::ExprId constant(Context& context, tir::Value value, Type type, Span span) {
  return add(context, tir::Constant{std::move(value)}, type, span);
}

tir::ExprId number(Context& context, BigRational value, types::Unit const& unit, Span span) {
  return constant(context, std::move(value), number_type(unit), span);
}

namespace {

template <class Node> tir::ExprId joined(Context& context, std::vector<tir::ExprId> operands, bool of_none, Span span) {
  std::vector<tir::ExprId> taken_apart;
  for (auto const operand : operands) {
    if (is_poison(context, operand)) return poison(context, span);
    auto const& expr = context.program.exprs[operand];
    if (auto const* nested = std::get_if<Node>(&expr.kind); nested != nullptr && expr.citation.empty())
      taken_apart.insert(taken_apart.end(), nested->operands.begin(), nested->operands.end());
    else
      taken_apart.push_back(operand);
  }
  if (taken_apart.empty()) return constant(context, of_none, truth_type(), span);
  if (taken_apart.size() == 1) return taken_apart.front();
  return add(context, Node{std::move(taken_apart)}, truth_type(), span);
}

}  // namespace

tir::ExprId conjunction(Context& context, std::vector<tir::ExprId> operands, Span span) {
  return joined<tir::And>(context, std::move(operands), true, span);
}

tir::ExprId disjunction(Context& context, std::vector<tir::ExprId> operands, Span span) {
  return joined<tir::Or>(context, std::move(operands), false, span);
}

tir::ExprId negation(Context& context, tir::ExprId operand, Span span) {
  if (is_poison(context, operand)) return poison(context, span);
  return add(context, tir::Not{operand}, truth_type(), span);
}

tir::ExprId compare(Context& context, tir::CompareOp op, tir::ExprId left, tir::ExprId right, Span span) {
  if (is_poison(context, left) || is_poison(context, right)) return poison(context, span);
  return add(context, tir::Compare{op, left, right}, truth_type(), span);
}

tir::ExprId arithmetic(Context& context, tir::ArithmeticOp op, tir::ExprId left, tir::ExprId right, Span span) {
  if (is_poison(context, left) || is_poison(context, right)) return poison(context, span);
  auto const& left_unit = type_of(context, left).unit;
  auto const& right_unit = type_of(context, right).unit;
  types::Unit unit = left_unit;
  if (op == tir::ArithmeticOp::Multiply) unit = types::multiply(left_unit, right_unit);
  if (op == tir::ArithmeticOp::Divide) unit = types::divide(left_unit, right_unit);
  return add(context, tir::Arithmetic{op, left, right}, number_type(unit), span);
}

tir::Value const* constant_value(Context const& context, tir::ExprId id) {
  auto const* node = std::get_if<tir::Constant>(&context.program.exprs[id].kind);
  return node == nullptr ? nullptr : &node->value;
}

std::optional<BigRational> constant_number(Context const& context, tir::ExprId id) {
  auto const* value = constant_value(context, id);
  if (value == nullptr) return std::nullopt;
  auto const* rational = std::get_if<BigRational>(value);
  return rational == nullptr ? std::nullopt : std::optional(*rational);
}

}  // namespace huiyu::check
