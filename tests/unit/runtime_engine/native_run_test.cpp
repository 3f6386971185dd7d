// Kernels take whole groups of rows and known constants; run_native makes that of any rows, and refuses the rest.

#include "runtime/engine/native_run.h"

#include <string>

#include <doctest/doctest.h>

namespace huiyu::engine {
namespace {

std::string called;  // the rows of each call

// The first input, of two limbs, plus the second, plus the constant; the state of the second.
void kernel(KernelArguments const* arguments) {
  called += std::to_string(arguments->row_count) + " ";
  for (std::int64_t row = 0; row < arguments->row_count; ++row) {
    for (std::int64_t limb = 2 * row; limb < 2 * row + 2; ++limb)
      arguments->out[limb] = arguments->inputs[0][limb] + arguments->inputs[1][row] + arguments->constants[0];
    arguments->out_states[row] = arguments->input_states[1][row];
  }
}

Program two_inputs() {
  Program program;
  program.widths = {2, 1, 1, 2};
  program.input_count = 2;
  program.constant_count = 1;
  program.result_width = 2;
  return program;
}

struct Rows {
  std::vector<std::int64_t> wide, narrow, out;
  std::vector<std::uint8_t> wide_states, states, out_states;
  std::vector<std::int64_t const*> inputs;
  std::vector<std::uint8_t const*> input_states;
  std::int64_t constant = 1000;
  std::uint8_t constant_state = state::known;
  KernelArguments arguments;

  explicit Rows(std::int64_t count) {
    for (std::int64_t row = 0; row < count; ++row) {
      wide.insert(wide.end(), {10 * row, 10 * row + 1});
      narrow.push_back(row);
      wide_states.push_back(state::known);
      states.push_back(row % 3 == 0 ? state::missing : state::known);
    }
    // One row more, which nobody may write.
    out.assign(static_cast<std::size_t>(2 * count + 2), -7);
    out_states.assign(static_cast<std::size_t>(count + 1), 77);
    inputs = {wide.data(), narrow.data()};
    input_states = {wide_states.data(), states.data()};
    arguments = {count,           inputs.data(), input_states.data(), &constant,
                 &constant_state, nullptr,       out.data(),          out_states.data()};
  }
};

TEST_CASE("every row is computed, whole groups where they lie and the rest by itself") {
  NativeRoom room;
  for (std::int64_t const count : {0, 1, 7, 8, 9, 16, 23}) {
    CAPTURE(count);
    Rows rows(count);
    called.clear();
    REQUIRE(run_native(kernel, two_inputs(), rows.arguments, room));
    auto const whole = count / native_group_rows * native_group_rows;
    CHECK(called == (whole != 0 ? std::to_string(whole) + " " : "") +
                        (whole != count ? std::to_string(native_group_rows) + " " : ""));
    for (std::int64_t row = 0; row < count; ++row) {
      auto const at = static_cast<std::size_t>(row);
      CHECK(rows.out[2 * at] == 11 * row + 1000);
      CHECK(rows.out[2 * at + 1] == 11 * row + 1001);
      CHECK(rows.out_states[at] == rows.states[at]);
    }
    CHECK(rows.out[static_cast<std::size_t>(2 * count)] == -7);
    CHECK(rows.out_states[static_cast<std::size_t>(count)] == 77);
  }
}

TEST_CASE("a constant that is not known is left to the interpreter") {
  NativeRoom room;
  for (auto const stands : {state::missing, state::error, state::open}) {
    Rows rows(9);
    rows.constant_state = stands;
    called.clear();
    CHECK_FALSE(run_native(kernel, two_inputs(), rows.arguments, room));
    CHECK(called.empty());
    CHECK(rows.out_states.front() == 77);
  }
}

}  // namespace
}  // namespace huiyu::engine
