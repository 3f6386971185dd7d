#pragma once

// A reference table (参照表) as one lookup column reads it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "runtime/codes/codes.h"

namespace huiyu::engine {

class BoundLookup {
 public:
  // `climbs`: of each key the code system whose entries fall back to those above them, or −1.
  explicit BoundLookup(std::vector<int> climbs) : climbs_(std::move(climbs)) {}

  // Rows come in the table's order: of several with the same keys the first counts.
  void add(std::span<std::int64_t const> keys, std::int64_t value);
  void finish();

  // The value of the row with these keys, else with a code further up, the first key moving last; null: no row.
  // `keys` is left as it was.
  std::int64_t const* find(std::span<std::int64_t> keys) const { return find(keys, 0); }

 private:
  std::int64_t const* find(std::span<std::int64_t> keys, std::size_t place) const;
  std::int64_t const* exact(std::span<std::int64_t const> keys) const;

  std::vector<int> climbs_;
  std::vector<std::int64_t> keys_;  // row after row, rising once finished
  std::vector<std::int64_t> values_;
};

}  // namespace huiyu::engine
