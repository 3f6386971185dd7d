// Native code answers as the interpreter does: rows stand the same, and known ones have the same limbs.

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "compiler/jit/native.h"
#include "runtime/engine/native_run.h"
#include "runtime/engine/program.h"
#include "runtime/plan/rows.h"
#include "runtime/plan/verify.h"
#include "tests/unit/compiler_jit/guarded.h"
#include "tests/unit/compiler_jit/random_shapes.h"

namespace huiyu::jit {
namespace {

// Runs a shape both ways over the same rows and says where they differ; empty: nowhere.
std::string difference(plan::Plan const& plan, plan::Shape const& shape, engine::Kernel kernel, std::int64_t row_count,
                       Random& random) {
  auto const slots = random_slots(plan, shape, row_count, random);
  auto const width = plan::result_node(plan, shape).width;
  auto const rows = static_cast<std::size_t>(row_count);

  // For native code each array ends where memory ends.
  GuardedMemory memory;
  std::vector<std::int64_t const*> inputs;
  std::vector<std::uint8_t const*> input_states;
  for (auto const& column : slots.inputs) inputs.push_back(memory.copy(column));
  for (auto const& states : slots.input_states) input_states.push_back(memory.copy(states));
  auto* out = memory.copy(std::vector<std::int64_t>(rows * width, 77));
  auto* out_states = memory.copy(std::vector<std::uint8_t>(rows, 77));
  engine::KernelArguments const arguments{row_count,
                                          memory.copy(inputs),
                                          memory.copy(input_states),
                                          memory.copy(slots.constants),
                                          memory.copy(slots.constant_states),
                                          memory.copy(class_tables()),
                                          out,
                                          out_states};
  auto const program = engine::make_program(plan, shape);
  engine::NativeRoom room;
  if (!engine::run_native(kernel, program, arguments, room)) return "native code did not run";

  std::vector<std::int64_t> expected(rows * width + 1, 77);
  std::vector<std::uint8_t> expected_states(rows + 1, 77);
  auto plain = arguments;
  plain.out = expected.data();
  plain.out_states = expected_states.data();
  engine::Scratch scratch;
  engine::interpret(program, plain, scratch);

  for (std::size_t row = 0; row < rows; ++row) {
    auto const where = " in row " + std::to_string(row) + " of " + std::to_string(rows);
    if (out_states[row] != expected_states[row])
      return "state " + std::to_string(out_states[row]) + ", not " + std::to_string(expected_states[row]) + where;
    for (std::size_t limb = row * width; expected_states[row] == state::known && limb < (row + 1) * width; ++limb)
      if (out[limb] != expected[limb])
        return std::to_string(out[limb]) + ", not " + std::to_string(expected[limb]) + where;
  }
  return {};
}

std::string text_of(plan::Plan const& plan, plan::Shape const& shape) {
  std::string text;
  for (auto const& node : plan::rows_of(shape.nodes, plan.nodes)) {
    text += "\n" + std::to_string(static_cast<int>(node.op)) + " width " + std::to_string(node.width) +
            (node.truth != 0 ? " truth" : "") + " immediate " + std::to_string(node.immediate) + " of";
    for (auto operand : plan::operands_of(plan, node)) text += " " + std::to_string(operand);
  }
  return text;
}

void compare(std::uint64_t seed, std::uint32_t count) {
  auto const plan = random_shapes(seed, count);
  REQUIRE(plan::verify(plan) == std::vector<std::string>{});
  auto const native = NativeCode::compile(plan, {});
  REQUIRE_MESSAGE(native.has_value(), (native ? "" : native.error().message));
  CHECK(native->report().refusals == std::vector<std::string>{});
  Random random(seed);
  std::uint32_t compiled = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    auto* kernel = native->functions().kernels[i];
    if (kernel == nullptr) continue;
    ++compiled;
    for (std::int64_t row_count : {0, 1, 8, 1023}) {
      auto const differs = difference(plan, plan.shapes[i], kernel, row_count, random);
      REQUIRE_MESSAGE(differs.empty(), "shape ", i, ": ", differs, text_of(plan, plan.shapes[i]));
    }
  }
  CHECK(compiled > count * 9 / 10);
}

TEST_CASE("random shapes over random rows") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) compare(seed, 250);
}

}  // namespace
}  // namespace huiyu::jit
