#include "compiler/check/compare.h"

#include "compiler/check/cohort.h"
#include "compiler/check/dates.h"
#include "compiler/check/expr.h"
#include "compiler/check/period.h"
#include "compiler/check/satisfy.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

tir::CompareOp lowered(ast::CompareOp op) {
  switch (op) {
    case ast::CompareOp::Less: return tir::CompareOp::Less;
    case ast::CompareOp::AtMost: return tir::CompareOp::AtMost;
    case ast::CompareOp::Greater: return tir::CompareOp::Greater;
    case ast::CompareOp::AtLeast: return tir::CompareOp::AtLeast;
    case ast::CompareOp::Equal: return tir::CompareOp::Equal;
    case ast::CompareOp::NotEqual: return tir::CompareOp::NotEqual;
  }
  return tir::CompareOp::Equal;
}

bool is_equality(tir::CompareOp op) { return op == tir::CompareOp::Equal || op == tir::CompareOp::NotEqual; }

bool has_order(Context const& context, Type const& type) {
  switch (type.kind) {
    case Kind::Number:
    case Kind::Date:
    case Kind::Year:
    case Kind::Month: return true;
    case Kind::Enumeration: return context.program.enumerations[type.enumeration].ordered;
    case Kind::Poison:
    case Kind::Truth:
    case Kind::Code:
    case Kind::Text:
    case Kind::CreditCode:
    case Kind::List:
    case Kind::Set:
    case Kind::Record: return false;
  }
  return false;
}

bool has_equality(Type const& type) {
  return type.kind != Kind::List && type.kind != Kind::Set && type.kind != Kind::Record;
}

// `评级 乙以上`, `划型 = 大型`: the entries that satisfy it, so that no engine needs to know the order.
tir::ExprId entries_that(Context& context, tir::CompareOp op, tir::ExprId subject, std::int32_t entry, Span span) {
  auto const count =
      static_cast<std::int32_t>(context.program.enumerations[type_of(context, subject).enumeration].entries.size());
  std::vector<tir::Value> members;
  for (std::int32_t i = 0; i < count; ++i) {
    bool const higher = i < entry, same = i == entry;
    bool holds = same;
    switch (op) {
      case tir::CompareOp::Less: holds = !higher && !same; break;
      case tir::CompareOp::AtMost: holds = !higher; break;
      case tir::CompareOp::Greater: holds = higher; break;
      case tir::CompareOp::AtLeast: holds = higher || same; break;
      case tir::CompareOp::Equal:
      case tir::CompareOp::NotEqual: break;
    }
    if (holds) members.emplace_back(tir::EntryValue{i});
  }
  if (members.empty() || members.size() == static_cast<std::size_t>(count)) {
    context.diagnostics.add(span, diag::NoEntryBeyond, source_text(context, span))
        .add_help(members.empty() ? diag::note::HoldsForNone : diag::note::HoldsForAll,
                  context.program.enumerations[type_of(context, subject).enumeration].name);
    return poison(context, span);
  }
  tir::ExprId const belongs = add(context, tir::BelongsTo{subject, std::move(members), {}}, truth_type(), span);
  return op == tir::CompareOp::NotEqual ? negation(context, belongs, span) : belongs;
}

// The parts of （A，B）孰高 or of a definition that is one; empty for anything else.
struct Parts {
  tir::PickOp op{};
  std::vector<tir::ExprId> of;
  std::optional<tir::DefinitionId> definition;
};
Parts parts_of(Context& context, tir::ExprId id) {
  auto const expr = context.program.exprs[id];
  if (auto const* pick = std::get_if<tir::Pick>(&expr.kind)) return {pick->op, pick->operands, std::nullopt};
  auto const* used = std::get_if<tir::DefinitionValue>(&expr.kind);
  if (used == nullptr) return {};
  auto const at = context.slot_of.find(used->definition);
  if (at == context.slot_of.end() || !context.definitions[at->second].pick) return {};
  auto const& slot = context.definitions[at->second];
  Parts parts{*slot.pick, {}, slot.id};
  for (auto const part : slot.picked)
    parts.of.push_back(
        add(context, tir::DefinitionValue{used->of, part, used->year, used->month}, expr.type, expr.span));
  return parts;
}

