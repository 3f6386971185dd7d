#include <algorithm>

#include "runtime/engine/lanes.h"
#include "runtime/engine/ops.h"

namespace huiyu::engine {
namespace {

// An error wins, then what is missing.
void strict_states(StepArguments const& step) {
  std::copy_n(step.operands[0].states, step.rows, step.out.states);
  for (std::uint32_t k = 1; k < step.operand_count; ++k) {
    auto const* states = step.operands[k].states;
    for (std::int64_t row = 0; row < step.rows; ++row) step.out.states[row] |= states[row];
  }
}

// Folds two or more operands from the left.
template <class Combine> struct Fold {
  template <int width> static void run(StepArguments const& step) {
    strict_states(step);
    auto* out = step.out.values;
    auto const* first = step.operands[0].values;
    auto const* second = step.operands[1].values;
    for (std::int64_t row = 0; row < step.rows; ++row)
      store<width>(out, row, Combine::template of<width>(load<width>(first, row), load<width>(second, row)));
    for (std::uint32_t k = 2; k < step.operand_count; ++k) {
      auto const* next = step.operands[k].values;
      for (std::int64_t row = 0; row < step.rows; ++row)
        store<width>(out, row, Combine::template of<width>(load<width>(out, row), load<width>(next, row)));
    }
  }
};

template <class Change> struct Single {
  template <int width> static void run(StepArguments const& step) {
    strict_states(step);
    auto const* operand = step.operands[0].values;
    for (std::int64_t row = 0; row < step.rows; ++row)
      store<width>(step.out.values, row, Change::template of<width>(load<width>(operand, row)));
  }
};

struct Sum {
  template <int width> static Lane<width> of(Lane<width> const& a, Lane<width> const& b) { return add<width>(a, b); }
};
struct Difference {
  template <int width> static Lane<width> of(Lane<width> const& a, Lane<width> const& b) {
    return subtract<width>(a, b);
  }
};
struct Product {
  template <int width> static Lane<width> of(Lane<width> const& a, Lane<width> const& b) {
    return multiply<width>(a, b);
  }
};
struct Lower {
  template <int width> static Lane<width> of(Lane<width> const& a, Lane<width> const& b) { return b < a ? b : a; }
};
struct Higher {
  template <int width> static Lane<width> of(Lane<width> const& a, Lane<width> const& b) { return a < b ? b : a; }
};
struct Opposite {
  template <int width> static Lane<width> of(Lane<width> const& a) { return subtract<width>(Lane<width>(0), a); }
};
struct Magnitude {
  template <int width> static Lane<width> of(Lane<width> const& a) {
    return a < 0 ? subtract<width>(Lane<width>(0), a) : a;
  }
};
struct SignOf {
  template <int width> static Lane<width> of(Lane<width> const& a) { return Lane<width>(a > 0 ? 1 : a < 0 ? -1 : 0); }
};

struct ScaledUp {
  template <int width> static void run(StepArguments const& step) {
    strict_states(step);
    auto const factor = power_of_ten<width>(step.immediate);
    auto const* operand = step.operands[0].values;
    for (std::int64_t row = 0; row < step.rows; ++row)
      store<width>(step.out.values, row, multiply<width>(load<width>(operand, row), factor));
  }
};

template <int from, int to> void resize(StepArguments const& step) {
  strict_states(step);
  auto const* in = step.operands[0].values;
  auto* out = step.out.values;
  for (std::int64_t row = 0; row < step.rows; ++row) {
    constexpr int kept = from < to ? from : to;
    for (int limb = 0; limb < kept; ++limb) out[row * to + limb] = in[row * from + limb];
    for (int limb = kept; limb < to; ++limb) out[row * to + limb] = in[row * from + from - 1] < 0 ? -1 : 0;
  }
}

template <int from> StepFunction resize_from(std::uint8_t to) {
  switch (to) {
    case 1: return &resize<from, 1>;
    case 2: return &resize<from, 2>;
    case 4: return &resize<from, 4>;
    case 8: return &resize<from, 8>;
    default: return nullptr;
  }
}

}  // namespace

StepFunction arithmetic_step(plan::Op op, std::uint8_t width) {
  if (op == plan::Op::Add) return for_width<Fold<Sum>>(width);
  if (op == plan::Op::Subtract) return for_width<Fold<Difference>>(width);
  if (op == plan::Op::Multiply) return for_width<Fold<Product>>(width);
  if (op == plan::Op::Minimum) return for_width<Fold<Lower>>(width);
  if (op == plan::Op::Maximum) return for_width<Fold<Higher>>(width);
  if (op == plan::Op::Negate) return for_width<Single<Opposite>>(width);
  if (op == plan::Op::Absolute) return for_width<Single<Magnitude>>(width);
  if (op == plan::Op::Sign) return for_width<Single<SignOf>>(width);
  if (op == plan::Op::ScaleUp) return for_width<ScaledUp>(width);
  return nullptr;
}

StepFunction resize_step(std::uint8_t from, std::uint8_t to) {
  switch (from) {
    case 1: return resize_from<1>(to);
    case 2: return resize_from<2>(to);
    case 4: return resize_from<4>(to);
    case 8: return resize_from<8>(to);
    default: return nullptr;
  }
}

}  // namespace huiyu::engine
