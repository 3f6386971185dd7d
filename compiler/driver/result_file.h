// Listed pairs written as a table.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/results.h"
#include "runtime/base/result.h"
#include "runtime/columns/arrow_write.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/layout.h"
#include "runtime/columns/outcome_table.h"

namespace huiyu::driver {

// The keys of the records that listed rows are of.
struct RowKeys {
  std::int64_t count = 0;
  std::function<std::string(std::int64_t row)> of;
};

// Columns: key, policy, name, outcome, amount (元, exact decimal), parts, shares, value, alerts, needs,
// clause, settled.
class ResultFile {
 public:
  // By extension: .parquet, .csv, .json … A file that was there is replaced by `finish`. `policies` must outlive it.
  static Result<std::unique_ptr<ResultFile>> create(std::string const& path, std::vector<PolicyName> const& policies);
  virtual ~ResultFile() = default;

  // Batch after batch, in order.
  virtual Result<void> add(RowKeys const& keys, OutcomeTable const& listed) = 0;
  virtual Result<void> finish() = 0;
  std::int64_t row_count() const { return row_count_; }

 protected:
  std::int64_t row_count_ = 0;
};

std::vector<columns::ResultColumn> result_columns();

// The listed pairs of a batch one by one.
using RowVisitor = std::function<void(std::string const& key, PolicyName const& policy, PairOutcome const& pair)>;
void for_each_pair(RowKeys const& keys, std::vector<PolicyName> const& policies, OutcomeTable const& listed,
                   RowVisitor const& visit);

}  // namespace huiyu::driver
