#include "compiler/lower/conditions.h"

#include "compiler/base/match.h"
#include "compiler/lower/expressions.h"

namespace huiyu::lower {

using plan::BoundRule;
using plan::ConditionKind;
using plan::Ref;
using tir::CompareOp;
using types::Kind;
using ConditionRef = Ref<plan::Condition>;

namespace {

CompareOp mirrored(CompareOp op) {
  switch (op) {
    case CompareOp::Less: return CompareOp::Greater;
    case CompareOp::AtMost: return CompareOp::AtLeast;
    case CompareOp::Greater: return CompareOp::Less;
    case CompareOp::AtLeast: return CompareOp::AtMost;
    case CompareOp::Equal:
    case CompareOp::NotEqual: return op;
  }
  return op;
}

BigInt bound_of(BigRational const& value, BoundRule rule) {
  BigInt const n(numerator(value)), d(denominator(value));
  BigInt const below = floor_div(n, d);
  bool const whole = d == 1;
  switch (rule) {
    case BoundRule::Exact:
    case BoundRule::Floor: return below;
    case BoundRule::Ceiling: return whole ? below : BigInt(below + 1);
    case BoundRule::Above: return BigInt(below + 1);
    case BoundRule::Below: return whole ? BigInt(below - 1) : below;
  }
  return below;
}

// What a column is compared with, as far as it is known before any record.
class Bounds {
 public:
  Bounds(Tables& tables, Code const& code, plan::Column const& column)
      : tables_(tables), code_(code), column_(column) {}

  // None: the value hangs on the record, is a fraction, or lies outside 64 bits.
  std::optional<Ref<plan::Constant>> make(Number const& value, BoundRule rule) const {
    if (value.literal) {
      auto const bound =
          to_int64(bound_of(BigRational(*value.literal * BigRational(power_of_ten(column_.scale))), rule));
      if (!bound) return std::nullopt;
      return tables_.constant({plan::ConstantKind::Literal, 1, {}, 0, plan::none, *bound});
    }
    int const shift = column_.scale - value.scale;
    if (value.fraction() || !code_.is_constant(value.node) || shift < -38 || shift > 38) return std::nullopt;
    // The bound must fit whatever the value turns out to be.
    Range const reach{BigInt(value.range.low * power_of_ten(std::max(shift, 0)) - 1),
                      BigInt(value.range.high * power_of_ten(std::max(shift, 0)) + 1)};
    if (limbs_of(reach) != std::uint8_t{1}) return std::nullopt;
    plan::Constant constant;
    if (auto const known = code_.constant_of(value.node)) {
      constant = tables_.plan().constants[known->index];
      if (constant.kind == plan::ConstantKind::Undecided) return std::nullopt;
    } else {
      constant.kind = plan::ConstantKind::Computed;
      constant.index = code_.finish(tables_, {}, value.node).index;
    }
    constant.bound = rule;
    constant.shift = static_cast<std::int8_t>(shift);
    return tables_.constant(constant);
  }

