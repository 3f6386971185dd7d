#pragma once

// Policies against records: who gets what, in blocks of records.

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/base/wide.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"
#include "runtime/columns/outcome_table.h"
#include "runtime/engine/bind.h"
#include "runtime/engine/kernel.h"

namespace huiyu::genes {
struct Kernels;
}

namespace huiyu::engine {

// Which outcomes are listed one by one; all are counted.
struct Listing {
  std::array<bool, 5> wanted{};  // by Outcome
  bool lists(Outcome outcome) const { return wanted[static_cast<std::size_t>(outcome)]; }
  static constexpr Listing none() { return {}; }
  static constexpr Listing eligible() { return {{true, false, false, false, false}}; }
  static constexpr Listing all() { return {{true, true, true, true, true}}; }
};

struct EligibleSearch;

// INVARIANT (independence): counts, sums and lists do not depend on `threads`, `block_rows`, `order_from`, `search` or
// `kernels`.
struct MatchOptions {
  Listing list = Listing::eligible();
  // Only who is eligible is wanted: no other outcome is counted, nor listed whatever `list` says.
  bool eligible_only = false;
  // eligible_only: by policy, of which unknown and error are counted too, and listed where `list` says; null: of none.
  // A search that is given must have been made with the same.
  std::vector<bool> const* undecided_of = nullptr;
  // Rows that do not lie by place are put in order first where a sweep has so many nodes at least.
  std::size_t order_from = 2000;
  std::int64_t block_rows = 1024;
  int threads = 1;                          // 1: none is started
  plan::Ref<plan::Relation> subject;        // what the batch holds; none: what all policies are about
  EligibleSearch const* search = nullptr;   // eligible_only: made before; null: for this call
  genes::Kernels const* kernels = nullptr;  // null: the fastest
};

// How a policy fared over all records.
struct PolicyCounts {
  std::array<std::int64_t, 5> outcomes{};  // by Outcome
  std::int64_t pending = 0;                // 待定: eligible, the sum or figure not known; among the eligible too
  Int128 sum_fen = 0;                      // of the known amounts
  std::int64_t of(Outcome outcome) const { return outcomes[static_cast<std::size_t>(outcome)]; }
  friend bool operator==(PolicyCounts const&, PolicyCounts const&) = default;
};

struct MatchedTable {
  // By position in the plan; those about other records stay 0. Where only the eligible were wanted the other outcomes
  // were not counted, and stay 0 too.
  std::vector<PolicyCounts> policies;
  OutcomeTable listed;
  // Of the time of the call what explanations took, of the thread that had most of them: of rows that the kernels leave
  // open, and of listed rows that lack a fact.
  std::chrono::nanoseconds explaining{};
};
struct MatchResult {
  std::vector<PolicyCounts> policies;
  std::vector<PairOutcome> pairs;  // listed outcomes, by policy, then row
};

// How the eligible of a plan are found; made once for all batches of a run and shared by threads. The batch is one of
// them: what is tested first is estimated on it.
std::shared_ptr<EligibleSearch const> prepare_search(BoundPlan const& bound, plan::Ref<plan::Relation> subject,
                                                     columns::Batch const& batch,
                                                     std::vector<bool> const* undecided_of = nullptr);

// Matches every policy about the subject with every record. The batch has the subject's layout (layout.h, with the
// given definitions that the plan was bound with). `native` may be null.
Result<MatchedTable> match_table(BoundPlan const& bound, columns::Batch const& batch,
                                 FunctionTable const* native = nullptr, MatchOptions const& options = {});
// The same, each pair by itself.
Result<MatchResult> match(BoundPlan const& bound, columns::Batch const& batch, FunctionTable const* native = nullptr,
                          MatchOptions const& options = {});

}  // namespace huiyu::engine
