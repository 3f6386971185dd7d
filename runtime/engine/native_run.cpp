#include "runtime/engine/native_run.h"

#include <algorithm>

namespace huiyu::engine {
namespace {

// The rows past the last whole group, followed by others that nobody reads.
void run_rest(Kernel kernel, Program const& program, KernelArguments const& arguments, std::int64_t first,
              NativeRoom& room) {
  auto const rows = arguments.row_count - first;
  auto const width = [&](std::uint32_t slot) { return static_cast<std::int64_t>(program.widths[slot]); };
  std::int64_t limbs = program.result_width;
  for (std::uint32_t slot = 0; slot < program.input_count; ++slot) limbs += width(slot);
  room.limbs.resize(static_cast<std::size_t>(limbs * native_group_rows));
  room.states.resize((program.input_count + std::size_t{1}) * native_group_rows);
  room.inputs.resize(program.input_count);
  room.input_states.resize(program.input_count);
  auto* values = room.limbs.data();
  auto* states = room.states.data();
  for (std::uint32_t slot = 0; slot < program.input_count; ++slot) {
    room.inputs[slot] = values;
    room.input_states[slot] = states;
    std::copy_n(arguments.inputs[slot] + first * width(slot), rows * width(slot), values);
    std::copy_n(arguments.input_states[slot] + first, rows, states);
    values += native_group_rows * width(slot);
    states += native_group_rows;
  }
  auto group = arguments;
  group.row_count = native_group_rows;
  group.inputs = room.inputs.data();
  group.input_states = room.input_states.data();
  group.out = values;
  group.out_states = states;
  kernel(&group);
  std::copy_n(values, rows * program.result_width, arguments.out + first * program.result_width);
  std::copy_n(states, rows, arguments.out_states + first);
}

}  // namespace

bool run_native(Kernel kernel, Program const& program, KernelArguments const& arguments, NativeRoom& room) {
  auto const* stands = arguments.constant_states;
  for (std::uint32_t slot = 0; slot < program.constant_count; ++slot)
    if (stands[slot] != state::known) return false;
  auto whole = arguments;
  whole.row_count -= whole.row_count % native_group_rows;
  if (whole.row_count != 0) kernel(&whole);
  if (whole.row_count != arguments.row_count) run_rest(kernel, program, arguments, whole.row_count, room);
  return true;
}

}  // namespace huiyu::engine
