#include <algorithm>

#include "runtime/settle/cohort_group.h"

namespace huiyu::settle {

std::optional<BigRational> statistic_of(plan::CohortOp op, std::vector<BigRational> values) {
  auto const sum = [&] {
    BigRational total = 0;
    for (auto const& value : values) total += value;
    return total;
  };
  switch (op) {
    case plan::CohortOp::Rank:
    case plan::CohortOp::Count: return BigRational(values.size());
    case plan::CohortOp::Sum: return sum();
    case plan::CohortOp::Mean:
    case plan::CohortOp::Largest:
    case plan::CohortOp::Smallest:
    case plan::CohortOp::Median: break;
  }
  if (values.empty()) return std::nullopt;
  if (op == plan::CohortOp::Mean) return sum() / BigRational(values.size());
  std::ranges::sort(values);
  if (op == plan::CohortOp::Largest) return values.back();
  if (op == plan::CohortOp::Smallest) return values.front();
  auto const middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : BigRational(values[middle - 1] + values[middle]) / 2;
}

}  // namespace huiyu::settle
