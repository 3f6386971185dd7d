#pragma once

// The loop behind NearFunction, for a type `Rows` that holds the bits of a block. Included by the variants alone.

#include "runtime/genes/near.h"

namespace huiyu::genes {
namespace {

template <class Rows> class NearWalk {
 public:
  explicit NearWalk(NearSweep const& sweep) : sweep_(sweep) {}

  void run(SweepRows const& all) {
    left_[0] = {all, {}};
    for (auto const* node = sweep_.nodes; node != sweep_.end;) {
      if (auto const* next = sweep_.nodes + node->skip; next != sweep_.end && next->count != 0)
        fetch(sweep_.literals[next->literals] / 2);
      auto left = keep_literals(*node, {Rows(left_[node->depth].held), Rows(left_[node->depth].failed)});
      if (left.none()) {
        node = sweep_.nodes + node->skip;
        continue;
      }
      if (node->policy == no_policy)
        left.store(left_[node->depth + 1]);
      else
        take(*node, left);
      ++node;
    }
  }

 private:
  // Of the rows asked: where something holds, and where it fails. Of a policy: which rows meet all so far, and which
  // all but one.
  struct Pair {
    Rows held, failed;
    bool none() const { return (held | failed).none(); }
    void store(NearRows& rows) const {
      held.store(rows.held);
      failed.store(rows.failed);
    }
  };

  void fetch(std::uint32_t literal) const {
    __builtin_prefetch(&sweep_.bitmaps[literal].held);
    __builtin_prefetch(&sweep_.bitmaps[literal].failed);
    __builtin_prefetch(static_cast<char const*>(sweep_.makings) + literal * line_bytes);
  }

  NearRows const& tested(std::uint32_t literal, Rows rows) const {
    if (((sweep_.made[literal / 64] >> (literal % 64)) & 1) == 0) {
      SweepRows asked;
      rows.store(asked);
      sweep_.make(sweep_.context, literal, asked);
    }
    return sweep_.bitmaps[literal];
  }

  // What is left after a test that must hold, or that may be the one that fails.
  static Pair after(Pair const& left, Rows held, Rows failed, bool may_fail) {
    auto const again = left.failed & held;
    return {left.held & held, may_fail ? again | (left.held & failed) : again};
  }

  Pair keep_literals(SweepNode const& node, Pair left) const {
    auto const* literal = sweep_.literals + node.literals;
    for (auto const* const end = literal + node.count; literal != end; ++literal) {
      if (literal + 1 != end) fetch(literal[1] / 2);
      auto const& rows = tested(*literal / 2, left.held | left.failed);
      left = after(left, Rows(rows.held), Rows(rows.failed), *literal % 2 != 0);
      if (left.none()) break;
    }
    return left;
  }

  void take(SweepNode const& node, Pair left) {
    auto const* group = sweep_.groups + node.groups;
    for (auto const* const end = sweep_.groups + node.groups_end; group != end;) {
      bool const may_fail = *group != near_must_hold;
      if (!may_fail) ++group;
      auto const asked = ask(group, left.held | left.failed);
      left = after(left, asked.held, asked.failed, may_fail);
      if (left.none()) return;
    }
    NearRows taken;
    left.store(taken);
    sweep_.take(sweep_.context, node.policy, taken);
  }

  // Goes on to the place after the group. Each member is asked of the rows that it can still settle.
  Pair ask(std::uint32_t const*& group, Rows rows) const {
    auto const code = *group++;
    auto const kind = static_cast<SweepGroup>(code % 4);
    if (kind == SweepGroup::Literal) {
      auto const& asked = tested(code / 4, rows);
      return {rows & Rows(asked.held), rows & Rows(asked.failed)};
    }
    bool const all = kind == SweepGroup::And;
    auto const* const end = sweep_.groups + *group++;
    auto settled = Rows::nothing(), agreed = rows;
    while (group != end && !rows.none()) {
      auto const member = ask(group, rows);
      auto const settles = all ? member.failed : member.held;
      settled = settled | settles;
      rows = rows.without(settles);
      agreed = agreed & (all ? member.held : member.failed);
    }
    group = end;
    agreed = agreed.without(settled);
    return all ? Pair{agreed, settled} : Pair{settled, agreed};
  }

  NearSweep const& sweep_;
  NearRows left_[deepest_node + 2];  // as of Walk
};

template <class Rows> void near_with(NearSweep const& sweep, SweepRows const& rows) { NearWalk<Rows>(sweep).run(rows); }

}  // namespace
}  // namespace huiyu::genes
