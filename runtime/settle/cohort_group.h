#pragma once

// One group of a 群体. Private to cohorts.cpp and its test.

#include <optional>
#include <string>
#include <vector>

#include "runtime/base/big.h"
#include "runtime/settle/cohorts.h"

namespace huiyu::settle {

struct Cohorts::Group {
  std::vector<Member const*> counting;  // of known standing and value
  std::vector<Member const*> open;      // whatever may yet change what the group comes to
  std::vector<std::string> facts;       // what the open ones lack
};

// 合计, 平均, 最大, 最小, 中位, 数量 of the values, exactly; none where nobody is there to have one.
std::optional<BigRational> statistic_of(plan::CohortOp op, std::vector<BigRational> values);

}  // namespace huiyu::settle
