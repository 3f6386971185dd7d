#pragma once

// One thread's sweeps over blocks of a batch: which policies certainly fit which records.

#include <algorithm>
#include <vector>

#include "runtime/engine/bits.h"
#include "runtime/engine/block.h"
#include "runtime/engine/eligible_plan.h"

namespace huiyu::engine {

// A record that fits a policy as far as bitmaps tell; EligiblePlan::conditions
// are still to be asked.
struct Candidate {
  std::uint32_t policy = 0;
  std::uint32_t row = 0;
};

// The same of many records of one block.
struct CandidateBlock {
  std::uint32_t policy = 0;
  genes::SweepRows rows;
};
struct Candidates {
  std::vector<Candidate> rows;         // of each policy rising
  std::vector<CandidateBlock> blocks;  // of the last block alone

  bool has_block(std::uint32_t policy) const {
    return std::any_of(blocks.begin(), blocks.end(), [&](auto const& block) { return block.policy == policy; });
  }
  // Rows of a bitmap, from `begin` on.
  void add_rows(std::uint32_t policy, std::int64_t begin, std::uint64_t const* bits, std::int64_t words) {
    for_each_row(bits, words,
                 [&](std::int64_t row) { rows.push_back({policy, static_cast<std::uint32_t>(begin + row)}); });
  }
};

// Whether a literal is asked where it certainly holds, or where it does not certainly fail.
enum class SweepFor : std::uint8_t { Certain, Possible };

class EligibleSweep {
 public:
  // The first three must outlive it. How many records meet a policy is not judged before `least_seen` of them.
  EligibleSweep(EligiblePlan const& plan, Block& block, genes::Kernels const& kernels, std::int64_t least_seen,
                SweepFor wanted = SweepFor::Certain);

  // Every swept policy on at most genes::sweep_rows rows from `begin`, where the block stands. A policy that so far
  // more than one record in sixteen meets comes as a block.
  void run(std::int64_t begin, std::int64_t rows, Candidates& found);

 private:
  void make(std::uint32_t literal, genes::SweepRows const& rows);
  void take(std::uint32_t policy, genes::SweepRows const& rows);
  void set_made(std::uint32_t literal) { made_[literal / 64] |= std::uint64_t{1} << (literal % 64); }
  void make_possible(std::uint32_t literal);
  void make_unions(std::uint32_t place, EligiblePlan::TagUnions const& unions);
  // Whether so few rows are asked for tags that they are asked one by one.
  bool ask_rows(std::uint32_t literal, genes::SweepRows const& rows);

  EligiblePlan const& plan_;
  Block& block_;
  genes::Kernels const& kernels_;
  SweepFor wanted_;
  genes::Sweep sweep_;
  std::vector<genes::SweepRows> bitmaps_;
  std::vector<std::uint64_t> made_;  // a bit for each literal
  std::int64_t begin_ = 0;
  std::int64_t rows_asked_ = 0;  // for tags, one by one in this block
  std::int64_t least_seen_ = 0;
  std::int64_t rows_seen_ = 0;          // of all blocks
  std::vector<std::int64_t> rows_met_;  // of these, by policy
  Candidates* found_ = nullptr;
};

}  // namespace huiyu::engine
