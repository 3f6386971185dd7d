#pragma once

// One thread's sweeps over blocks of a batch: which policies certainly fit which records.

#include <vector>

#include "runtime/engine/block.h"
#include "runtime/engine/eligible_plan.h"

namespace huiyu::engine {

// A record that fits a policy as far as bitmaps tell; EligiblePlan::conditions
// are still to be asked.
struct Candidate {
  std::uint32_t policy = 0;
  std::uint32_t row = 0;
};

// Whether a literal is asked where it certainly holds, or where it does not certainly fail.
enum class SweepFor : std::uint8_t { Certain, Possible };

class EligibleSweep {
 public:
  // All arguments must outlive it.
  EligibleSweep(EligiblePlan const& plan, Block& block, genes::Kernels const& kernels,
                SweepFor wanted = SweepFor::Certain);

  // Every swept policy on at most genes::sweep_rows rows from `begin`; of each policy rows rise.
  void run(std::int64_t begin, std::int64_t rows, std::vector<Candidate>& found);

 private:
  void make(std::uint32_t literal, genes::SweepRows const& rows);
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
  std::vector<Candidate>* found_ = nullptr;
};

}  // namespace huiyu::engine
