#pragma once

// One thread's sweeps over blocks of a batch: which records meet a policy but for one test. Private to the engine.

#include <vector>

#include "runtime/engine/block.h"
#include "runtime/engine/eligible_plan.h"

namespace huiyu::engine {

inline constexpr std::uint32_t no_member = 0xFFFFFFFF;

// A record of which one test failed, or none so far where tests are still to be asked of it.
struct NearCandidate {
  std::uint32_t policy = 0;
  std::uint32_t row = 0;
  std::uint32_t member = no_member;
};

class NearSweep {
 public:
  // All arguments must outlive it.
  NearSweep(EligiblePlan const& plan, Block& block, genes::Kernels const& kernels, bool list_rows);

  // Every swept policy on at most genes::sweep_rows rows from `begin`.
  void run(std::int64_t begin, std::int64_t rows);
  // By policy, rows that need not be listed nor asked anything else.
  std::vector<std::int64_t> const& counts() const { return counts_; }
  // All others; of a policy rows rise as blocks do.
  std::vector<NearCandidate> take_found() { return std::move(found_); }

 private:
  void make(std::uint32_t literal, genes::SweepRows const& rows);
  void set_made(std::uint32_t literal) { made_[literal / 64] |= std::uint64_t{1} << (literal % 64); }
  void make_unions(std::uint32_t place, EligiblePlan::TagUnions const& unions);
  bool ask_rows(std::uint32_t literal, genes::SweepRows const& rows);
  void take(std::uint32_t policy, genes::NearRows const& rows);
  genes::SweepRows failed(EligiblePlan::Test const& test, genes::SweepRows const& rows);
  bool fails_some(std::uint32_t literal, genes::SweepRows const& rows);
  genes::NearRows ask(std::uint32_t const*& group, genes::SweepRows rows);
  genes::NearRows const& tested(std::uint32_t literal, genes::SweepRows const& rows);

  EligiblePlan const& plan_;
  Block& block_;
  genes::Kernels const& kernels_;
  genes::NearSweep sweep_;
  std::vector<genes::NearRows> bitmaps_;
  std::vector<std::uint64_t> made_;  // a bit for each literal
  std::int64_t begin_ = 0;
  std::int64_t rows_asked_ = 0;  // for tags, one by one in this block
  bool list_rows_;
  std::vector<std::int64_t> counts_;
  std::vector<NearCandidate> found_;
  std::uint32_t members_[genes::sweep_rows];  // of the rows of a policy
};

}  // namespace huiyu::engine
