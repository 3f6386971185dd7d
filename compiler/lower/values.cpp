// What stands for itself: constants, facts, definitions, parameters; and the dispatch over all expressions.

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/lower/expressions.h"
#include "runtime/plan/rows.h"

namespace huiyu::lower {

using plan::Op;
using types::Kind;

namespace {

// A literal's least scale: amounts, factors and rates as they are mostly written, so that `20%` and `13.15%` share a
// shape.
int least_scale(types::Type const& type, BigRational const& value) {
  if (type.unit == types::unit_of(types::BaseUnit::Yuan)) return 2;
  if (!type.unit.dimensionless()) return 0;
  return value != 0 && abs(value) < 1 ? 4 : 2;
}

bool single_value(Kind kind) {
  return kind == Kind::Truth || kind == Kind::Number || kind == Kind::Date || kind == Kind::Year ||
         kind == Kind::Month || kind == Kind::Code || kind == Kind::Enumeration || is_text(kind);
}

}  // namespace

Value Expressions::undecided(types::Type const& type) {
  if (type.kind == Kind::Truth) return {numbers_.undecided_truth(), {}};
  return {plan::none, numbers_.undecided()};
}

NodeId Expressions::literal_truth(bool value) {
  return code_.constant(lowerer_.tables().constant({plan::ConstantKind::Literal, 1, {}, 0, plan::none, value ? 1 : 0}),
                        1, true);
}

Value Expressions::value(tir::ExprId id) {
  if (auto const found = known_.find(id); found != known_.end()) return found->second;
  auto made = lower(id);
  known_.emplace(id, made);
  return made;
}

Value Expressions::lower(tir::ExprId id) {
  auto const& expr = lowerer_.expr(id);
  auto const& type = expr.type;
  return match(
      expr.kind,
      [](tir::Poison const&) -> Value {
        HUIYU_CHECK(false, "a program with errors is not lowered");
        return {};
      },
      [&](tir::Constant const& e) { return of(e, type); },         //
      [&](tir::FieldValue const& e) { return of(e, type); },       //
      [&](tir::SeriesValue const& e) { return of(e, type); },      //
      [&](tir::DefinitionValue const& e) { return of(e, type); },  //
      [&](tir::ParameterValue const& e) { return of(e, type); },   //
      [&](tir::Input const& e) { return of(e, type); },            //
      [&](tir::And const& e) { return Value{logic(Op::And, truths(e.operands)), {}}; },
      [&](tir::Or const& e) { return Value{logic(Op::Or, truths(e.operands)), {}}; },
      [&](tir::AtLeastOf const& e) { return of(e); },  //
      [&](tir::Not const& e) { return Value{logic(Op::Not, {truth(e.operand)}), {}}; },
      [&](tir::Compare const& e) { return of(e); },          //
      [&](tir::Negate const& e) { return of(e); },           //
      [&](tir::Arithmetic const& e) { return of(e); },       //
      [&](tir::Pick const& e) { return of(e, type); },       //
      [&](tir::Cap const& e) { return of(e); },              //
      [&](tir::Round const& e) { return of(e); },            //
      [&](tir::BelongsTo const& e) { return of(e); },        //
      [&](tir::SetContains const& e) { return of(e); },      //
      [&](tir::Aggregate const& e) { return of(e, type); },  //
      [&](tir::Choose const& e) { return of(e, type); },     //
      [&](tir::Default const& e) { return of(e, type); },    //
      [&](tir::Call const& e) { return of(e, type); },       //
      [&](tir::IfGiven const& e) { return of(e, type); },    //
      [&](tir::PeriodValue const&) { return of(lowerer_.period_term(id, place_), type); },
      [&](tir::Lookup const& e) { return of(e, type); },  //
      [&](tir::Shift const& e) { return of(e, type); },   //
      [&](tir::Window const& e) { return of(e, type); },  //
      [&](tir::Offset const& e) {
        auto const term = lowerer_.period_term(id, place_);
        return term.base == PeriodTerm::Base::Unknown ? of(e, type) : of(term, type);
      });
}

Value Expressions::of(tir::Constant const& e, types::Type const& type) {
  if (auto const* truth = std::get_if<bool>(&e.value)) return {literal_truth(*truth), {}};
  if (auto const* exact = std::get_if<BigRational>(&e.value))
    return {plan::none, Arithmetic::literal(*exact, least_scale(type, *exact))};
  if (!single_value(type.kind)) return undecided(type);
  auto const integer = lowerer_.integer_of(e.value, 0);
  if (!integer) return undecided(type);  // the empty text
  if (!is_text(type.kind)) return {plan::none, Arithmetic::literal(BigRational(BigInt(*integer)))};
  plan::Constant text;
  text.kind = plan::ConstantKind::Text;
  text.index = static_cast<std::uint32_t>(*integer);
  return {plan::none, numbers_.constant(lowerer_.tables().constant(text), range_of_type(lowerer_.program(), type, {}))};
}

Value Expressions::read(plan::Ref<plan::Column> ref) {
  auto const here = lowerer_.gathered(ref, place_.relation());
  auto const& column = lowerer_.column(here);
  if (column.kind == plan::ValueKind::Truth) return {code_.input(here, 1, true), {}};
  auto range = lowerer_.range_of(here);
  if (usual_ && plan::may_be_unusual(column)) {
    range.low = std::clamp(range.low, BigInt(-plan::usual_magnitude), BigInt(plan::usual_magnitude));
    range.high = std::clamp(range.high, BigInt(-plan::usual_magnitude), BigInt(plan::usual_magnitude));
  }
  return {plan::none, numbers_.input(here, column.scale, std::move(range))};
}

// A record that an aggregate has left out of scope is for the explanation alone.
Value Expressions::of(tir::FieldValue const& e, types::Type const& type) {
  auto const record = place_.find(e.of);
  if (!record || !single_value(type.kind)) return undecided(type);
  auto const relation = place_.records[*record].relation;
  auto const field = lowerer_.field(relation, e.field);
  if (!is_text(type.kind)) return read(field);
  plan::Derived row;
  row.kind = plan::DerivedKind::TextCode;
  row.value = field;
  auto const& range = lowerer_.range_of(field);
  return read(lowerer_.derive(lowerer_.blank(relation, type, 0, range), row, range));
}

Value Expressions::of(tir::DefinitionValue const& e, types::Type const& type) {
  auto const& definition = lowerer_.program().definitions[e.definition];
  auto const year = e.year.has_value() ? lowerer_.period_term(e.year, place_) : place_.year;
  auto const month = e.month.has_value() ? lowerer_.period_term(e.month, place_) : place_.month;
  if (!single_value(type.kind)) return undecided(type);
  if (!definition.schema.has_value()) {
    // About no record: its value is computed in place.
    Place own;
    own.host = place_.relation();
    own.year = year, own.month = month;
    auto inner = Expressions(lowerer_, own, code_).value(definition.value);
    bool const ranged = type.kind == Kind::Number && definition.format.low < definition.format.high;
    if (ranged)
      inner.number = numbers_.within(inner.number, {BigInt(definition.format.low), BigInt(definition.format.high)},
                                     definition.format.scale);
    return inner;
  }
  auto const record = place_.find(e.of);
  if (!record) return undecided(type);
  auto const columns = lowerer_.definition(e.definition, place_.records[*record].relation, year, month);
  if (!columns.denominator.has_value()) return read(columns.column);
  auto numerator = read(columns.numerator).number;
  auto const denominator = read(columns.denominator).number;
  numerator.denominator = denominator.node;
  numerator.denominator_range = denominator.range;
  return {plan::none, numerator};
}

Value Expressions::of(tir::ParameterValue const& e, types::Type const& type) {
  if (!single_value(type.kind)) return undecided(type);
  auto const ref = lowerer_.parameter(e.parameter);
  auto const node = [&](bool truth) {
    return code_.constant(lowerer_.tables().constant({plan::ConstantKind::Parameter, 1, {}, 0, ref.index, 0}), 1,
                          truth);
  };
  if (type.kind == Kind::Truth) return {node(true), {}};
  auto const& plan = lowerer_.tables().plan();
  auto const& parameter = plan.parameters[ref.index];
  Number number;
  number.node = node(false);
  number.scale = parameter.scale;
  if (is_text(type.kind)) {
    number.range = range_of_type(lowerer_.program(), type, {});
    return {plan::none, number};
  }
  bool first = true;
  for (std::uint32_t i = 0; i < parameter.values.count; ++i) {
    BigInt const value = plan.parameter_values[parameter.values.begin + i].value;
    number.range = {first ? value : BigInt(std::min(number.range.low, value)),
                    first ? value : BigInt(std::max(number.range.high, value))};
    first = false;
  }
  return {plan::none, number};
}

Value Expressions::of(tir::Input const& e, types::Type const& type) {
  switch (e.word) {
    case tir::InputWord::AsOf: {
      Number number;
      number.node =
          code_.constant(lowerer_.tables().constant({plan::ConstantKind::AsOfDay, 1, {}, 0, plan::none, 0}), 1, false);
      number.range = range_of_type(lowerer_.program(), type, {});
      return {plan::none, number};
    }
    case tir::InputWord::ApplicationYear: return of(PeriodTerm{PeriodTerm::Base::ApplicationYear, 0}, type);
    case tir::InputWord::ThisYear: return of(place_.year, type);
    case tir::InputWord::ThisMonth: return of(place_.month, type);
  }
  return undecided(type);
}

Value Expressions::of(PeriodTerm term, types::Type const& type) {
  if (term.base == PeriodTerm::Base::Unknown) return undecided(type);
  if (term.base == PeriodTerm::Base::Literal)
    return {plan::none, Arithmetic::literal(BigRational(BigInt(term.offset)))};
  Number number;
  number.node = code_.constant(lowerer_.constant(term), 1, false);
  number.range = range_of_type(lowerer_.program(), type, {});
  number.range = {BigInt(number.range.low + std::min<std::int64_t>(term.offset, 0)),
                  BigInt(number.range.high + std::max<std::int64_t>(term.offset, 0))};
  return {plan::none, number};
}

// Years and months end with the calendar.
Value Expressions::of(tir::Offset const& e, types::Type const& type) {
  auto const moved = numbers_.add(number(e.period), Arithmetic::literal(BigRational(BigInt(e.by))), false);
  return {plan::none, numbers_.within(moved, range_of_type(lowerer_.program(), type, {}), 0)};
}

Value Expressions::of(tir::IfGiven const& e, types::Type const& type) {
  auto const& definition = lowerer_.program().definitions[e.definition];
  auto const name = lowerer_.tables().text(definition.name);
  if (definition.internal || !definition.schema.has_value() || !single_value(type.kind)) return value(e.computed);
  auto const given =
      code_.constant(lowerer_.tables().constant({plan::ConstantKind::Given, 1, {}, 0, name.index, 0}), 1, true);
  Row const rows[] = {{given, value(e.given)}};
  return choose(Op::ChooseUnique, rows, value(e.computed));
}

}  // namespace huiyu::lower
