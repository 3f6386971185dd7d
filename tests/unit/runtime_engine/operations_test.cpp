// Each operation of a program on rows whose answer is plain, in every width.

#include <array>
#include <limits>
#include <optional>

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/engine/lanes.h"
#include "runtime/engine/program.h"
#include "runtime/engine/row_program.h"
#include "tests/unit/runtime_explain/plan_maker.h"

namespace huiyu::engine {
namespace {

using plan::Op;
using testing::Formula;
using testing::PlanMaker;
using Cell = std::optional<std::int64_t>;
using Cells = std::vector<Cell>;
constexpr auto missing = std::nullopt;

std::vector<std::int64_t> limbs_of(std::vector<Cell> const& cells, std::uint8_t width) {
  std::vector<std::int64_t> limbs;
  for (auto const& cell : cells)
    for (int limb = 0; limb < width; ++limb)
      limbs.push_back(!cell ? 0x5A5A5A5A5A5A5A5A : limb == 0 ? *cell : *cell < 0 ? -1 : 0);
  return limbs;
}

// A program for one row says what the interpreter does of rows of which all is known; of the others nobody asks it.
void check_row_by_row(plan::Plan const& plan, std::vector<std::vector<Cell>> const& columns, Cells const& wanted) {
  auto const program = RowProgram::make(plan, plan.shapes[0]);
  if (!program) return;
  for (std::size_t row = 0; row < wanted.size(); ++row) {
    std::vector<Int128> registers(program->register_count());
    bool known = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      known = known && columns[i][row].has_value();
      registers[i] = columns[i][row].value_or(0);
    }
    if (!known) continue;
    auto const result = program->run(registers.data(), nullptr);
    CHECK(result.has_value() == wanted[row].has_value());
    if (result) CHECK(static_cast<std::int64_t>(*result) == *wanted[row]);
  }
}

// One operation over columns, computed in `width` limbs and cut to the first.
std::vector<Cell> compute(Op op, std::vector<std::vector<Cell>> const& columns, std::int64_t immediate = 0,
                          std::uint8_t width = 1, bool truth = false) {
  PlanMaker maker;
  Formula formula;
  std::vector<std::uint32_t> operands;
  for (std::size_t i = 0; i < columns.size(); ++i) operands.push_back(formula.input({0}, width));
  formula.node(op, operands, immediate, truth ? std::uint8_t{1} : width, truth);
  maker.use({0}, formula);
  auto const program = make_program(maker.plan, maker.plan.shapes[0]);

  std::vector<std::vector<std::int64_t>> values;
  std::vector<std::vector<std::uint8_t>> states;
  std::vector<std::int64_t const*> inputs;
  std::vector<std::uint8_t const*> input_states;
  for (auto const& column : columns) {
    values.push_back(limbs_of(column, width));
    states.emplace_back();
    for (auto const& cell : column) states.back().push_back(cell ? state::known : state::missing);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    inputs.push_back(values[i].data());
    input_states.push_back(states[i].data());
  }
  auto const rows = columns.front().size();
  std::vector<std::int64_t> out(rows * program.result_width);
  std::vector<std::uint8_t> out_states(rows);
  KernelArguments arguments;
  arguments.row_count = static_cast<std::int64_t>(rows);
  arguments.inputs = inputs.data();
  arguments.input_states = input_states.data();
  arguments.out = out.data();
  arguments.out_states = out_states.data();
  Scratch scratch;
  interpret(program, arguments, scratch);
  std::vector<Cell> result;
  for (std::size_t row = 0; row < rows; ++row) {
    if (out_states[row] != state::known) {
      result.emplace_back(missing);
      continue;
    }
    auto const* limbs = out.data() + row * program.result_width;
    // What is wider than one limb is that limb with its sign.
    for (int limb = 1; limb < program.result_width; ++limb) CHECK(limbs[limb] == (limbs[0] < 0 ? -1 : 0));
    result.emplace_back(limbs[0]);
  }
  check_row_by_row(maker.plan, columns, result);
  return result;
}

constexpr std::array<std::uint8_t, 4> widths{1, 2, 4, 8};

TEST_CASE("arithmetic in every width; what is missing stays missing") {
  for (auto width : widths) {
    CAPTURE(width);
    CHECK(compute(Op::Add, {{1, -5, missing}, {2, 3, 4}}, 0, width) == Cells{3, -2, missing});
    CHECK(compute(Op::Subtract, {{1, -5, 7}, {2, 3, missing}}, 0, width) == Cells{-1, -8, missing});
    CHECK(compute(Op::Multiply, {{-3, 1'000'000'007}, {7, -1'000'003}, {1, 2}}, 0, width) ==
          Cells{-21, -2'000'006'014'000'042});
    CHECK(compute(Op::Minimum, {{-3, 4}, {7, -9}, {0, 0}}, 0, width) == Cells{-3, -9});
    CHECK(compute(Op::Maximum, {{-3, 4}, {7, -9}, {0, 0}}, 0, width) == Cells{7, 4});
    CHECK(compute(Op::Negate, {{-3, 0, 4}}, 0, width) == Cells{3, 0, -4});
    CHECK(compute(Op::Absolute, {{-3, 0, 4}}, 0, width) == Cells{3, 0, 4});
    CHECK(compute(Op::Sign, {{-3, 0, 4}}, 0, width) == Cells{-1, 0, 1});
    CHECK(compute(Op::ScaleUp, {{-3, 0, 4}}, 3, width) == Cells{-3000, 0, 4000});
    CHECK(compute(Op::NonZero, {{-3, 0, 4}}, 0, width) == Cells{-3, missing, 4});
    CHECK(compute(Op::NonNegative, {{-3, 0, 4}}, 0, width) == Cells{missing, 0, 4});
    CHECK(compute(Op::Fits, {{-3, 5, 11}, {0, 0, 0}, {10, 10, 10}}, 0, width) == Cells{missing, 5, missing});
    CHECK(compute(Op::OrElse, {{1, missing, missing}, {9, 8, missing}}, 0, width) == Cells{1, 8, missing});
    CHECK(compute(Op::Less, {{1, 2, -3}, {2, 2, missing}}, 0, width, true) == Cells{1, 0, missing});
    CHECK(compute(Op::AtMost, {{1, 2, -3}, {2, 2, -4}}, 0, width, true) == Cells{1, 1, 0});
    CHECK(compute(Op::Equal, {{-1, 2}, {-1, -2}}, 0, width, true) == Cells{1, 0});
  }
}

TEST_CASE("division rounds as written, and by zero it is no value") {
  for (auto width : widths) {
    CAPTURE(width);
    Cells const above{5, -5, 7, -7, 1}, below{2, 2, 2, -2, 0};
    CHECK(compute(Op::DivideRound, {above, below}, 0, width) == Cells{3, -2, 4, 4, missing});
    CHECK(compute(Op::DivideRound, {above, below}, 1, width) == Cells{2, -2, 3, 3, missing});
    CHECK(compute(Op::DivideRound, {above, below}, 2, width) == Cells{3, -3, 4, 4, missing});
    CHECK(compute(Op::DivideRound, {above, below}, 3, width) == Cells{2, -2, 4, 4, missing});
    CHECK(compute(Op::RoundDecimal, {{150, 149, -150, -151}}, 4 * 2, width) == Cells{2, 1, -1, -2});
    CHECK(compute(Op::RoundDecimal, {{std::numeric_limits<std::int64_t>::max(), 1, -1}}, 4 * 19, width) ==
          Cells{1, 0, 0});
    CHECK(compute(Op::RoundDecimal, {{1, 0, -1}}, 4 * 150 + 2, width) == Cells{1, 0, -1});
    CHECK(compute(Op::ReduceNumerator, {{6, -6, 0, 5}, {4, 4, 9, 0}}, 0, width) == Cells{3, -3, 0, missing});
    CHECK(compute(Op::ReduceDenominator, {{6, -6, 0, 5}, {4, 4, 9, 0}}, 0, width) == Cells{2, 2, 1, missing});
  }
}

TEST_CASE("the limits of 64 bits and beyond are reached without a fault") {
  auto const top = std::numeric_limits<std::int64_t>::max();
  PlanMaker maker;
  Formula formula;  // top² − top² + top, in 128 bits
  auto const a = formula.input({0}), b = formula.input({0});
  auto const square = formula.node(Op::Multiply, {a, b}, 0, 2);
  auto const nothing = formula.node(Op::Subtract, {square, square}, 0, 2);
  formula.node(Op::Add, {nothing, a}, 0, 1);
  maker.use({0}, formula);
  auto const program = make_program(maker.plan, maker.plan.shapes[0]);
  std::int64_t const value[] = {top, -top};
  std::uint8_t const known[] = {state::known, state::known};
  std::int64_t const* const inputs[] = {value, value};
  std::uint8_t const* const input_states[] = {known, known};
  std::int64_t out[2] = {};
  std::uint8_t out_states[2] = {};
  Scratch scratch;
  interpret(program, {2, inputs, input_states, nullptr, nullptr, nullptr, out, out_states}, scratch);
  CHECK(out[0] == top);
  CHECK(out[1] == -top);
}

TEST_CASE("wide values survive a store and a load") {
  std::int64_t limbs[8] = {};
  for (int bits : {0, 1, 63, 64, 65, 127, 128, 200, 254}) {
    Int256 const value = (Int256(1) << bits) - 1;
    store<4>(limbs, 0, value);
    CHECK(load<4>(limbs, 0) == value);
    store<4>(limbs, 0, Int256(-value));
    CHECK(load<4>(limbs, 0) == -value);
    Int512 const wider = ((Int512(1) << bits) - 1) * -1000;
    store<8>(limbs, 0, wider);
    CHECK(load<8>(limbs, 0) == wider);
  }
}

TEST_CASE("months: the last day of a shorter one; outside the calendar it is no value") {
  Cell const last_of_january = days_from_civil({2024, 1, 31});
  CHECK(compute(Op::AddMonths, {{last_of_january, last_of_january, last_of_january, missing}, {1, 12, 120'000, 1}}) ==
        Cells{days_from_civil({2024, 2, 29}), days_from_civil({2025, 1, 31}), missing, missing});
  CHECK(compute(Op::YearOf, {{last_of_january, missing}}) == Cells{2024, missing});
  CHECK(compute(Op::MonthOf, {{last_of_january, missing}}) == Cells{2024 * 12, missing});
}

TEST_CASE("which operations have a program for one row") {
  auto const has = [](Op op, std::uint8_t width, std::int64_t immediate, std::uint32_t operands) {
    PlanMaker maker;
    Formula formula;
    std::vector<std::uint32_t> inputs;
    for (std::uint32_t i = 0; i < operands; ++i) inputs.push_back(formula.input({0}, width));
    formula.node(op, inputs, immediate, width);
    maker.use({0}, formula);
    return RowProgram::make(maker.plan, maker.plan.shapes[0]).has_value();
  };
  for (auto width : widths) {
    CHECK(has(Op::Multiply, width, 0, 2) == (width <= 2));
    CHECK(has(Op::ChooseExclusive, width, 0, 5) == (width <= 2));
    CHECK(has(Op::RoundDecimal, width, 4 * 18, 1) == (width <= 2));
    CHECK(!has(Op::RoundDecimal, width, 4 * 19, 1));
    CHECK(!has(Op::ReduceNumerator, width, 0, 2));
  }
}

}  // namespace
}  // namespace huiyu::engine