// 孰低 at most a bound as soon as one member is; 孰低 at least a bound only if all are. 孰高 the other way round.
bool one_suffices(tir::PickOp pick, tir::CompareOp op) {
  bool const upper = op == tir::CompareOp::Less || op == tir::CompareOp::AtMost;
  return (pick == tir::PickOp::Lowest) == upper;
}

// Taken apart before types are looked at again: all members have the type of the whole.
std::optional<tir::ExprId> compared_by_parts(Context& context, tir::CompareOp op, tir::ExprId left, tir::ExprId right,
                                             Span span) {
  if (is_equality(op)) return std::nullopt;
  for (bool const on_left : {true, false}) {
    tir::ExprId const picked = on_left ? left : right;
    Parts const parts = parts_of(context, picked);
    if (parts.of.empty()) continue;
    std::vector<tir::ExprId> comparisons;
    for (auto const part : parts.of)
      comparisons.push_back(on_left ? compared(context, op, part, right, span)
                                    : compared(context, op, left, part, span));
    bool const any = one_suffices(parts.op, on_left ? op : mirrored(op));
    tir::ExprId const apart =
        any ? disjunction(context, std::move(comparisons), span) : conjunction(context, std::move(comparisons), span);
    if (!parts.definition || is_poison(context, apart)) return apart;
    tir::ExprId const whole = compare(context, op, left, right, span);
    return add(context, tir::IfGiven{*parts.definition, whole, apart}, truth_type(), span);
  }
  return std::nullopt;
}

Letter const* letter_with_unit(Scope const& scope, ast::ExprId id) {
  auto const& expr = scope.expr(id);
  if (auto const* bracket = std::get_if<ast::Bracket>(&expr.kind)) return letter_with_unit(scope, bracket->inner);
  auto const* reference = std::get_if<ast::Reference>(&expr.kind);
  if (reference == nullptr || reference->period || reference->path.parts.size() != 1) return nullptr;
  for (auto at = scope.letters.rbegin(); at != scope.letters.rend(); ++at)
    if (at->name == reference->path.parts.front().text) return at->unit ? &*at : nullptr;
  return nullptr;
}

}  // namespace

tir::CompareOp mirrored(tir::CompareOp op) {
  switch (op) {
    case tir::CompareOp::Less: return tir::CompareOp::Greater;
    case tir::CompareOp::AtMost: return tir::CompareOp::AtLeast;
    case tir::CompareOp::Greater: return tir::CompareOp::Less;
    case tir::CompareOp::AtLeast: return tir::CompareOp::AtMost;
    case tir::CompareOp::Equal:
    case tir::CompareOp::NotEqual: break;
  }
  return op;
}

tir::ExprId check_beside(Context& context, Scope const& scope, ast::ExprId value, ast::ExprId other,
                         Type const* expected) {
  auto const& expr = scope.expr(value);
  auto const* literal = std::get_if<ast::Literal>(&expr.kind);
  auto const* bare = literal == nullptr ? nullptr : std::get_if<ast::NumberLiteral>(&literal->value);
  if (bare != nullptr && bare->unit == ast::UnitWord::None && other.has_value()) {
    if (auto const* letter = letter_with_unit(scope, other)) {
      MeasuredUnit const unit = unit_of(*letter->unit);
      return number(context, measure(*bare).value * unit.factor, unit.unit, expr.span);
    }
  }
  return check_expr(context, scope, value, expected);
}

namespace {

// A bound that no stored value can equal: 2.5人 beside a field that counts whole persons.
void warn_of_fine_bound(Context& context, tir::ExprId fact, tir::ExprId bound) {
  auto const* field = std::get_if<tir::FieldValue>(&context.program.exprs[fact].kind);
  auto const value = constant_number(context, bound);
  if (field == nullptr || !value || boost::multiprecision::denominator(*value) == 1) return;
  auto const& declared = context.program.fields[field->field];
  BigRational scaled = *value;
  for (int i = 0; i < declared.format.scale; ++i) scaled *= 10;
  if (boost::multiprecision::denominator(scaled) != 1)
    context.diagnostics
        .add(span_of(context, bound), diag::BoundTooFine, declared.name, declared.format.scale,
             drafted(*value, declared.type))
        .label(declared.span, diag::note::DeclaredHere);
}

// `=` asks for one code; a place or industry that has others below it is usually meant with them.
void warn_of_equal_code(Context& context, tir::ExprId subject, tir::ExprId value, tir::CompareOp op, Span span) {
  auto const* known = constant_value(context, value);
  auto const* code = known == nullptr ? nullptr : std::get_if<tir::CodeValue>(known);
  if (code == nullptr) return;
  auto const system = type_of(context, value).system;
  if (codes::entries(system)[static_cast<std::size_t>(code->id)].last == code->id) return;
  auto& diagnostic = context.diagnostics.add(span, diag::EqualToGroup, codes::display_path(system, code->id));
  diagnostic.add_help(diag::note::UseBelongs);
  Span const left = span_of(context, subject), right = span_of(context, value);
  if (left.file == right.file && left.end <= right.begin && !left.empty())
    diagnostic.fix({left.end, right.begin, left.file}, op == tir::CompareOp::NotEqual ? " 不属于 " : " 属于 ");
}

}  // namespace

