#pragma once

// A shape for one row of which every fact is known: what one record is paid. The interpreter's steps are loops over
// many rows; of one row most of its time would go into setting them up.

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/base/wide.h"
#include "runtime/engine/kernel.h"
#include "runtime/plan/plan.h"

namespace huiyu::engine {

class RowProgram {
 public:
  // Nothing where the shape does what is left to the interpreter: more than two limbs, calendars, lowest terms.
  static std::optional<RowProgram> make(plan::Plan const& plan, plan::Shape const& shape);

  std::uint32_t input_count() const { return input_count_; }
  // Limbs of each constant slot: 1 or 2.
  std::vector<std::uint8_t> const& constant_widths() const { return constant_widths_; }
  std::size_t register_count() const { return register_count_; }

  // `registers`: the inputs, the constants, then room. The result, as if everything were known in the interpreter;
  // nothing where it is not: then the interpreter says how it stands.
  std::optional<Int128> run(Int128* registers, ClassTable const* class_tables) const;

 private:
  struct Step {
    plan::Op op{};
    bool is_wide = false;  // computed in 128 bits, else in 64
    bool cut = false;      // … and kept in 64
    std::uint32_t out = 0, operands = 0, operand_count = 0;
    std::int64_t immediate = 0;  // of InClass the register of the set
    std::int64_t power = 1;      // of ten: ScaleUp, RoundDecimal
  };

  bool add_node(plan::Plan const& plan, plan::Node const& node, std::uint32_t place);
  template <class Value> bool run_step(Step const& step, Int128* registers) const;

  std::vector<Step> steps_;
  std::vector<std::uint32_t> operands_;  // registers
  std::vector<std::uint32_t> place_of_;  // by node: its register
  std::vector<std::uint8_t> width_of_;   // by node
  std::vector<std::uint8_t> constant_widths_;
  std::uint32_t input_count_ = 0;
  std::size_t register_count_ = 0;
};

}  // namespace huiyu::engine
