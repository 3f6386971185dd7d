#pragma once

// One thread's block of a county's records. Codes of a column and bits of a comparison are made when a policy first
// asks for them.

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "tests/bench/province/reference/county_plan.h"

namespace huiyu::reference {

using Match = std::pair<std::uint32_t, std::uint32_t>;  // policy and record

class Block {
 public:
  Block(Workload const& workload, Codes const& codes, CodedAtoms const& coded, std::size_t most_atoms);

  // Appends who fits among `count` records from `record` on, all of the plan's county.
  void match(CountyPlan const& plan, std::size_t record, int count, std::vector<Match>& out);
  // Counts, by coded column, the comparisons that `match` evaluates; null: does not.
  std::vector<std::uint32_t>* counts = nullptr;

 private:
  struct Free {
    void operator()(std::uint8_t* bytes) const { std::free(bytes); }
  };
  using Bytes = std::unique_ptr<std::uint8_t[], Free>;
  static Bytes bytes(std::size_t count);

  void enter(CountyPlan const& plan);
  Bits bits(std::uint32_t atom) {
    if (stamps_[atom] != stamp_) {
      stamps_[atom] = stamp_;
      make(atom);
    }
    return Bits::load(&atoms_[static_cast<std::size_t>(atom) * block_bytes]);
  }
  void make(std::uint32_t atom);
  void make_tags();
  // Those of `in` for whom the group holds.
  Bits group(std::uint32_t const* node, Bits in);

  static std::uint32_t const* after(std::uint32_t const* node) {
    return node + ((*node & group_bits) == 0 ? 1 : node[1]);
  }

  Workload const& workload_;
  Codes const& codes_;
  CodedAtoms const& coded_;
  Bytes block_codes_, atoms_, tags_;
  std::vector<std::uint32_t> stamps_, column_stamps_;  // when an atom or a column was last made
  std::uint32_t stamp_ = 0;
  // By column of lists: of each tag its slot, where the column's slots begin, and after them who has a list at all.
  std::vector<std::vector<std::uint16_t>> slots_;
  std::vector<std::size_t> first_slots_;
  CountyPlan const* plan_ = nullptr;
  std::size_t record_ = 0;
  int count_ = 0;
  bool tags_made_ = false;
};

}  // namespace huiyu::reference
