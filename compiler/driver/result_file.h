// Result rows kept in columns and written as a table.
#pragma once

#include <string>

#include "compiler/driver/results.h"
#include "runtime/base/result.h"
#include "runtime/columns/arrow_write.h"

namespace huiyu::driver {

// Columns: key, policy, name, outcome, amount (元, exact decimal), parts, shares, value, alerts, needs,
// clause.
class ResultFile {
 public:
  ResultFile();
  void add(std::string const& key, PolicyName const& policy, PairOutcome const& pair);
  std::int64_t row_count() const { return rows_.row_count(); }
  // By extension: .parquet, .csv, .json …
  Result<void> write(std::string const& path) &&;

 private:
  columns::ResultRows rows_;
};

}  // namespace huiyu::driver
