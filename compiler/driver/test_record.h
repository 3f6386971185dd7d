// The records of a test as the engines read them.
#pragma once

#include <string>
#include <vector>

#include "compiler/tir/test.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"

namespace huiyu::driver {

// One record, and the definitions that it states: it is read with these as RunInputs::given_definitions.
struct TestRecord {
  columns::Batch batch;
  std::vector<std::string> given_definitions;
};

// `inputs` say which year and month relative periods count from.
TestRecord make_test_record(tir::Program const& program, tir::GivenRecord const& record, RunInputs const& inputs);

// The year or month that is meant.
std::int32_t period_number(tir::TestPeriod const& period, RunInputs const& inputs);

}  // namespace huiyu::driver
