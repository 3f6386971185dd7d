// 测试 blocks run and compared with what they expect.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/driver/coverage.h"
#include "compiler/driver/options.h"
#include "compiler/driver/project.h"

namespace huiyu::driver {

// What came out otherwise than expected.
struct TestFailure {
  std::string expected;  // as written
  std::string found;
  std::string explanation;  // lines; may be empty
  std::uint32_t line = 0;   // of what was expected
};

struct TestResult {
  std::string title, file;
  std::uint32_t line = 0;
  std::vector<TestFailure> failures;
  bool passed() const { return failures.empty(); }
};

// Runs the tests whose title or file holds `filter`, in the order written. What they see is entered into `coverage`,
// where there is one.
Result<std::vector<TestResult>> run_tests(Project const& project, std::string const& filter, EngineChoice engine,
                                          Language language, Coverage* coverage = nullptr);

}  // namespace huiyu::driver