 private:
  Tables& tables_;
  Code const& code_;
  plan::Column const& column_;
};

}  // namespace

ConditionRef Conditions::constant(bool holds) {
  plan::Condition row;
  row.kind = holds ? ConditionKind::Always : ConditionKind::Never;
  return lowerer_.tables().condition(row);
}

ConditionRef Conditions::literal(plan::Atom const& atom, bool negated) {
  plan::Condition row;
  row.atom = lowerer_.tables().atom(atom);
  row.negated = negated ? 1 : 0;
  return lowerer_.tables().condition(row);
}

ConditionRef Conditions::join(ConditionKind kind, std::vector<ConditionRef> members) {
  auto const& plan = lowerer_.tables().plan();
  std::vector<plan::ConditionMember> flat;
  auto const neutral = kind == ConditionKind::And ? ConditionKind::Always : ConditionKind::Never;
  auto const settling = kind == ConditionKind::And ? ConditionKind::Never : ConditionKind::Always;
  for (auto const member : members) {
    auto const& row = plan.conditions[member.index];
    if (row.kind == settling) return member;
    if (row.kind == neutral) continue;
    if (row.kind != kind) {
      flat.push_back({member});
      continue;
    }
    for (std::uint32_t i = 0; i < row.members.count; ++i) flat.push_back(plan.condition_members[row.members.begin + i]);
  }
  if (flat.empty()) return constant(kind == ConditionKind::And);
  if (flat.size() == 1) return flat.front().condition;
  plan::Condition row;
  row.kind = kind;
  return lowerer_.tables().condition(row, flat);
}

ConditionRef Conditions::lower(tir::ExprId id, bool negated) {
  return match(
      lowerer_.expr(id).kind, [&](tir::Constant const& e) { return constant(std::get<bool>(e.value) != negated); },
      [&](tir::And const& e) { return of_all(ConditionKind::And, e.operands, negated); },
      [&](tir::Or const& e) { return of_all(ConditionKind::Or, e.operands, negated); },
      [&](tir::Not const& e) { return lower(e.operand, !negated); },
      [&](tir::AtLeastOf const& e) { return of(e, negated); },
      [&](tir::Compare const& e) { return of(e, id, negated); },
      [&](tir::BelongsTo const& e) { return of(e, id, negated); },
      [&](tir::SetContains const& e) { return of(e, id, negated); },
      [&](tir::Poison const&) { return computed(id, negated); },
      [&](tir::FieldValue const&) { return computed(id, negated); },
      [&](tir::SeriesValue const&) { return computed(id, negated); },
      [&](tir::DefinitionValue const&) { return computed(id, negated); },
      [&](tir::ParameterValue const&) { return computed(id, negated); },
      [&](tir::Input const&) { return computed(id, negated); },
      [&](tir::Negate const&) { return computed(id, negated); },
      [&](tir::Arithmetic const&) { return computed(id, negated); },
      [&](tir::Pick const&) { return computed(id, negated); }, [&](tir::Cap const&) { return computed(id, negated); },
      [&](tir::Round const&) { return computed(id, negated); },
      [&](tir::Aggregate const&) { return computed(id, negated); },
      [&](tir::Choose const&) { return computed(id, negated); },
      [&](tir::Default const&) { return computed(id, negated); },
      [&](tir::Call const&) { return computed(id, negated); },
      [&](tir::IfGiven const&) { return computed(id, negated); },
      [&](tir::PeriodValue const&) { return computed(id, negated); },
      [&](tir::Lookup const&) { return computed(id, negated); },
      [&](tir::Shift const&) { return computed(id, negated); },
      [&](tir::Window const&) { return computed(id, negated); },
      [&](tir::Offset const&) { return computed(id, negated); });
}

ConditionRef Conditions::of_all(ConditionKind kind, std::vector<tir::ExprId> const& operands, bool negated) {
  std::vector<ConditionRef> members;
  for (auto operand : operands) members.push_back(lower(operand, negated));
  // Not all of them is one of them not.
  bool const all = (kind == ConditionKind::And) != negated;
  return join(all ? ConditionKind::And : ConditionKind::Or, std::move(members));
}

ConditionRef Conditions::of(tir::AtLeastOf const& e, bool negated) {
  auto const count = static_cast<std::int64_t>(e.operands.size());
  if (e.count <= 0 || e.count > count) return constant((e.count <= 0) != negated);
  // Fewer than n of k hold where more than k − n do not.
  plan::Condition row;
  row.kind = ConditionKind::AtLeastOf;
  row.count = negated ? count - e.count + 1 : e.count;
  std::vector<plan::ConditionMember> members;
  for (auto operand : e.operands) members.push_back({lower(operand, negated)});
  return lowerer_.tables().condition(row, members);
}

// A column compared with what is known before any record. One-sided comparisons are lower bounds: `<` is not `≥`.
ConditionRef Conditions::of(tir::Compare const& e, tir::ExprId id, bool negated) {
  auto const kind = lowerer_.expr(e.left).type.kind;
  if (is_text(kind)) {
    if (auto const condition = text_is(e, negated)) return *condition;
    return computed(id, negated);
  }
  if (kind == Kind::Truth || kind == Kind::Set || kind == Kind::List || kind == Kind::Poison)
    return computed(id, negated);
  Code code;
  Expressions expressions(lowerer_, place_, code);
  auto left = expressions.number(e.left), right = expressions.number(e.right);
  // The first entry of an ordered enumeration is the greatest, and has the least index.
  auto op = kind == Kind::Enumeration ? mirrored(e.op) : e.op;
  auto const is_column = [&](Number const& value) {
    return !value.literal && !value.fraction() && code.input_of(value.node).has_value();
  };
  if (!is_column(left) && is_column(right)) std::swap(left, right), op = mirrored(op);
  if (!is_column(left) || code.width(left.node) != 1) return computed(id, negated);

  plan::Atom atom;
  atom.column = *code.input_of(left.node);
  Bounds const bounds(lowerer_.tables(), code, lowerer_.column(atom.column));
  bool const equality = op == CompareOp::Equal || op == CompareOp::NotEqual;
  bool const strict = op == CompareOp::Greater || op == CompareOp::AtMost;
  auto const low = bounds.make(right, strict ? BoundRule::Above : BoundRule::Ceiling);
  auto const high = equality ? bounds.make(right, BoundRule::Floor) : std::optional(Ref<plan::Constant>{});
  if (!low || !high) return computed(id, negated);
  atom.low = *low, atom.high = *high;
  bool const reversed = op == CompareOp::Less || op == CompareOp::AtMost || op == CompareOp::NotEqual;
  return literal(atom, negated != reversed);
}

std::optional<ConditionRef> Conditions::text_is(tir::Compare const& e, bool negated) {
  for (auto const& [subject, text] : {std::pair{e.left, e.right}, std::pair{e.right, e.left}}) {
    auto const* field = std::get_if<tir::FieldValue>(&lowerer_.expr(subject).kind);
    auto const* constant = std::get_if<tir::Constant>(&lowerer_.expr(text).kind);
    if (field == nullptr || constant == nullptr || std::get<std::string>(constant->value).empty()) continue;
    plan::Atom atom;
    atom.kind = plan::AtomKind::TextIs;
    atom.column = lowerer_.field(place_.relation(), field->field);
    atom.text = lowerer_.tables().text(std::get<std::string>(constant->value));
    return literal(atom, negated != (e.op == CompareOp::NotEqual));
  }
  return std::nullopt;
}

ConditionRef Conditions::of(tir::BelongsTo const& e, tir::ExprId id, bool negated) {
  auto const& type = lowerer_.expr(e.subject).type;
  if (type.kind != Kind::Code && type.kind != Kind::Enumeration) return computed(id, negated);
  Code code;
  Expressions expressions(lowerer_, place_, code);
  auto const subject = expressions.number(e.subject);
  auto const column = subject.literal ? std::nullopt : code.input_of(subject.node);
  if (!column) return computed(id, negated);
  plan::Atom atom;
  atom.kind = plan::AtomKind::ClassSet;
  atom.column = *column;
  atom.classes = lowerer_.class_set(e, type);
  return literal(atom, negated);
}

ConditionRef Conditions::of(tir::SetContains const& e, tir::ExprId id, bool negated) {
  auto const* field = std::get_if<tir::FieldValue>(&lowerer_.expr(e.set).kind);
  auto const* member = std::get_if<tir::Constant>(&lowerer_.expr(e.member).kind);
  bool const code = member != nullptr && std::holds_alternative<tir::CodeValue>(member->value);
  if (field == nullptr || member == nullptr || code) return computed(id, negated);
  plan::Atom atom;
  atom.kind = plan::AtomKind::Tag;
  atom.column = lowerer_.field(place_.relation(), field->field);
  if (auto const* text = std::get_if<std::string>(&member->value))
    atom.text = lowerer_.tables().text(*text);
  else
    atom.tag = *lowerer_.integer_of(member->value, 0);
  return literal(atom, negated);
}

ConditionRef Conditions::computed(tir::ExprId id, bool negated) {
  Code code;
  Expressions expressions(lowerer_, place_, code);
  plan::Atom atom;
  atom.kind = plan::AtomKind::Truth;
  atom.column = lowerer_.computed_truth(code, place_, expressions.truth(id));
  return literal(atom, negated);
}

}  // namespace huiyu::lower
