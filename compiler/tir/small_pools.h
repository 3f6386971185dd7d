// Pools, joint caps and 每户 最高 that hold no single grant: most likely a slip of 元 and 万元.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/tir/tir.h"

namespace huiyu::tir {

struct SmallPool {
  Settle const* settle = nullptr;
  Policy const* policy = nullptr;
  BigRational holds, grant;  // at most, and at least
  bool plain = false;        // a budget and a grant that are both written as one figure: the checker warns of these
};

// Between which amounts (元) an expression lies; none: nobody knows.
using RangeOf = std::function<std::optional<std::pair<BigRational, BigRational>>(ExprId)>;

std::vector<SmallPool> small_pools(Program const& program, RangeOf const& range_of);

}  // namespace huiyu::tir
