// How undecided operands make undecided results: language.md section 5, **Truth**.

#include <doctest/doctest.h>

#include "runtime/engine/program.h"
#include "tests/unit/runtime_explain/plan_maker.h"

namespace huiyu::engine {
namespace {

using plan::Op;
using testing::Formula;
using testing::PlanMaker;

struct Cell {
  std::int64_t value = 0;
  std::uint8_t stands = state::known;
};
constexpr Cell yes{1, state::known}, no{0, state::known}, missing{0, state::missing}, error{0, state::error},
    asks{0, state::open};

// The state of an operation on these operands, which are all truth or all numbers.
Cell run(Op op, std::vector<Cell> const& operands, bool truth, std::int64_t immediate = 0) {
  PlanMaker maker;
  Formula formula;
  std::vector<std::uint32_t> places;
  for (std::size_t i = 0; i < operands.size(); ++i) places.push_back(formula.input({0}, 1));
  formula.node(op, places, immediate, 1, truth);
  maker.use({0}, formula);
  auto const program = make_program(maker.plan, maker.plan.shapes[0]);
  std::vector<std::int64_t const*> inputs;
  std::vector<std::uint8_t const*> states;
  for (auto const& operand : operands) {
    inputs.push_back(&operand.value);
    states.push_back(&operand.stands);
  }
  Cell result;
  Scratch scratch;
  interpret(program, {1, inputs.data(), states.data(), nullptr, nullptr, nullptr, &result.value, &result.stands},
            scratch);
  return result;
}

int stands(Op op, std::vector<Cell> const& operands, bool truth = true, std::int64_t immediate = 0) {
  return run(op, operands, truth, immediate).stands;
}

TEST_CASE("且 and 或: what is missing comes before an error, and a settled answer before both") {
  CHECK(stands(Op::And, {error, missing}) == state::missing);
  CHECK(stands(Op::And, {yes, error}) == state::error);
  CHECK(stands(Op::And, {missing, error, asks}) == state::open);
  CHECK(stands(Op::And, {error, missing, no}) == state::known);
  CHECK(stands(Op::Or, {missing, error}) == state::missing);
  CHECK(stands(Op::Or, {no, error}) == state::error);
  CHECK(stands(Op::Or, {asks, error, yes}) == state::known);
  CHECK(stands(Op::AtLeastOf, {yes, error, missing}, true, 2) == state::missing);
  CHECK(stands(Op::AtLeastOf, {yes, error, no}, true, 2) == state::error);
  CHECK(stands(Op::AtLeastOf, {yes, error, yes}, true, 2) == state::known);
  CHECK(stands(Op::AtLeastOf, {no, error, no}, true, 2) == state::known);
}

TEST_CASE("strict operations: an error wins") {
  CHECK(stands(Op::Add, {missing, error}, false) == state::error);
  CHECK(stands(Op::Less, {missing, yes}) == state::missing);
  CHECK(stands(Op::Multiply, {missing, no}, false) == state::missing);
  // A divisor of 0 is an error whatever is missing beside it.
  CHECK(stands(Op::NonZero, {no}, false) == state::error);
  CHECK(stands(Op::NonZero, {missing}, false) == state::missing);
  CHECK(stands(Op::OrElse, {missing, yes}, false) == state::known);
  CHECK(stands(Op::OrElse, {error, yes}, false) == state::error);
}

TEST_CASE("choices: two rows that hold, none, and rows that may hold") {
  Cell const one{1, state::known}, two{2, state::known};
  CHECK(stands(Op::ChooseUnique, {yes, one, yes, one}, false) == state::error);
  CHECK(stands(Op::ChooseUnique, {no, one, no, two}, false) == state::error);
  CHECK(stands(Op::ChooseUnique, {missing, one, error, two}, false) == state::missing);
  CHECK(stands(Op::ChooseExclusive, {missing, one, no, two, one}, false) == state::known);
  CHECK(stands(Op::ChooseExclusive, {missing, one, no, two, two}, false) == state::missing);
  CHECK(stands(Op::ChooseExclusive, {missing, one, error, one, one}, false) == state::missing);
  CHECK(stands(Op::ChooseFirst, {error, one, yes, two}, false) == state::error);
  CHECK(stands(Op::ChooseFirst, {missing, two, yes, two}, false) == state::known);
  CHECK(stands(Op::ChooseFirst, {missing, two, error, two, two}, false) == state::missing);
  CHECK(stands(Op::ChooseFirst, {no, one, no, two}, false) == state::error);
  CHECK(stands(Op::ChooseHighest, {missing, one, yes, error}, false) == state::error);
  CHECK(run(Op::ChooseFirst, {no, one, yes, two, one}, false).value == 2);
}

}  // namespace
}  // namespace huiyu::engine
