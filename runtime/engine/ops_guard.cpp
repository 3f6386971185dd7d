#include <algorithm>

#include "runtime/engine/lanes.h"
#include "runtime/engine/ops.h"

namespace huiyu::engine {
namespace {

template <int width> void copy_values(StepArguments const& step, Source const& from) {
  std::copy_n(from.values, step.rows * width, step.out.values);
}

// A known value that fails its test is an error.
std::uint8_t checked(int operand, bool holds) {
  return static_cast<std::uint8_t>(operand == state::known && !holds ? state::error : operand);
}

struct NotZero {
  template <int width> static void run(StepArguments const& step) {
    auto const& operand = step.operands[0];
    copy_values<width>(step, operand);
    for (std::int64_t row = 0; row < step.rows; ++row)
      step.out.states[row] = checked(operand.states[row], load<width>(operand.values, row) != 0);
  }
};

struct NotNegative {
  template <int width> static void run(StepArguments const& step) {
    auto const& operand = step.operands[0];
    copy_values<width>(step, operand);
    for (std::int64_t row = 0; row < step.rows; ++row)
      step.out.states[row] = checked(operand.states[row], operand.values[row * width + width - 1] >= 0);
  }
};

struct Within {
  template <int width> static void run(StepArguments const& step) {
    auto const& operand = step.operands[0];
    auto const& low = step.operands[1];
    auto const& high = step.operands[2];
    copy_values<width>(step, operand);
    for (std::int64_t row = 0; row < step.rows; ++row) {
      auto const value = load<width>(operand.values, row);
      bool const inside = load<width>(low.values, row) <= value && value <= load<width>(high.values, row);
      step.out.states[row] = checked(operand.states[row] | low.states[row] | high.states[row], inside);
    }
  }
};

struct Fallback {
  template <int width> static void run(StepArguments const& step) {
    auto const& fact = step.operands[0];
    auto const& value = step.operands[1];
    for (std::int64_t row = 0; row < step.rows; ++row) {
      auto const& taken = fact.states[row] != state::missing ? fact : value;
      std::copy_n(taken.values + row * width, width, step.out.values + row * width);
      step.out.states[row] = taken.states[row];
    }
  }
};

}  // namespace

StepFunction guard_step(plan::Op op, std::uint8_t width) {
  if (op == plan::Op::NonZero) return for_width<NotZero>(width);
  if (op == plan::Op::NonNegative) return for_width<NotNegative>(width);
  if (op == plan::Op::Fits) return for_width<Within>(width);
  if (op == plan::Op::OrElse) return for_width<Fallback>(width);
  return nullptr;
}

}  // namespace huiyu::engine
