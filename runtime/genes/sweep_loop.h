#pragma once

// The loop behind SweepFunction, for a type `Rows` that holds the bits of a block. Included by the variants alone.

#include "runtime/genes/sweep.h"

namespace huiyu::genes {
namespace {

template <class Rows> class Walk {
 public:
  explicit Walk(Sweep const& sweep) : sweep_(sweep) {}

  void run(SweepRows const& all) {
    left_[0] = all;
    for (auto const* node = sweep_.nodes; node != sweep_.end;) {
      // Most die here: what the next one begins with is fetched meanwhile.
      if (auto const* next = sweep_.nodes + node->skip; next != sweep_.end && next->count != 0)
        fetch(sweep_.literals[next->literals]);
      auto const rows = keep_literals(*node, Rows(left_[node->depth]));
      if (rows.none()) {
        node = sweep_.nodes + node->skip;
        continue;
      }
      if (node->policy == no_policy)
        rows.store(left_[node->depth + 1]);
      else
        take(*node, rows);
      ++node;
    }
  }

 private:
  void fetch(std::uint32_t literal) const {
    __builtin_prefetch(sweep_.bitmaps + literal);
    __builtin_prefetch(static_cast<char const*>(sweep_.makings) + literal * line_bytes);
  }

  Rows keep(std::uint32_t literal, Rows rows) const {
    if (((sweep_.made[literal / 64] >> (literal % 64)) & 1) == 0) {
      SweepRows asked;
      rows.store(asked);
      sweep_.make(sweep_.context, literal, asked);
    }
    return rows & Rows(sweep_.bitmaps[literal]);
  }

  Rows keep_literals(SweepNode const& node, Rows rows) {
    auto const* literal = sweep_.literals + node.literals;
    for (auto const* const end = literal + node.count; literal != end; ++literal) {
      if (literal + 1 != end) fetch(literal[1]);
      rows = keep(*literal, rows);
      if (rows.none()) break;
    }
    return rows;
  }

  void take(SweepNode const& node, Rows rows) {
    auto const* group = sweep_.groups + node.groups;
    for (auto const* const end = sweep_.groups + node.groups_end; group != end;) {
      rows = keep_group(group, rows);
      if (rows.none()) return;
    }
    SweepRows taken;
    rows.store(taken);
    sweep_.take(sweep_.context, node.policy, taken);
  }

  // Those of the rows where a group holds; goes on to the place after it. Each
  // member is asked of the rows that it can still change.
  Rows keep_group(std::uint32_t const*& group, Rows rows) {
    auto const code = *group++;
    auto const kind = static_cast<SweepGroup>(code % 4);
    if (kind == SweepGroup::Literal) return keep(code / 4, rows);
    auto const* const end = sweep_.groups + *group++;
    if (kind == SweepGroup::And) {
      while (group != end && !rows.none()) rows = keep_group(group, rows);
      group = end;
      return rows;
    }
    auto held = Rows::nothing();
    while (group != end && !rows.none()) {
      auto const holds = keep_group(group, rows);
      held = held | holds;
      rows = rows.without(holds);
    }
    group = end;
    return held;
  }

  Sweep const& sweep_;
  SweepRows left_[deepest_node + 2];  // [0]: the block's; [d + 1]: what the node
                                      // at depth d left
};

template <class Rows> void sweep_with(Sweep const& sweep, SweepRows const& rows) { Walk<Rows>(sweep).run(rows); }

}  // namespace
}  // namespace huiyu::genes
