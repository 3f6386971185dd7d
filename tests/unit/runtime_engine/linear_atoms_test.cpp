// Comparisons of two facts, found in their programs and tested without them: what they find is what the programs say.

#include "runtime/engine/linear_atoms.h"

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/engine/block.h"
#include "runtime/engine/layout.h"
#include "runtime/plan/verify.h"
#include "tests/unit/runtime_explain/clauses.h"

namespace huiyu::engine {
namespace {

using plan::Op;
using plan::ValueKind;
using testing::Formula;
using testing::PlanMaker;
using Divisor = genes::LinearTest::Divisor;
using Row = std::vector<std::optional<std::int64_t>>;

// 金额 ÷ 人数 ≥ 30%, as the lowering writes it: the divisor's sign moves to the numerator.
struct Ratio : PlanMaker {
  plan::Ref<plan::Relation> firm = root("企业");
  plan::Ref<plan::Column> above = field(firm, "金额", ValueKind::Number);
  plan::Ref<plan::Column> below = field(firm, "人数", ValueKind::Number);
  Formula formula;
  std::uint32_t divisor = 0;

  std::uint32_t divide() {
    auto const x = formula.input(above);
    divisor = formula.node(Op::NonZero, {formula.input(below)});
    return formula.node(Op::Multiply, {x, formula.node(Op::Sign, {divisor})});
  }
  std::uint32_t thirty_percent() {
    auto const percent = formula.constant(literal(30));
    return formula.node(Op::Multiply, {percent, formula.node(Op::Absolute, {divisor})});
  }
  plan::Ref<plan::Column> finish() { return program(firm, like(ValueKind::Truth), formula); }
  BoundPlan bound() const {
    for (auto const& fault : plan::verify(plan)) FAIL(fault);
    RunInputs inputs;
    inputs.as_of_day = days_from_civil({2024, 6, 30});
    auto made = bind(plan, inputs);
    REQUIRE(made.has_value());
    return std::move(*made);
  }
};

TEST_CASE("a quotient against a constant is one test of its two facts") {
  Ratio ratio;
  auto const scaled = ratio.formula.node(Op::ScaleUp, {ratio.divide()}, 2);
  ratio.formula.node(Op::AtMost, {ratio.thirty_percent(), scaled}, 0, 1, true);
  auto const truth = ratio.finish();
  auto const bound = ratio.bound();
  auto const found = linear_atom(bound, truth);
  REQUIRE(found.has_value());
  CHECK(found->x == 0);
  CHECK(found->y == 1);
  CHECK(found->test == genes::LinearTest{10, -3, 0, Divisor::Y, true});
}

TEST_CASE("a comparison and its opposite, sums and constants are multiplied out; what cancels must still be there") {
  Ratio ratio;
  auto& formula = ratio.formula;
  auto const x = formula.input(ratio.above), y = formula.input(ratio.below);
  auto const doubled = formula.node(Op::Add, {x, x});
  auto const left = formula.node(Op::Subtract, {formula.node(Op::Add, {doubled, y}), y});
  auto const right = formula.constant(ratio.literal(-7));
  formula.node(Op::Not, {formula.node(Op::Less, {left, right}, 0, 1, true)}, 0, 1, true);
  auto const truth = ratio.finish();
  auto const bound = ratio.bound();
  auto const found = linear_atom(bound, truth);
  REQUIRE(found.has_value());
  CHECK(found->y == 1);
  CHECK(found->test == genes::LinearTest{2, 0, 7, Divisor::None, true});  // 2x ≥ −7
}

TEST_CASE("products of facts, two divisors, and a divisor whose sign is left out stay programs") {
  {
    Ratio ratio;
    auto& formula = ratio.formula;
    auto const product = formula.node(Op::Multiply, {formula.input(ratio.above), formula.input(ratio.below)});
    formula.node(Op::Less, {product, formula.constant(ratio.literal(5))}, 0, 1, true);
    auto const truth = ratio.finish();
    CHECK(!linear_atom(ratio.bound(), truth));
  }
  {
    Ratio ratio;
    auto& formula = ratio.formula;
    auto const one = formula.node(Op::NonZero, {formula.input(ratio.above)});
    auto const other = formula.node(Op::NonZero, {formula.input(ratio.below)});
    formula.node(Op::Less, {one, other}, 0, 1, true);
    auto const truth = ratio.finish();
    CHECK(!linear_atom(ratio.bound(), truth));
  }
  {
    Ratio ratio;
    auto& formula = ratio.formula;
    auto const x = formula.input(ratio.above);
    formula.node(Op::Less, {x, formula.node(Op::NonZero, {formula.input(ratio.below)})}, 0, 1, true);
    auto const truth = ratio.finish();
    CHECK(!linear_atom(ratio.bound(), truth));
    // … unless it has none.
    ratio.plan.columns[ratio.below.index].low = 0;
    CHECK(linear_atom(ratio.bound(), truth).has_value());
  }
}

TEST_CASE("records meet a quotient as its program says: beside the constant, divisors below 0, at 0 and missing") {
  Ratio ratio;
  auto const scaled = ratio.formula.node(Op::ScaleUp, {ratio.divide()}, 2);
  ratio.formula.node(Op::AtMost, {ratio.thirty_percent(), scaled}, 0, 1, true);
  ratio.truth(ratio.finish());
  auto const bound = ratio.bound();
  constexpr std::int64_t most = 1'000'000'000'000'000;
  std::vector<Row> const rows{
      {3, 10},      {2, 10},   {-3, -10}, {-2, -10},         {-4, -10},         {4, -10},          {0, 7},
      {0, -7},      {5, 0},    {-5, 0},   {std::nullopt, 0}, {std::nullopt, 4}, {4, std::nullopt}, {most, -most},
      {most, most}, {-most, 1}};
  auto builders = columns::make_builders(layout_of(ratio.plan, ratio.firm)->fields);
  for (auto const& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) testing::TechnicalRenovation::put(builders[i], row[i]);
  auto const batch = columns::finish_batch(builders);
  plan::Ref<plan::Atom> const atom{0};
  for (auto const* kernels : genes::all_kernels()) {
    CAPTURE(kernels->name);
    Block block(bound, batch, ratio.firm, nullptr, *kernels);
    std::vector<std::uint32_t> every;
    for (std::uint32_t row = 0; row < rows.size(); ++row) every.push_back(row);
    block.start(0, batch.row_count);
    auto const tested = block.atom(atom);
    std::array const found{tested.yes[0], tested.maybe[0], tested.lacks[0], tested.asks[0]};
    // Chosen rows run the program.
    block.select(every);
    auto const computed = block.atom(atom);
    CHECK(found == std::array{computed.yes[0], computed.maybe[0], computed.lacks[0], computed.asks[0]});
    CHECK(found[0] == 0b0100'0000'0001'0101);
  }
}

}  // namespace
}  // namespace huiyu::engine
