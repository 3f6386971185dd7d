#include <algorithm>
#include <array>

#include "runtime/engine/ops.h"

namespace huiyu::engine {
namespace {

// 且 and 或: settled by one operand that is false (true), else decided only if all are.
template <bool settling> void join(StepArguments const& step) {
  std::array<std::uint8_t, max_strip_rows> settled{}, any{}, lacks{};
  for (std::uint32_t k = 0; k < step.operand_count; ++k) {
    auto const& operand = step.operands[k];
    for (std::int64_t row = 0; row < step.rows; ++row) {
      auto const at = static_cast<std::size_t>(row);
      auto const truth = static_cast<std::uint8_t>(operand.values[row] != 0);
      auto const stands = operand.states[row];
      settled[at] |= static_cast<std::uint8_t>(static_cast<std::uint8_t>(stands == state::known) &
                                               static_cast<std::uint8_t>(truth == (settling ? 1 : 0)));
      any[at] |= stands;
      lacks[at] |= static_cast<std::uint8_t>(stands == state::missing);
    }
  }
  for (std::int64_t row = 0; row < step.rows; ++row) {
    auto const at = static_cast<std::size_t>(row);
    step.out.values[row] = settling ? settled[at] : 1 - settled[at];
    step.out.states[row] = settled[at] != 0 ? state::known : state::undecided(any[at], lacks[at] != 0);
  }
}

void negate(StepArguments const& step) {
  auto const& operand = step.operands[0];
  for (std::int64_t row = 0; row < step.rows; ++row) {
    step.out.values[row] = operand.values[row] == 0 ? 1 : 0;
    step.out.states[row] = operand.states[row];
  }
}

void at_least_of(StepArguments const& step) {
  std::array<std::int64_t, max_strip_rows> certain{}, possible{};
  std::array<std::uint8_t, max_strip_rows> any{}, lacks{};
  for (std::uint32_t k = 0; k < step.operand_count; ++k) {
    auto const& operand = step.operands[k];
    for (std::int64_t row = 0; row < step.rows; ++row) {
      auto const at = static_cast<std::size_t>(row);
      bool const truth = operand.values[row] != 0;
      auto const stands = operand.states[row];
      certain[at] += stands == state::known && truth ? 1 : 0;
      possible[at] += stands != state::known || truth ? 1 : 0;
      any[at] |= stands;
      lacks[at] |= static_cast<std::uint8_t>(stands == state::missing);
    }
  }
  for (std::int64_t row = 0; row < step.rows; ++row) {
    auto const at = static_cast<std::size_t>(row);
    bool const reached = certain[at] >= step.immediate;
    step.out.values[row] = reached ? 1 : 0;
    bool const decided = reached || possible[at] < step.immediate;
    step.out.states[row] = decided ? state::known : state::undecided(any[at], lacks[at] != 0);
  }
}

void in_class(StepArguments const& step) {
  auto const& operand = step.operands[0];
  // A set that is not known at the reference date: its state is that of the constant.
  auto const set = step.class_state;
  auto const size = step.classes == nullptr ? 0 : static_cast<std::uint64_t>(step.classes->size);
  for (std::int64_t row = 0; row < step.rows; ++row) {
    auto const id = static_cast<std::uint64_t>(operand.values[row]);  // a negative id lies beyond any table
    std::uint8_t const member = id < size ? step.classes->member[id] : std::uint8_t{0};
    step.out.values[row] = member == 1 ? 1 : 0;
    auto const strict = static_cast<std::uint8_t>(operand.states[row] | set);
    step.out.states[row] = strict == state::known && member == 2 ? state::missing : strict;
  }
}

}  // namespace

StepFunction logic_step(plan::Op op) {
  if (op == plan::Op::And) return &join<false>;
  if (op == plan::Op::Or) return &join<true>;
  if (op == plan::Op::Not) return &negate;
  if (op == plan::Op::AtLeastOf) return &at_least_of;
  if (op == plan::Op::InClass) return &in_class;
  return nullptr;
}

}  // namespace huiyu::engine
