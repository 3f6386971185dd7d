#pragma once

// Many policies on one block of records at once. What a policy demands is a sequence of literals, all of which must
// certainly hold; sequences that begin alike share their beginning, as the nodes of a tree. A node whose rows die takes
// all below it along: a policy of another county costs nothing.

#include <cstddef>
#include <cstdint>

namespace huiyu::genes {

// A block is 512 rows: one cache line of bits, one AVX-512 register.
inline constexpr std::int64_t sweep_words = 8;
inline constexpr std::int64_t sweep_rows = sweep_words * 64;
inline constexpr std::uint32_t no_policy = 0xFFFFFFFF;
// How many nodes may share their beginnings along one path.
inline constexpr std::uint16_t deepest_node = 14;

inline constexpr std::size_t line_bytes = 64;

struct alignas(line_bytes) SweepRows {
  std::uint64_t words[sweep_words];
};

// In depth-first order. Some consecutive literals, after those of the nodes above.
struct SweepNode {
  std::uint32_t literals = 0;  // the first
  std::uint32_t skip = 0;      // the node after all that are below this one
  std::uint32_t policy = no_policy;
  std::uint32_t groups = 0, groups_end = 0;  // of the policy: all hold too
  std::uint16_t count = 0;                   // of literals
  std::uint16_t depth = 0;                   // 0 to deepest_node
};

// A member of a group as a number: literal × 4, or And, Or, followed by the
// place after its members.
enum class SweepGroup : std::uint32_t { Literal, And, Or };

struct Sweep {
  SweepNode const* nodes = nullptr;
  SweepNode const* end = nullptr;
  std::uint32_t const* literals = nullptr;  // of the nodes
  std::uint32_t const* groups = nullptr;
  SweepRows const* bitmaps = nullptr;   // by literal: where it certainly holds
  std::uint64_t const* made = nullptr;  // a bit for each literal: its bitmap is this block's
  // What making a bitmap reads of each literal, a line of memory each: fetched ahead.
  void const* makings = nullptr;
  // Makes the bitmap of a literal: right at those rows at least, and at all if it is then said to be made.
  void (*make)(void* context, std::uint32_t literal, SweepRows const& rows) = nullptr;
  // Takes the rows of a policy, some at least.
  void (*take)(void* context, std::uint32_t policy, SweepRows const& rows) = nullptr;
  void* context = nullptr;
};

// Asks every policy about the given rows of a block.
using SweepFunction = void (*)(Sweep const& sweep, SweepRows const& rows);

}  // namespace huiyu::genes