tir::ExprId compared(Context& context, tir::CompareOp op, tir::ExprId left, tir::ExprId right, Span span) {
  if (is_poison(context, left) || is_poison(context, right)) return poison(context, span);
  if (auto const of_rank = compared_rank(context, op, left, right, span)) return *of_rank;
  if (auto const of_rank = compared_rank(context, mirrored(op), right, left, span)) return *of_rank;
  if (auto const with_period = compared_with_period(context, op, left, right, span)) return *with_period;
  if (!agree(context, left, right, span)) return poison(context, span);
  Type const type = type_of(context, left);
  if (is_equality(op) ? !has_equality(type) : !has_order(context, type)) {
    context.diagnostics.add(span, diag::NoOrder, phrase(context, type));
    return poison(context, span);
  }
  if (auto const apart = compared_by_parts(context, op, left, right, span)) return *apart;
  for (bool const on_right : {true, false}) {
    auto const* value = constant_value(context, on_right ? right : left);
    tir::ExprId const subject = on_right ? left : right;
    if (value == nullptr) continue;
    if (auto const* entry = std::get_if<tir::EntryValue>(value))
      return entries_that(context, on_right ? op : mirrored(op), subject, entry->index, span);
    if (auto const* truth = std::get_if<bool>(value)) {
      bool const as_it_is = *truth == (op == tir::CompareOp::Equal);
      return as_it_is ? subject : negation(context, subject, span);
    }
  }
  for (bool const on_right : {true, false}) {
    warn_of_fine_bound(context, on_right ? left : right, on_right ? right : left);
    warn_of_equal_code(context, on_right ? left : right, on_right ? right : left, op, span);
  }
  return compare(context, op, left, right, span);
}

tir::ExprId check_compare(Context& context, Scope const& scope, ast::Compare const& node, Span span) {
  // A name that means something only beside a type waits for its neighbour.
  std::vector<tir::ExprId> operands(node.operands.size());
  auto const neighbour = [&](std::size_t i) { return i > 0 && operands[i - 1].has_value() ? i - 1 : i + 1; };
  for (bool const waiting : {false, true})
    for (std::size_t i = 0; i < node.operands.size(); ++i) {
      if (operands[i].has_value() || (!waiting && needs_type(context, scope, node.operands[i]))) continue;
      std::size_t const near = neighbour(i);
      bool const typed = near < operands.size() && operands[near].has_value();
      Type const type = typed ? type_of(context, operands[near]) : Type{};
      if (typed && waiting && type.kind == Kind::Poison) {
        operands[i] = poison(context, scope.expr(node.operands[i]).span);
        continue;
      }
      ast::ExprId const beside = near < node.operands.size() ? node.operands[near] : ast::ExprId{};
      operands[i] = check_beside(context, scope, node.operands[i], beside, typed ? &type : nullptr);
    }
  std::vector<tir::ExprId> comparisons;
  for (std::size_t i = 0; i + 1 < operands.size(); ++i) {
    Span const pair =
        operands.size() == 2 ? span : join(scope.expr(node.operands[i]).span, scope.expr(node.operands[i + 1]).span);
    comparisons.push_back(compared(context, lowered(node.ops[i]), operands[i], operands[i + 1], pair));
  }
  return conjunction(context, std::move(comparisons), span);
}

