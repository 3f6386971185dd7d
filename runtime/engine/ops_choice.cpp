#include <algorithm>

#include "runtime/engine/lanes.h"
#include "runtime/engine/ops.h"

namespace huiyu::engine {
namespace {

// The operands c1 v1 c2 v2 … [otherwise] of one step.
struct Choices {
  explicit Choices(StepArguments const& step)
      : operands(step.operands),
        count(step.operand_count / 2),
        otherwise(step.operand_count % 2 == 1 ? &step.operands[step.operand_count - 1] : nullptr) {}
  Source const& condition(std::uint32_t k) const { return operands[2 * k]; }
  Source const& value(std::uint32_t k) const { return operands[2 * k + 1]; }
  bool decided(std::uint32_t k, std::int64_t row) const { return condition(k).valid[row] != 0; }
  bool holds(std::uint32_t k, std::int64_t row) const { return decided(k, row) && condition(k).values[row] != 0; }

  Source const* operands;
  std::uint32_t count;
  Source const* otherwise;
};

// Collects the values that may still be the answer: it stands if all of them are valid and equal.
template <int width> class Agreement {
 public:
  explicit Agreement(std::int64_t row) : row_(row) {}
  void offer(Source const& value) {
    if (value.valid[row_] == 0 || (seen_ != nullptr && !std::equal(seen_, seen_ + width, value.values + row_ * width)))
      broken_ = true;
    seen_ = value.values + row_ * width;
  }
  void fail() { broken_ = true; }
  bool broken() const { return broken_; }
  void write(Target const& out) const {
    bool const stands = !broken_ && seen_ != nullptr;
    out.valid[row_] = stands ? 1 : 0;
    if (stands) std::copy_n(seen_, width, out.values + row_ * width);
  }

 private:
  std::int64_t row_;
  std::int64_t const* seen_ = nullptr;
  bool broken_ = false;
};

// The first row that holds, and the open rows before it. Ends early once values differ.
struct First {
  template <int width> static void run(StepArguments const& step) {
    Choices const choices(step);
    for (std::int64_t row = 0; row < step.rows; ++row) {
      Agreement<width> answer(row);
      bool found = false;
      for (std::uint32_t k = 0; k < choices.count && !found && !answer.broken(); ++k) {
        if (choices.decided(k, row) && !choices.holds(k, row)) continue;
        answer.offer(choices.value(k));
        found = choices.decided(k, row);
      }
      if (!found && choices.otherwise != nullptr) answer.offer(*choices.otherwise);
      if (!found && choices.otherwise == nullptr) answer.fail();
      answer.write(step.out);
    }
  }
};

struct Unique {
  template <int width> static void run(StepArguments const& step) {
    Choices const choices(step);
    for (std::int64_t row = 0; row < step.rows; ++row) {
      Agreement<width> answer(row);
      bool found = false;
      for (std::uint32_t k = 0; k < choices.count; ++k) {
        if (!choices.decided(k, row)) answer.fail();
        if (!choices.holds(k, row)) continue;
        if (found) answer.fail();
        found = true;
        answer.offer(choices.value(k));
      }
      if (!found && choices.otherwise != nullptr) answer.offer(*choices.otherwise);
      answer.write(step.out);
    }
  }
};

struct Exclusive {
  template <int width> static void run(StepArguments const& step) {
    Choices const choices(step);
    for (std::int64_t row = 0; row < step.rows; ++row) {
      Agreement<width> answer(row);
      bool found = false;
      for (std::uint32_t k = 0; k < choices.count; ++k) {
        if (choices.decided(k, row) && !choices.holds(k, row)) continue;
        if (choices.holds(k, row) && found) answer.fail();
        found = found || choices.holds(k, row);
        answer.offer(choices.value(k));
      }
      if (!found && choices.otherwise != nullptr) answer.offer(*choices.otherwise);
      answer.write(step.out);
    }
  }
};

// 就高 and 各档相加: over the rows that hold; none: the otherwise.
template <bool sum> struct Combined {
  template <int width> static void run(StepArguments const& step) {
    Choices const choices(step);
    for (std::int64_t row = 0; row < step.rows; ++row) {
      bool valid = true, found = false;
      Lane<width> result(0);
      for (std::uint32_t k = 0; k < choices.count && valid; ++k) {
        valid = choices.decided(k, row);
        if (!valid || !choices.holds(k, row)) continue;
        valid = choices.value(k).valid[row] != 0;
        auto const value = load<width>(choices.value(k).values, row);
        result = !found ? value : sum ? add<width>(result, value) : std::max<Lane<width>>(result, value);
        found = true;
      }
      if (!found) {
        valid = valid && choices.otherwise != nullptr && choices.otherwise->valid[row] != 0;
        if (valid) result = load<width>(choices.otherwise->values, row);
      }
      store<width>(step.out.values, row, result);
      step.out.valid[row] = valid ? 1 : 0;
    }
  }
};

}  // namespace

StepFunction choice_step(plan::Op op, std::uint8_t width) {
  if (op == plan::Op::ChooseFirst) return for_width<First>(width);
  if (op == plan::Op::ChooseUnique) return for_width<Unique>(width);
  if (op == plan::Op::ChooseExclusive) return for_width<Exclusive>(width);
  if (op == plan::Op::ChooseHighest) return for_width<Combined<false>>(width);
  if (op == plan::Op::ChooseSum) return for_width<Combined<true>>(width);
  return nullptr;
}

}  // namespace huiyu::engine
