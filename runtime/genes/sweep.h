#pragma once

// Many policies on one block of records at once. What a policy demands is a sequence of literals, all of which must
// certainly hold; sequences that begin alike share their beginning, as the nodes of a tree. A node whose rows die takes
// all below it along: a policy of another county costs nothing.

#include <cstdint>

namespace huiyu::genes {

// A block is 512 rows: one cache line of bits, one AVX-512 register.
inline constexpr std::int64_t sweep_words = 8;
inline constexpr std::int64_t sweep_rows = sweep_words * 64;
inline constexpr std::uint32_t no_policy = 0xFFFFFFFF;
// How many nodes may share their beginnings along one path.
inline constexpr std::uint16_t deepest_node = 14;

struct alignas(64) SweepRows {
  std::uint64_t words[sweep_words];
};

// In depth-first order. Some consecutive literals, after those of the nodes above.
struct SweepNode {
  std::uint32_t literals = 0;  // the first
  std::uint32_t skip = 0;      // the node after all that are below this one
  std::uint32_t policy = no_policy;
  std::uint16_t count = 0;  // of literals
  std::uint16_t depth = 0;  // 0 to deepest_node
};

enum class SweepEvent : std::uint8_t {
  Done,
  Lacks,    // the bitmap of `literal` is needed; then sweep again
  Matched,  // all literals of `policy` hold on rows[depth]
};

struct Sweep {
  SweepNode const* nodes = nullptr;
  std::uint32_t const* literals = nullptr;  // of the nodes
  SweepRows const* bitmaps = nullptr;       // by literal: where it certainly holds
  std::uint32_t const* stamps = nullptr;    // by literal: of which block its bitmap is
  std::uint32_t stamp = 0;                  // this block's
  std::uint32_t node = 0, end = 0;          // where the sweep stands
  std::uint32_t literal = 0, policy = 0;    // of the event
  std::uint16_t depth = 0;
  SweepRows rows[deepest_node + 2];  // [0]: the block's; [d + 1]: what the node at depth d left
};

using SweepFunction = SweepEvent (*)(Sweep& sweep);

}  // namespace huiyu::genes
