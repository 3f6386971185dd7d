#include "runtime/engine/lanes.h"
#include "runtime/engine/ops.h"

namespace huiyu::engine {
namespace {

struct Divided {
  template <int width> static void run(StepArguments const& step) {
    auto const rounding = static_cast<Rounding>(step.immediate);
    auto const& numerator = step.operands[0];
    auto const& denominator = step.operands[1];
    for (std::int64_t row = 0; row < step.rows; ++row) {
      auto& out = step.out.states[row];
      out = numerator.states[row] | denominator.states[row];
      auto const d = load<width>(denominator.values, row);
      // Whatever the numerator is, there is no quotient.
      if (d == 0 && denominator.states[row] == state::known) out |= state::error;
      if (out != state::known) continue;
      store<width>(step.out.values, row, divide_round<Lane<width>>(load<width>(numerator.values, row), d, rounding));
    }
  }
};

// ÷ 10^n, in a width that holds the power.
struct Rounded {
  template <int width> static void run(StepArguments const& step) {
    auto const rounding = static_cast<Rounding>(step.immediate % 4);
    auto const power = power_of_ten<width>(step.immediate / 4);
    auto const& operand = step.operands[0];
    for (std::int64_t row = 0; row < step.rows; ++row) {
      step.out.states[row] = operand.states[row];
      if (operand.states[row] != state::known) continue;
      store<width>(step.out.values, row, divide_round<Lane<width>>(load<width>(operand.values, row), power, rounding));
    }
  }
};

template <int width> Lane<width> greatest_common_divisor(Lane<width> a, Lane<width> b) {
  if (a < 0) a = subtract<width>(Lane<width>(0), a);
  while (b != 0) {
    Lane<width> const rest(a % b);
    a = b;
    b = rest;
  }
  return a;
}

template <bool numerator_wanted> struct Reduced {
  template <int width> static void run(StepArguments const& step) {
    auto const& numerator = step.operands[0];
    auto const& denominator = step.operands[1];
    for (std::int64_t row = 0; row < step.rows; ++row) {
      auto& out = step.out.states[row];
      out = numerator.states[row] | denominator.states[row];
      if (out != state::known) continue;
      auto const n = load<width>(numerator.values, row);
      auto const d = load<width>(denominator.values, row);
      if (d <= 0) out = state::error;
      if (d <= 0) continue;
      auto const divisor = greatest_common_divisor<width>(n, d);
      store<width>(step.out.values, row, Lane<width>((numerator_wanted ? n : d) / divisor));
    }
  }
};

}  // namespace

StepFunction rounding_step(plan::Op op, std::uint8_t width) {
  if (op == plan::Op::DivideRound) return for_width<Divided>(width);
  if (op == plan::Op::RoundDecimal) return for_width<Rounded>(width);
  if (op == plan::Op::ReduceNumerator) return for_width<Reduced<true>>(width);
  if (op == plan::Op::ReduceDenominator) return for_width<Reduced<false>>(width);
  return nullptr;
}

}  // namespace huiyu::engine
