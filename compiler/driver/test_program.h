// The program that a test runs: the project's, with what the test states in the place of parameters and reference
// tables, and one more policy for each thing that it expects of a definition, so that every engine can answer it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "compiler/tir/facts.h"
#include "compiler/tir/test.h"
#include "runtime/base/result.h"

namespace huiyu::driver {

struct TestProgram {
  tir::Program program;
  tir::Facts facts;
  // By test and expectation: the policy that answers it.
  std::vector<std::vector<std::uint32_t>> policy_of;
};

// Tests that state nothing of the kind share one program.
bool states_settings(tir::Test const& test);

// The program for these tests; those that state parameters come alone.
// Error of kind Rules: what the test states makes a number too wide to compute.
Result<TestProgram> make_test_program(tir::Program const& program, std::span<tir::Test const* const> tests);

}  // namespace huiyu::driver
