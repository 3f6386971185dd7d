#include "compiler/ast/children.h"

#include "compiler/base/match.h"

namespace huiyu::ast {

void for_each_child(Expr const& expr, std::function<void(ExprId)> const& visit) {
  auto const one = [&](ExprId id) {
    if (id.has_value()) visit(id);
  };
  auto const all = [&](std::vector<ExprId> const& ids) {
    for (ExprId const id : ids) one(id);
  };
  auto const bounds = [&](std::vector<Bound> const& list) {
    for (Bound const& bound : list) one(bound.value);
  };
  auto const key = [&](RowKey const& k) {
    all(k.values);
    bounds(k.bounds);
    one(k.range);
    one(k.condition);
    all(k.except);
  };
  match(
      expr.kind, [](Hole const&) {}, [](Literal const&) {}, [](Reference const&) {},
      [&](Negate const& e) { one(e.operand); }, [&](Arithmetic const& e) { one(e.left), one(e.right); },
      [&](Not const& e) { one(e.operand); }, [&](Logic const& e) { all(e.operands); },
      [&](Bounded const& e) { one(e.subject), bounds(e.bounds); }, [&](Compare const& e) { all(e.operands); },
      [&](Relation const& e) { one(e.left), one(e.right); },
      [&](Membership const& e) { one(e.subject), all(e.members), all(e.except); },
      [&](InRange const& e) { one(e.subject), one(e.low), one(e.high); },
      [&](Range const& e) { one(e.low), one(e.high); }, [&](Since const& e) { one(e.start), one(e.length); },
      [&](Call const& e) {
        all(e.arguments), one(e.each), one(e.where), all(e.distinct);
        for (auto const& [name, value] : e.named) one(value);
      },
      [&](EveryPeriod const& e) { one(e.condition); }, [&](Pick const& e) { all(e.operands); },
      [&](ExcessPart const& e) { one(e.amount), one(e.above); }, [&](Bracket const& e) { one(e.inner); },
      [&](Cap const& e) { one(e.operand), one(e.bound); }, [&](Round const& e) { one(e.operand); },
      [&](WhenPart const& e) { one(e.operand), one(e.condition); },
      [&](EachFull const& e) { one(e.value), one(e.step), one(e.amount); },
      [&](Shift const& e) { one(e.value), one(e.steps); }, [&](FullPeriod const& e) { one(e.since); },
      [&](Default const& e) { one(e.fact), one(e.value); }, [&](NextYear const& e) { one(e.of); },
      [&](YearCount const& e) { one(e.from); },
      [&](Ladder const& e) {
        one(e.subject);
        for (Row const& row : e.rows) key(row.key), one(row.value);
      },
      [&](Table const& e) {
        one(e.subject);
        for (Abbreviation const& letter : e.abbreviations) one(letter.value);
        all(e.header);
        for (TableRow const& row : e.rows) {
          key(row.key);
          for (Cell const& cell : row.cells) all(cell.conditions);
        }
      },
      [&](Quantified const& e) {
        for (Member const& member : e.members) one(member.condition);
      });
}

}  // namespace huiyu::ast
