#include <algorithm>

#include "runtime/engine/program.h"

namespace huiyu::engine {
namespace {

// Temporaries of a strip should stay in the second-level cache.
constexpr std::int64_t scratch_goal_bytes = 192 * 1024;
constexpr std::int64_t min_strip_rows = 64;

std::int64_t strip_rows(Program const& program, std::int64_t row_count) {
  std::int64_t bytes_per_row = 0;
  for (std::size_t reg = program.input_count; reg < program.widths.size(); ++reg)
    bytes_per_row += 8 * program.widths[reg] + 1;
  auto const rows =
      std::clamp(scratch_goal_bytes / std::max<std::int64_t>(bytes_per_row, 1), min_strip_rows, max_strip_rows);
  return std::min(rows / min_strip_rows * min_strip_rows, std::max<std::int64_t>(row_count, 1));
}

// Gives each constant and temporary its place, and repeats every constant over a strip.
void lay_out(Program const& program, KernelArguments const& arguments, Scratch& scratch, std::int64_t rows) {
  auto const registers = program.widths.size();
  std::size_t limbs = 0;
  for (std::size_t reg = program.input_count; reg < registers; ++reg)
    limbs += static_cast<std::size_t>(rows) * program.widths[reg];
  if (scratch.limbs.size() < limbs) scratch.limbs.resize(limbs);
  if (scratch.states.size() < registers * static_cast<std::size_t>(rows))
    scratch.states.resize(registers * static_cast<std::size_t>(rows));
  scratch.registers.assign(registers, {});

  auto* values = scratch.limbs.data();
  auto* states = scratch.states.data();
  for (std::size_t reg = program.input_count; reg < registers; ++reg) {
    scratch.registers[reg] = {values, states};
    values += rows * program.widths[reg];
    states += rows;
  }
  for (std::uint32_t slot = 0; slot < program.constant_count; ++slot) {
    auto const& target = scratch.registers[program.input_count + slot];
    auto const width = program.widths[program.input_count + slot];
    auto const* constant = arguments.constants + program.constant_limbs[slot];
    if (width == 1)
      std::fill_n(target.values, rows, *constant);
    else
      for (std::int64_t row = 0; row < rows; ++row) std::copy_n(constant, width, target.values + row * width);
    std::fill_n(target.states, rows, arguments.constant_states[slot]);
  }
}

void run_strip(Program const& program, KernelArguments const& arguments, Scratch& scratch, std::int64_t begin,
               std::int64_t rows) {
  auto source = [&](std::uint32_t reg) -> Source {
    if (reg < program.input_count)
      return {arguments.inputs[reg] + begin * program.widths[reg], arguments.input_states[reg] + begin};
    return {scratch.registers[reg].values, scratch.registers[reg].states};
  };
  scratch.registers[program.result()] = {arguments.out + begin * program.result_width, arguments.out_states + begin};
  for (auto const& step : program.steps) {
    scratch.operands.clear();
    for (std::uint32_t k = 0; k < step.operand_count; ++k)
      scratch.operands.push_back(source(program.operands[step.first_operand + k]));
    StepArguments run{rows, scratch.registers[step.out], scratch.operands.data(), step.operand_count, step.immediate};
    if (step.class_limb >= 0) {
      run.class_state = arguments.constant_states[step.immediate];
      if (run.class_state == state::known) run.classes = &arguments.class_tables[arguments.constants[step.class_limb]];
    }
    step.run(run);
  }
}

}  // namespace

void interpret(Program const& program, KernelArguments const& arguments, Scratch& scratch) {
  auto const rows = strip_rows(program, arguments.row_count);
  lay_out(program, arguments, scratch, rows);
  for (std::int64_t begin = 0; begin < arguments.row_count; begin += rows)
    run_strip(program, arguments, scratch, begin, std::min(rows, arguments.row_count - begin));
}

}  // namespace huiyu::engine
