#pragma once

// Which facts a tree may wait for, without looking at a record.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/explain/evaluate.h"

namespace huiyu::explain {

// A fact of the record itself.
struct AwaitedFact {
  plan::Ref<plan::Column> column;
  std::string name;                            // as `needs` names it
  std::vector<plan::Interval> coarse;          // a code: those that some test of it is not decided by
  std::optional<std::int64_t> period;          // a series, at one period,
  std::string series_name;                     // and its name where the record lacks it as a whole
  std::vector<plan::Ref<plan::Column>> items;  // a list: what is read of its rows
  bool by_rows = false;                        // a list: what its rows lack goes by more than `items`
};

// INVARIANT (awaited): a tree that is unknown lacks some of these facts, and nothing that is there; facts that are
// there but coarse, open or at another period count as missing.
struct AwaitedFacts {
  std::vector<AwaitedFact> facts;  // each name once
  bool all = false;                // it lacks all of them that are missing
};

// What trees about the record itself hang on, taken together; none where that goes by more than facts, as in a table of
// the data. The evaluator has been told 本年, which is what the tree `year` says, and may stand on any record.
std::optional<AwaitedFacts> awaited_facts(Record const& record, Evaluator& evaluator, plan::Ref<plan::Explain> year,
                                          std::span<plan::Ref<plan::Explain> const> trees);

}  // namespace huiyu::explain
