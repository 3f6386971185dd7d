#include "runtime/engine/lanes.h"
#include "runtime/engine/ops.h"

namespace huiyu::engine {
namespace {

template <class Test> struct Compared {
  template <int width> static void run(StepArguments const& step) {
    auto const& left = step.operands[0];
    auto const& right = step.operands[1];
    for (std::int64_t row = 0; row < step.rows; ++row) {
      step.out.states[row] = left.states[row] | right.states[row];
      step.out.values[row] = Test::of(load<width>(left.values, row), load<width>(right.values, row)) ? 1 : 0;
    }
  }
};

struct IsLess {
  template <class T> static bool of(T const& a, T const& b) { return a < b; }
};
struct IsAtMost {
  template <class T> static bool of(T const& a, T const& b) { return a <= b; }
};
struct IsEqual {
  template <class T> static bool of(T const& a, T const& b) { return a == b; }
};

}  // namespace

StepFunction compare_step(plan::Op op, std::uint8_t width) {
  if (op == plan::Op::Less) return for_width<Compared<IsLess>>(width);
  if (op == plan::Op::AtMost) return for_width<Compared<IsAtMost>>(width);
  if (op == plan::Op::Equal) return for_width<Compared<IsEqual>>(width);
  return nullptr;
}

}  // namespace huiyu::engine
