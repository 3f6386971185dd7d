// Which expressions can be errors. An error never agrees with anything, while what is only missing may.

#include "compiler/base/match.h"
#include "compiler/lower/lowerer.h"

namespace huiyu::lower {

bool Lowerer::can_err(tir::ExprId id) {
  if (!id.has_value()) return false;
  if (auto const found = can_err_.find(id); found != can_err_.end()) return found->second;
  auto const any = [&](std::vector<tir::ExprId> const& operands) {
    return std::any_of(operands.begin(), operands.end(), [&](tir::ExprId one) { return can_err(one); });
  };
  bool const answer = match(
      expr(id).kind, [](tir::Poison const&) { return false; }, [](tir::Constant const&) { return false; },
      [](tir::FieldValue const&) { return false; }, [](tir::ParameterValue const&) { return false; },
      [](tir::Input const&) { return false; }, [](tir::PeriodValue const&) { return false; },
      [&](tir::SeriesValue const& e) { return can_err(e.period); },
      // A value past the range of its type is an error.
      [&](tir::DefinitionValue const& e) {
        auto const& definition = program_.definitions[e.definition];
        bool const ranged =
            definition.type.kind == types::Kind::Number && definition.format.low < definition.format.high;
        return ranged || any({definition.value, e.year, e.month});
      },
      [&](tir::IfGiven const& e) { return any({e.given, e.computed}); },
      [&](tir::Lookup const& e) { return any(e.keys); }, [&](tir::And const& e) { return any(e.operands); },
      [&](tir::Or const& e) { return any(e.operands); }, [&](tir::AtLeastOf const& e) { return any(e.operands); },
      [&](tir::Not const& e) { return can_err(e.operand); },
      [&](tir::Compare const& e) { return any({e.left, e.right}); },
      [&](tir::Negate const& e) { return can_err(e.operand); },
      [&](tir::Arithmetic const& e) {
        auto const* divisor = std::get_if<tir::Constant>(&expr(e.right).kind);
        bool const divides =
            e.op == tir::ArithmeticOp::Divide && (divisor == nullptr || std::get<BigRational>(divisor->value) == 0);
        return divides || any({e.left, e.right});
      },
      [&](tir::Pick const& e) { return any(e.operands); }, [&](tir::Cap const& e) { return any({e.operand, e.bound}); },
      [&](tir::Round const& e) { return can_err(e.operand); },
      [&](tir::BelongsTo const& e) { return can_err(e.subject); },
      [&](tir::SetContains const& e) { return any({e.set, e.member}); },
      [&](tir::Shift const& e) { return any({e.operand, e.steps}); },
      // Periods end with the calendar.
      [](tir::Offset const&) { return true; },
      [&](tir::Aggregate const& e) {
        bool const of_nothing = e.op == tir::AggregateOp::Mean || e.op == tir::AggregateOp::Largest ||
                                e.op == tir::AggregateOp::Smallest || e.op == tir::AggregateOp::Median;
        return of_nothing || any({e.each, e.where});
      },
      [&](tir::Window const& e) {
        bool const of_nothing = e.op == tir::AggregateOp::Mean || e.op == tir::AggregateOp::Largest ||
                                e.op == tir::AggregateOp::Smallest || e.op == tir::AggregateOp::Median;
        return of_nothing || any({e.from, e.to, e.each, e.where});
      },
      [&](tir::Choose const& e) {
        bool errs = !e.otherwise.has_value() || e.rule == tir::HitRule::Unique || e.rule == tir::HitRule::Exclusive ||
                    can_err(e.otherwise);
        for (auto const& row : e.rows) errs = errs || any({row.condition, row.value});
        return errs;
      },
      [&](tir::Default const& e) { return any({e.fact, e.value}); }, [](tir::Call const&) { return true; });
  can_err_.emplace(id, answer);
  return answer;
}

}  // namespace huiyu::lower
