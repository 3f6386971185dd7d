// Truth in programs: connectives, comparisons, membership.

#include "compiler/lower/expressions.h"

namespace huiyu::lower {

using plan::Op;
using types::Kind;

NodeId Expressions::logic(Op op, std::vector<NodeId> operands, std::int64_t immediate) {
  bool const joins = op == Op::And || op == Op::Or;
  if (joins && operands.size() == 1) return operands.front();
  if (joins && operands.empty()) return literal_truth(op == Op::And);
  return code_.add(op, std::move(operands), 1, true, immediate);
}

std::vector<NodeId> Expressions::truths(std::vector<tir::ExprId> const& ids) {
  std::vector<NodeId> nodes;
  for (auto id : ids) nodes.push_back(truth(id));
  return nodes;
}

Value Expressions::of(tir::AtLeastOf const& e) {
  if (e.count <= 0) return {literal_truth(true), {}};
  if (static_cast<std::size_t>(e.count) > e.operands.size()) return {literal_truth(false), {}};
  return {logic(Op::AtLeastOf, truths(e.operands), e.count), {}};
}

// A text field against a text of the rules: a truth of its own, looked up in the batch's dictionary.
std::optional<NodeId> Expressions::text_is(tir::ExprId subject, tir::ExprId text) {
  auto const* constant = std::get_if<tir::Constant>(&lowerer_.expr(text).kind);
  auto const* field = std::get_if<tir::FieldValue>(&lowerer_.expr(subject).kind);
  if (constant == nullptr || field == nullptr) return std::nullopt;
  auto const record = place_.find(field->of);
  auto const ref = lowerer_.tables().text(std::get<std::string>(constant->value));
  if (!record || !ref.has_value()) return std::nullopt;
  auto const relation = place_.records[*record].relation;
  plan::Derived row;
  row.kind = plan::DerivedKind::TextIs;
  row.value = lowerer_.field(relation, field->field);
  row.text = ref;
  types::Type truth_type;
  truth_type.kind = Kind::Truth;
  return read(lowerer_.derive(lowerer_.blank(relation, truth_type, 0, {0, 1}), row, {0, 1})).truth;
}

Value Expressions::of(tir::Compare const& e) {
  using tir::CompareOp;
  auto const kind = lowerer_.expr(e.left).type.kind;
  bool const negated = e.op == CompareOp::NotEqual;
  auto const equality = [&](NodeId node) { return Value{negated ? logic(Op::Not, {node}) : node, {}}; };
  if (kind == Kind::Truth) {
    // Compared as 1 and 0: 且 and 或 would let a missing side win over one that is an error.
    auto const digit = [&](tir::ExprId id) {
      auto const yes = Arithmetic::literal(1), no = Arithmetic::literal(0);
      auto number = numbers_.placed(yes);
      number.node = code_.add(Op::ChooseUnique, {truth(id), number.node, numbers_.placed(no).node}, 1);
      number.range = {0, 1};
      return number;
    };
    return equality(numbers_.equal(digit(e.left), digit(e.right)));
  }
  if (is_text(kind)) {
    if (auto const node = text_is(e.left, e.right)) return equality(*node);
    if (auto const node = text_is(e.right, e.left)) return equality(*node);
    if (e.op != CompareOp::Equal && e.op != CompareOp::NotEqual) return {numbers_.undecided_truth(), {}};
  }
  if (kind == Kind::Set || kind == Kind::List || kind == Kind::Poison) return {numbers_.undecided_truth(), {}};
  // The first entry of an ordered enumeration is the greatest.
  bool const reversed = kind == Kind::Enumeration;
  auto const a = number(reversed ? e.right : e.left), b = number(reversed ? e.left : e.right);
  switch (e.op) {
    case CompareOp::Less: return {numbers_.less(a, b), {}};
    case CompareOp::AtMost: return {numbers_.at_most(a, b), {}};
    case CompareOp::Greater: return {numbers_.less(b, a), {}};
    case CompareOp::AtLeast: return {numbers_.at_most(b, a), {}};
    case CompareOp::Equal:
    case CompareOp::NotEqual: return equality(numbers_.equal(a, b));
  }
  return {};
}

Value Expressions::of(tir::BelongsTo const& e) {
  auto const& type = lowerer_.expr(e.subject).type;
  if (type.kind != Kind::Code && type.kind != Kind::Enumeration) return {numbers_.undecided_truth(), {}};
  auto const subject = numbers_.placed(number(e.subject));
  return {code_.in_class(subject.node, lowerer_.class_constant(lowerer_.class_set(e, type))), {}};
}

// A member of a 名录 that a parameter holds is a class test; a member of a record's own set is looked for in its rows.
Value Expressions::of(tir::SetContains const& e) {
  if (auto const* parameter = std::get_if<tir::ParameterValue>(&lowerer_.expr(e.set).kind)) {
    auto const member = numbers_.placed(number(e.member));
    plan::Constant set;
    set.kind = plan::ConstantKind::Parameter;
    set.index = lowerer_.parameter(parameter->parameter).index;
    return {code_.in_class(member.node, lowerer_.tables().constant(set)), {}};
  }
  auto const* field = std::get_if<tir::FieldValue>(&lowerer_.expr(e.set).kind);
  auto const record = field == nullptr ? std::nullopt : place_.find(field->of);
  // Whether a code lies inside one of a record's codes is left to the explanation.
  if (!record || e.inside) return {numbers_.undecided_truth(), {}};
  Place owner = place_;
  owner.records.resize(*record + 1);
  plan::Derived row;
  row.kind = plan::DerivedKind::SetContains;
  row.value = lowerer_.field(owner.relation(), field->field);
  std::optional<plan::Ref<plan::Column>> asked;
  auto const* member = std::get_if<tir::Constant>(&lowerer_.expr(e.member).kind);
  auto const* text = member == nullptr ? nullptr : std::get_if<std::string>(&member->value);
  if (text != nullptr)
    row.text = lowerer_.tables().text(*text);
  else if (member != nullptr)
    row.tag = *lowerer_.integer_of(member->value, 0);
  else if (asked = key_column(owner, e.member); !asked)
    return {numbers_.undecided_truth(), {}};
  types::Type truth_type;
  truth_type.kind = Kind::Truth;
  auto const column = lowerer_.blank(owner.relation(), truth_type, 0, {0, 1});
  return read(lowerer_.derive(column, row, {0, 1},
                              asked ? std::vector{plan::DerivedKey{*asked}} : std::vector<plan::DerivedKey>{}));
}

std::optional<plan::Ref<plan::Column>> Expressions::key_column(Place const& place, tir::ExprId id) {
  auto const& type = lowerer_.expr(id).type;
  Code code;
  Expressions inner(lowerer_, place, code);
  auto const value = inner.value(id);
  if (value.is_truth()) return lowerer_.computed_truth(code, place, value.truth);
  auto const number = inner.arithmetic().placed(value.number);
  if (number.fraction() || code.width(number.node) != 1 || number.scale > 18) return std::nullopt;
  return lowerer_.computed(code, place, number, type);
}

Value Expressions::of(tir::Lookup const& e, types::Type const& type) {
  auto const relation = place_.relation();
  if (!relation.has_value()) return undecided(type);
  plan::Derived row;
  row.kind = plan::DerivedKind::TableLookup;
  row.table = lowerer_.reference_table(e.table);
  std::vector<plan::DerivedKey> keys;
  for (auto const key : e.keys) {
    auto const column = key_column(place_, key);
    if (!column) return undecided(type);
    keys.push_back({*column});
  }
  // As wide as what its rows give: values given from outside stand in the program too.
  auto const& plan = lowerer_.tables().plan();
  auto const table = plan.reference_tables[row.table.index];
  auto range = range_of_type(lowerer_.program(), type, {});
  if (type.kind == Kind::Number) {
    range = {};
    for (std::uint32_t i = 0; i < table.rows.count; ++i) {
      BigInt const value = plan.reference_rows[table.rows.begin + i].value;
      range =
          i == 0 ? Range{value, value} : Range{BigInt(std::min(range.low, value)), BigInt(std::max(range.high, value))};
    }
  }
  return read(lowerer_.derive(lowerer_.blank(relation, type, table.scale, range), row, range, keys));
}

}  // namespace huiyu::lower
