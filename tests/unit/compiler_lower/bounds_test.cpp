// A comparison of a column with a number of the text becomes an interval of whole integers: exact, whatever decimals
// the number has.

#include <doctest/doctest.h>

#include "compiler/lower/lower.h"
#include "runtime/plan/verify.h"

using namespace huiyu;

namespace {

struct Comparison {
  tir::Program program;
  plan::Plan plan;

  // 收入 (two decimals) compared with a number, the column on either side.
  Comparison(tir::CompareOp op, BigRational const& number, bool column_first, bool negated) {
    types::Type money;
    money.kind = types::Kind::Number;
    money.unit = types::unit_of(types::BaseUnit::Yuan);
    types::Type truth;
    truth.kind = types::Kind::Truth;
    auto const firm = program.schemas.add({"企业", {}, {}, {}});
    tir::Field field;
    field.name = "收入", field.schema = firm, field.type = money, field.format = {2, -1000, 1000};
    auto const income = program.fields.add(field);
    program.schemas[firm].fields.push_back(income);
    auto const column = program.exprs.add({tir::FieldValue{tir::BindingId{0}, income}, money, {}, {}});
    auto const constant = program.exprs.add({tir::Constant{number}, money, {}, {}});
    auto condition = program.exprs.add(
        {tir::Compare{op, column_first ? column : constant, column_first ? constant : column}, truth, {}, {}});
    if (negated) condition = program.exprs.add({tir::Not{condition}, truth, {}, {}});
    tir::Policy policy;
    policy.id = "1", policy.name = "一", policy.subject = firm, policy.condition = condition;
    program.policies.add(policy);
    auto lowered = lower::lower(program, {}, {});
    REQUIRE(lowered);
    REQUIRE(plan::verify(*lowered).empty());
    plan = *lowered;
  }

  // Whether the condition holds for an integer of the column, read off the one atom.
  bool holds(std::int64_t fen) const {
    auto const& condition = plan.conditions[plan.policies[0].condition.index];
    REQUIRE(condition.kind == plan::ConditionKind::Literal);
    auto const& atom = plan.atoms[condition.atom.index];
    REQUIRE(atom.kind == plan::AtomKind::Interval);
    bool const above = !atom.low.has_value() || plan.constants[atom.low.index].value <= fen;
    bool const below = !atom.high.has_value() || fen <= plan.constants[atom.high.index].value;
    return (above && below) != (condition.negated != 0);
  }
};

bool truth(tir::CompareOp op, BigRational const& a, BigRational const& b) {
  switch (op) {
    case tir::CompareOp::Less: return a < b;
    case tir::CompareOp::AtMost: return a <= b;
    case tir::CompareOp::Greater: return a > b;
    case tir::CompareOp::AtLeast: return a >= b;
    case tir::CompareOp::Equal: return a == b;
    case tir::CompareOp::NotEqual: return a != b;
  }
  return false;
}

}  // namespace

TEST_CASE("bounds are exact for every comparison, side and number of decimals") {
  std::vector<BigRational> const numbers{0,
                                         5,
                                         -5,
                                         BigRational(1, 2),
                                         BigRational(1, 200),
                                         BigRational(-1, 200),
                                         BigRational(1, 3),
                                         BigRational(-7, 3),
                                         BigRational(12345, 10000)};
  for (auto const& number : numbers)
    for (int op = 0; op < 6; ++op)
      for (bool const column_first : {true, false})
        for (bool const negated : {true, false}) {
          auto const compare = static_cast<tir::CompareOp>(op);
          Comparison const comparison(compare, number, column_first, negated);
          for (std::int64_t fen = -600; fen <= 600; ++fen) {
            BigRational const value(fen, 100);
            bool const expected =
                (column_first ? truth(compare, value, number) : truth(compare, number, value)) != negated;
            if (comparison.holds(fen) != expected)
              FAIL_CHECK("op " << op << " column first " << column_first << " negated " << negated << " fen " << fen);
          }
        }
}

TEST_CASE("a comparison and its complement are one atom") {
  auto id = [](tir::CompareOp op, BigRational const& number) {
    return Comparison(op, number, true, false).plan.atoms[0].id;
  };
  CHECK(id(tir::CompareOp::AtLeast, 5) == id(tir::CompareOp::Less, 5));
  CHECK(id(tir::CompareOp::Greater, 5) == id(tir::CompareOp::AtMost, 5));
  // Over whole 分 these are the same tests too.
  CHECK(id(tir::CompareOp::Greater, BigRational(1, 200)) == id(tir::CompareOp::AtLeast, BigRational(1, 100)));
  CHECK(id(tir::CompareOp::AtLeast, 5) != id(tir::CompareOp::Greater, 5));
}
