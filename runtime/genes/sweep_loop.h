#pragma once

// The loop behind SweepFunction, for a type `Rows` that holds the bits of a block. Included by the variants alone.

#include "runtime/genes/sweep.h"

namespace huiyu::genes {
namespace {

template <class Rows> SweepEvent sweep_with(Sweep& sweep) {
  auto at = sweep.node;
  auto const stamp = sweep.stamp;
  while (at < sweep.end) {
    auto const& node = sweep.nodes[at];
    Rows rows(sweep.rows[node.depth]);
    auto const* literal = sweep.literals + node.literals;
    auto const* const end = literal + node.count;
    for (; literal != end; ++literal) {
      if (sweep.stamps[*literal] != stamp) {
        sweep.node = at;
        sweep.literal = *literal;
        return SweepEvent::Lacks;
      }
      rows.keep(sweep.bitmaps[*literal]);
      if (rows.none()) break;
    }
    if (literal != end) {
      at = node.skip;
      continue;
    }
    rows.store(sweep.rows[node.depth + 1]);
    ++at;
    if (node.policy == no_policy) continue;
    sweep.node = at;
    sweep.policy = node.policy;
    sweep.depth = static_cast<std::uint16_t>(node.depth + 1);
    return SweepEvent::Matched;
  }
  sweep.node = at;
  return SweepEvent::Done;
}

}  // namespace
}  // namespace huiyu::genes
