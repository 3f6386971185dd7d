#pragma once

// Who lacks one condition: for each policy the records that meet all it asks but one test, which they certainly fail.

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/engine/match.h"

namespace huiyu::engine {

// A record that one test of a policy keeps out. All others certainly hold; what is missing anywhere else makes it no
// near miss.
struct NearMiss {
  std::uint32_t policy = 0;
  std::uint32_t row = 0;      // of the batch
  std::uint32_t member = 0;   // of near_members
  bool is_far = false;        // `distance` says nothing: the test is no comparison of one stated fact
  std::int64_t distance = 0;  // what the fact must rise, or fall, at least: in its stored integers
  friend bool operator==(NearMiss const&, NearMiss const&) = default;
};

struct NearTable {
  std::vector<std::int64_t> counts;  // by policy
  std::vector<NearMiss> rows;        // by policy, then row; where they were asked for
};

// How near misses are looked for; made once for all batches of a run and shared by threads, as EligibleSearch is.
struct NearSearch;
std::shared_ptr<NearSearch const> prepare_near(BoundPlan const& bound, plan::Ref<plan::Relation> subject,
                                               columns::Batch const& batch);

// Of the policies about the subject that are in force. Of `options` `list` and `eligible_only` are not looked at.
NearTable match_near(BoundPlan const& bound, columns::Batch const& batch, MatchOptions const& options,
                     NearSearch const& search, bool list_rows);

}  // namespace huiyu::engine
