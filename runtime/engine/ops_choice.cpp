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
  std::uint8_t stands(std::uint32_t k, std::int64_t row) const { return condition(k).states[row]; }
  bool holds(std::uint32_t k, std::int64_t row) const {
    return stands(k, row) == state::known && condition(k).values[row] != 0;
  }
  bool is_out(std::uint32_t k, std::int64_t row) const {
    return stands(k, row) == state::known && condition(k).values[row] == 0;
  }

  Source const* operands;
  std::uint32_t count;
  Source const* otherwise;
};

// The answer of one row. While rows are open it stands only if all values that it may be are known and equal.
template <int width> class Answer {
 public:
  explicit Answer(std::int64_t row) : row_(row) {}
  // A value that it may still be.
  void offer(Source const& value) {
    auto const stands = value.states[row_];
    asks_ = asks_ || stands == state::open;
    agree_ = agree_ && stands == state::known &&
             (last_ == nullptr || std::equal(last_->values + row_ * width, last_->values + (row_ + 1) * width,
                                             value.values + row_ * width));
    last_ = &value;
  }
  void write(Target const& out, std::uint8_t stands) const {
    out.states[row_] = stands;
    if (last_ != nullptr) std::copy_n(last_->values + row_ * width, width, out.values + row_ * width);
  }
  // The last value that was offered, with all its faults.
  void take(Target const& out) const { write(out, last_ == nullptr ? state::error : last_->states[row_]); }
  // Something stands beside them that has nothing in common with them.
  void differ(Target const& out) const { write(out, asks_ ? state::open : state::missing); }
  // What all that were offered have in common.
  void agree(Target const& out) const {
    write(out, asks_ ? state::open : agree_ && last_ != nullptr ? state::known : state::missing);
  }

 private:
  std::int64_t row_;
  Source const* last_ = nullptr;
  bool agree_ = true;
  bool asks_ = false;
};

// The first row that is not false decides: missing rows before one that holds leave what they have in common.
struct First {
  template <int width> static void run(StepArguments const& step) {
    Choices const choices(step);
    for (std::int64_t row = 0; row < step.rows; ++row) {
      Answer<width> answer(row);
      bool lacks = false, settled = false;
      for (std::uint32_t k = 0; k < choices.count && !settled; ++k) {
        if (choices.is_out(k, row)) continue;
        auto const stands = choices.stands(k, row);
        settled = stands != state::missing;
        if (stands == state::error || stands == state::open) {
          if (lacks && stands == state::error)
            answer.differ(step.out);
          else
            answer.write(step.out, stands);
          continue;
        }
        answer.offer(choices.value(k));
        lacks = lacks || stands == state::missing;
        if (settled && lacks) answer.agree(step.out);
        if (settled && !lacks) answer.take(step.out);
      }
      if (settled) continue;
      if (choices.otherwise == nullptr) {
        if (lacks)
          answer.differ(step.out);
        else
          answer.write(step.out, state::error);
        continue;
      }
      answer.offer(*choices.otherwise);
      if (lacks)
        answer.agree(step.out);
      else
        answer.take(step.out);
    }
  }
};

// How the conditions of a row stand together.
struct Tally {
  Tally(Choices const& choices, std::int64_t row) {
    for (std::uint32_t k = 0; k < choices.count; ++k) {
      auto const stands = choices.stands(k, row);
      any |= stands;
      lacks = lacks || stands == state::missing;
      errs = errs || stands == state::error;
      if (!choices.holds(k, row)) continue;
      twice = twice || taken != nullptr;
      taken = &choices.value(k);
    }
  }
  Source const* taken = nullptr;
  std::uint8_t any = state::known;
  bool lacks = false, errs = false, twice = false;
};

// 唯一 and 一般/例外: two that hold are an error, whatever the others are; one that is missing may still hold.
struct Unique {
  template <int width> static void run(StepArguments const& step) {
    Choices const choices(step);
    for (std::int64_t row = 0; row < step.rows; ++row) {
      Answer<width> answer(row);
      Tally const tally(choices, row);
      auto const* value = tally.taken != nullptr ? tally.taken : choices.otherwise;
      if (value != nullptr) answer.offer(*value);
      if (tally.twice)
        answer.write(step.out, state::error);
      else if (tally.any != state::known)
        answer.write(step.out, state::undecided(tally.any, tally.lacks));
      else
        answer.take(step.out);
    }
  }
};

// The same of rows that are proved disjoint: what those that may hold have in common is known.
struct Exclusive {
  template <int width> static void run(StepArguments const& step) {
    Choices const choices(step);
    for (std::int64_t row = 0; row < step.rows; ++row) {
      Answer<width> answer(row);
      Tally const tally(choices, row);
      bool const none = tally.taken == nullptr && choices.otherwise == nullptr;
      if (tally.twice || tally.any == state::open || tally.errs || none) {
        answer.write(step.out, tally.twice                 ? state::error
                               : tally.any != state::known ? state::undecided(tally.any, tally.lacks)
                                                           : state::error);
        continue;
      }
      if (!tally.lacks) {
        answer.offer(tally.taken != nullptr ? *tally.taken : *choices.otherwise);
        answer.take(step.out);
        continue;
      }
      for (std::uint32_t k = 0; k < choices.count; ++k)
        if (!choices.is_out(k, row)) answer.offer(choices.value(k));
      if (tally.taken == nullptr) answer.offer(*choices.otherwise);
      answer.agree(step.out);
    }
  }
};

// 就高 and 各档相加: over the rows that hold; none: the otherwise. Strict in what is undecided.
template <bool sum> struct Combined {
  template <int width> static void run(StepArguments const& step) {
    Choices const choices(step);
    for (std::int64_t row = 0; row < step.rows; ++row) {
      std::uint8_t stands = state::known;
      bool found = false;
      Lane<width> result(0);
      for (std::uint32_t k = 0; k < choices.count; ++k) {
        if (choices.is_out(k, row)) continue;
        stands |= choices.holds(k, row) ? choices.value(k).states[row] : choices.stands(k, row);
        auto const value = load<width>(choices.value(k).values, row);
        result = !found ? value : sum ? add<width>(result, value) : std::max<Lane<width>>(result, value);
        found = true;
      }
      if (!found) {
        stands = choices.otherwise != nullptr ? choices.otherwise->states[row] : state::error;
        if (choices.otherwise != nullptr) result = load<width>(choices.otherwise->values, row);
      }
      store<width>(step.out.values, row, result);
      step.out.states[row] = stands;
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
