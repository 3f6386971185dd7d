#include "runtime/engine/program.h"

#include <algorithm>
#include <array>
#include <span>

#include "runtime/base/check.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

using plan::Op;

bool is_choice(Op op) {
  return op == Op::ChooseFirst || op == Op::ChooseUnique || op == Op::ChooseExclusive || op == Op::ChooseHighest ||
         op == Op::ChooseSum;
}

// The limbs that 10^n needs.
std::uint8_t width_of_power(std::int64_t n) { return n <= 18 ? 1 : n <= 38 ? 2 : n <= 76 ? 4 : 8; }

class Builder {
 public:
  Builder(plan::Plan const& plan, plan::Shape const& shape)
      : plan_(plan), nodes_(plan::rows_of(shape.nodes, plan.nodes)), shape_(shape) {}

  Program build() {
    program_.input_count = shape_.input_count;
    program_.constant_count = shape_.constant_count;
    program_.constant_limbs = plan::constant_offsets(plan_, shape_);
    program_.widths.assign(program_.result() + 1, 1);
    program_.result_width = nodes_.back().width;
    program_.widths[program_.result()] = program_.result_width;
    find_last_uses();
    for (std::uint32_t place = 0; place < nodes_.size(); ++place) add_node(place);
    return std::move(program_);
  }

 private:
  void find_last_uses() {
    last_use_.assign(nodes_.size(), 0);
    for (std::uint32_t place = 0; place < nodes_.size(); ++place)
      for (auto operand : plan::operands_of(plan_, nodes_[place])) last_use_[operand] = place;
  }

  std::uint32_t take(std::uint8_t width) {
    auto& free = free_[width];
    if (free.empty()) {
      program_.widths.push_back(width);
      return static_cast<std::uint32_t>(program_.widths.size() - 1);
    }
    auto const taken = free.back();
    free.pop_back();
    return taken;
  }

  void release(std::uint32_t reg) {
    if (reg > program_.result()) free_[program_.widths[reg]].push_back(reg);
  }

  void add_step(StepFunction run, std::uint32_t out, std::vector<std::uint32_t> const& operands,
                plan::Node const& node) {
    HUIYU_CHECK(run != nullptr, "an operation that the interpreter does not know");
    Step step{run,
              out,
              static_cast<std::uint32_t>(program_.operands.size()),
              static_cast<std::uint32_t>(operands.size()),
              node.immediate,
              -1};
    if (node.op == Op::InClass)
      step.class_limb = static_cast<std::int32_t>(program_.constant_limbs[static_cast<std::size_t>(node.immediate)]);
    program_.operands.insert(program_.operands.end(), operands.begin(), operands.end());
    program_.steps.push_back(step);
  }

  // The width in which a node computes: nothing is cut before it has been used.
  std::uint8_t working_width(plan::Node const& node) const {
    if (logic_step(node.op) != nullptr || calendar_step(node.op) != nullptr) return 1;
    std::uint8_t width = node.width;
    if (node.op == Op::RoundDecimal) width = std::max(width, width_of_power(node.immediate / 4));
    std::uint32_t k = 0;
    for (auto operand : plan::operands_of(plan_, node))
      if (!is_choice_condition(node, k++)) width = std::max(width, nodes_[operand].width);
    return width;
  }

  StepFunction step_of(Op op, std::uint8_t width, bool& truth) const {
    truth = false;
    if (auto* run = arithmetic_step(op, width)) return run;
    if (auto* run = rounding_step(op, width)) return run;
    if (auto* run = guard_step(op, width)) return run;
    if (auto* run = choice_step(op, width)) return run;
    truth = true;
    if (auto* run = compare_step(op, width)) return run;
    if (auto* run = logic_step(op)) return run;
    return calendar_step(op);
  }

  void add_leaf(std::uint32_t place, std::uint32_t reg) {
    auto const& node = nodes_[place];
    program_.widths[reg] = node.width;
    registers_.push_back(reg);
    // A formula that is one fact or one constant.
    if (place + 1 == nodes_.size()) add_step(resize_step(node.width, node.width), program_.result(), {reg}, node);
  }

  void add_node(std::uint32_t place) {
    auto const& node = nodes_[place];
    auto const slot = static_cast<std::uint32_t>(node.immediate);
    if (node.op == Op::Input) return add_leaf(place, slot);
    if (node.op == Op::Constant) return add_leaf(place, program_.input_count + slot);

    auto const width = working_width(node);
    bool truth = false;
    auto* run = step_of(node.op, width, truth);
    std::vector<std::uint32_t> operands, passing;
    std::uint32_t k = 0;
    for (auto operand : plan::operands_of(plan_, node)) {
      auto reg = registers_[operand];
      if (!is_choice_condition(node, k++) && program_.widths[reg] != width) {
        auto const wide = take(width);
        add_step(resize_step(program_.widths[reg], width), wide, {reg}, node);
        passing.push_back(wide);
        reg = wide;
      }
      operands.push_back(reg);
    }

    bool const last = place + 1 == nodes_.size();
    std::uint8_t const made = truth ? std::uint8_t{1} : width;
    auto const out = last ? program_.result() : take(node.width);
    if (made == node.width) {
      add_step(run, out, operands, node);
    } else {
      auto const whole = take(made);
      add_step(run, whole, operands, node);
      add_step(resize_step(made, node.width), out, {whole}, node);
      passing.push_back(whole);
    }
    registers_.push_back(out);
    for (auto reg : passing) release(reg);
    release_dead_operands(place);
    if (!last && last_use_[place] == 0) release(out);  // a value that nobody reads
  }

  void release_dead_operands(std::uint32_t place) {
    std::vector<std::uint32_t> dead;
    for (auto operand : plan::operands_of(plan_, nodes_[place]))
      if (last_use_[operand] == place) dead.push_back(registers_[operand]);
    std::sort(dead.begin(), dead.end());
    dead.erase(std::unique(dead.begin(), dead.end()), dead.end());
    for (auto reg : dead) release(reg);
  }

  plan::Plan const& plan_;
  std::span<plan::Node const> nodes_;
  plan::Shape const& shape_;
  Program program_;
  std::vector<std::uint32_t> registers_;            // of each node
  std::vector<std::uint32_t> last_use_;             // of each node, the last that reads it
  std::array<std::vector<std::uint32_t>, 9> free_;  // by width
};

}  // namespace

bool is_choice_condition(plan::Node const& node, std::uint32_t operand) {
  return is_choice(node.op) && operand % 2 == 0 && operand + 1 < node.operand_count;
}

Program make_program(plan::Plan const& plan, plan::Shape const& shape) {
  HUIYU_CHECK(shape.nodes.count != 0, "a shape without nodes");
  return Builder(plan, shape).build();
}

}  // namespace huiyu::engine
