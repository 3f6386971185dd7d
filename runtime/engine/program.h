#pragma once

// A shape made ready for the interpreter: one loop for each node, operands resized, registers shared between nodes.

#include <cstdint>
#include <vector>

#include "runtime/engine/ops.h"

namespace huiyu::engine {

struct Step {
  StepFunction run = nullptr;
  std::uint32_t out = 0;            // register
  std::uint32_t first_operand = 0;  // in Program::operands
  std::uint32_t operand_count = 0;
  std::int64_t immediate = 0;
  std::int32_t class_limb = -1;  // InClass: where among the constants the set's index stands
};

// Registers are numbered: the inputs, the constant slots, the result, then temporaries.
struct Program {
  std::vector<Step> steps;
  std::vector<std::uint32_t> operands;        // registers
  std::vector<std::uint8_t> widths;           // of each register
  std::vector<std::uint32_t> constant_limbs;  // first limb of each constant slot
  std::uint32_t input_count = 0;
  std::uint32_t constant_count = 0;
  std::uint8_t result_width = 1;
  std::uint32_t result() const { return input_count + constant_count; }
};

// Conditions of a choice stay one limb wide whatever the width of the values.
bool is_choice_condition(plan::Node const& node, std::uint32_t operand);

// Makes the program of a shape. The plan has passed plan::verify.
Program make_program(plan::Plan const& plan, plan::Shape const& shape);

// Memory that the interpreter needs between steps; one for each thread, kept between calls.
struct Scratch {
  std::vector<std::int64_t> limbs;
  std::vector<std::uint8_t> states;
  std::vector<Target> registers;
  std::vector<Source> operands;
};

// Computes the program as a native kernel of the shape would.
void interpret(Program const& program, KernelArguments const& arguments, Scratch& scratch);

}  // namespace huiyu::engine
