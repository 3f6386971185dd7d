// One program and its records through every engine, in one process.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/project.h"
#include "runtime/columns/outcome.h"
#include "runtime/plan/plan.h"

namespace huiyu::test {

// What a run of the engines is given. It can be filed: rules, records.json, and the words of the command.
struct Case {
  std::string rules;                 // one file, or several as files.h marks them
  std::vector<std::string> records;  // one JSON object each
  std::string as_of = "2024-06-30";
  std::optional<std::int32_t> application_year;
  std::vector<std::string> given;  // definitions that the records state themselves
  std::string json() const;
};

// How the runtime's engine goes about it; the answers must not depend on it.
struct Way {
  bool native = true;
  std::int64_t block_rows = 1024;
  int threads = 1;
  std::vector<std::size_t> order;  // of the records as the engine reads them; empty: as they stand
};

struct Difference {
  std::string text;
  std::optional<std::size_t> record;  // the first that is answered differently
};

struct Answers {
  std::vector<PairOutcome> pairs;  // the oracle's
  std::optional<plan::Plan> plan;
  std::int64_t shapes = 0, native_shapes = 0;
  std::int64_t explained = 0;    // pairs
  std::int64_t near_misses = 0;  // told by the explanation and found by the sweep
  std::optional<Difference> difference;
};

// The rules' project; mistakes are in its diagnostics.
std::unique_ptr<driver::Project> checked(std::string const& rules);

// The oracle's answers, and the first difference that another engine shows. The project has no errors.
Answers answer(driver::Project const& project, Case const& given, Way const& way);

// `answer` of a case from its text; none where the rules have errors.
std::optional<Answers> answer(Case const& given, Way const& way);

}  // namespace huiyu::test
