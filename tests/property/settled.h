// A whole population by one engine: batch after batch, with what is settled at the end.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/engines.h"
#include "runtime/base/result.h"

namespace huiyu::test {

// Everything that a run says, by names alone, so that nothing hangs on the order of declarations or records.
struct Said {
  std::map<std::string, std::string> pairs;   // by key and policy
  std::map<std::string, std::string> counts;  // by policy
  std::map<std::string, std::string> pools;   // by budget or 遴选
  std::map<std::string, std::int64_t> met;    // outcomes, and what settled pairs
};

// Records as JSON objects, so many at a time.
Result<Said> run_population(driver::Project const& project, RunInputs const& inputs, driver::EngineChoice engine,
                            std::vector<std::string> const& records, std::size_t batch_rows);

// Where the two differ, one line each; the first few.
std::optional<std::string> difference(Said const& expected, Said const& found);

}  // namespace huiyu::test
