#include "compiler/tir/small_pools.h"

namespace huiyu::tir {

std::vector<SmallPool> small_pools(Program const& program, RangeOf const& range_of) {
  auto const is_figure = [&](ExprId id) { return std::holds_alternative<Constant>(program.exprs[id].kind); };
  std::vector<SmallPool> found;
  for (auto const& settle : program.settles)
    for (auto const& member : settle.members) {
      auto const& policy = program.policies[member.policy];
      if (policy.items.size() != 1) continue;
      auto const amount = policy.items.front().amount;
      auto const grant = range_of(amount);
      for (auto const pool : {settle.limit, settle.each_most}) {
        auto const limit = pool.has_value() && grant ? range_of(pool) : std::nullopt;
        if (!limit || grant->first <= limit->second) continue;
        bool const plain =
            settle.kind == SettleKind::Budget && pool == settle.limit && is_figure(amount) && is_figure(pool);
        found.push_back({&settle, &policy, limit->second, grant->first, plain});
      }
    }
  return found;
}

}  // namespace huiyu::tir
