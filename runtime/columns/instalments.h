#pragma once

// 分期: how one sum is paid in parts. It decides nothing, so that every engine's sums are parted by this.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/big.h"
#include "runtime/columns/outcome.h"

namespace huiyu {

// So much, such a share of the sum (四舍五入 to 分), or (neither) what is left.
struct InstalmentRule {
  std::string name;
  std::optional<std::int64_t> fen;
  std::optional<BigRational> share;
};

// The parts in order, which add up to the sum (≥ 0): none is more than what those before it leave, and the last takes
// the rest.
std::vector<PartAmount> instalments_of(std::vector<InstalmentRule> const& rules, std::int64_t sum_fen);

}  // namespace huiyu
