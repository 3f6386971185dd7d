#pragma once

// Where a value lies among the constants that policies compare its column with. Every comparison becomes a test whether
// a small code lies in an interval, exactly, whatever the values.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace huiyu::genes {

using Code = std::uint16_t;
inline constexpr Code missing_code = 0;

// Codes from `low` to `high`, both included; none where low > high.
struct CodeInterval {
  Code low = 1, high = 0;
  bool contains(Code code) const { return low <= code && code <= high; }
  bool empty() const { return low > high; }
  friend bool operator==(CodeInterval const&, CodeInterval const&) = default;
};
// Rising, apart, none empty. Never holds the missing code: what is missing is neither certain nor refuted.
using CodeSet = std::vector<CodeInterval>;

// Integers from `low` to `high`, both included.
struct ValueInterval {
  std::int64_t low = 0, high = 0;
  friend bool operator==(ValueInterval const&, ValueInterval const&) = default;
};
// Rising, apart, none empty.
using ValueSet = std::vector<ValueInterval>;

// All 64-bit integers that are not in the set.
ValueSet complement(ValueSet const& set);
bool contains(ValueSet const& set, std::int64_t value);

// The codes of one column. A value's code is 1 + how many edges are not above it.
class RankCodes {
 public:
  // The least value of each interval that a test can tell from the values below it; in any order, repeated or not.
  // None where there are too many for a code.
  static std::optional<RankCodes> of_edges(std::vector<std::int64_t> edges);
  // Appends the edges that tell a set from all else.
  static void add_edges(ValueSet const& set, std::vector<std::int64_t>& edges);

  Code code(std::int64_t value) const;
  // Of `count` values, a multiple of 8; faster than one by one.
  void codes_of(std::int32_t const* values, std::size_t count, Code* out) const;
  void codes_of(std::int64_t const* values, std::size_t count, Code* out) const;
  Code top() const { return static_cast<Code>(edges_.size() + 1); }  // of the greatest values
  std::span<std::int64_t const> edges() const { return edges_; }     // rising, each once

  // value ∈ set ⟺ code(value) ∈ codes(set), for a set whose edges are among ours.
  CodeSet codes(ValueSet const& set) const;

 private:
  template <class Value> void find(Value const* values, std::size_t count, Code* out) const;

  std::vector<std::int64_t> edges_;
  std::vector<Code> near_;  // of the values from the first edge on, up to the last, where those are few
};

}  // namespace huiyu::genes