tir::ExprId check_bound(Context& context, Scope const& scope, tir::ExprId subject, ast::ExprId subject_source,
                        ast::Bound const& bound) {
  Type const type = type_of(context, subject);
  Span const span = subject_source.has_value() ? join(scope.expr(subject_source).span, bound.span) : bound.span;
  if (type.kind == Kind::Poison) return poison(context, span);
  if (bound.op == ast::CompareOp::AtMost)
    if (auto const within = rank_within(context, subject, scope.expr(bound.value), span)) return *within;
  tir::ExprId const value = check_beside(context, scope, bound.value, subject_source, &type);
  return compared(context, lowered(bound.op), subject, value, span);
}

tir::ExprId check_bounded(Context& context, Scope const& scope, ast::Bounded const& node, Span span) {
  tir::ExprId const subject = check_expr(context, scope, node.subject);
  std::vector<tir::ExprId> bounds;
  for (auto const& bound : node.bounds) bounds.push_back(check_bound(context, scope, subject, node.subject, bound));
  if (bounds.size() == 1) context.program.exprs[bounds.front()].span = span;
  // Explanations quote each bound once: `员工人数 20人以上`, then `不满300人`.
  for (std::size_t i = 1; i < bounds.size(); ++i) context.program.exprs[bounds[i]].span = node.bounds[i].span;
  return conjunction(context, std::move(bounds), span);
}

tir::ExprId check_relation(Context& context, Scope const& scope, ast::Relation const& node, Span span) {
  using ast::RelationWord;
  auto const plain = [&](tir::CompareOp op) {
    bool const left_waits = needs_type(context, scope, node.left);
    tir::ExprId const first = check_expr(context, scope, left_waits ? node.right : node.left);
    Type const type = type_of(context, first);
    tir::ExprId const second = check_expr(context, scope, left_waits ? node.left : node.right, &type);
    return left_waits ? compared(context, op, second, first, span) : compared(context, op, first, second, span);
  };
  switch (node.word) {
    case RelationWord::Is: return plain(tir::CompareOp::Equal);
    case RelationWord::IsNot: return plain(tir::CompareOp::NotEqual);
    case RelationWord::Before: return plain(tir::CompareOp::Less);
    case RelationWord::After: return plain(tir::CompareOp::Greater);
    case RelationWord::NotBefore: return plain(tir::CompareOp::AtLeast);
    case RelationWord::NotAfter: return plain(tir::CompareOp::AtMost);
    case RelationWord::FirstAbove:
      return check_first_time(context, scope, node.left, tir::CompareOp::Greater, node.right, span);
    case RelationWord::FirstReached:
      return check_first_time(context, scope, node.left, tir::CompareOp::AtLeast, node.right, span);
  }
  return poison(context, span);
}

tir::ExprId check_range(Context& context, Scope const& scope, tir::ExprId subject, ast::Range const& range, Span span) {
  Type const type = type_of(context, subject);
  if (type.kind == Kind::Poison) return poison(context, span);
  tir::ExprId const low = check_expr(context, scope, range.low, &type);
  tir::ExprId const high = check_expr(context, scope, range.high, &type);
  if (is_poison(context, low) || is_poison(context, high)) return poison(context, span);
  bool const marked = range.low_mark != ast::EndMark::Unmarked && range.high_mark != ast::EndMark::Unmarked;
  if (type.kind == Kind::Number && !type.unit.dimensionless() && !marked) {
    context.diagnostics.add(span, diag::MarkBothEnds, source_text(context, span));
    return poison(context, span);
  }
  auto const low_op = range.low_mark == ast::EndMark::Excluded ? tir::CompareOp::Greater : tir::CompareOp::AtLeast;
  auto const high_op = range.high_mark == ast::EndMark::Excluded ? tir::CompareOp::Less : tir::CompareOp::AtMost;
  return conjunction(
      context, {compared(context, low_op, subject, low, span), compared(context, high_op, subject, high, span)}, span);
}

tir::ExprId check_in_range(Context& context, Scope const& scope, ast::InRange const& node, Span span) {
  tir::ExprId const subject = check_expr(context, scope, node.subject);
  tir::ExprId const inside =
      node.high.has_value()
          ? check_range(context, scope, subject, {node.low, node.high, node.low_mark, node.high_mark}, span)
          : within_period(context, scope, subject, node.low, span);
  return node.negated ? negation(context, inside, span) : inside;
}

}  // namespace huiyu::check
