#pragma once

// What the others in its 群体 make of each record: its place, and what theirs come to. Computed over all records before
// any is matched, into columns that no data state (plan.h: CohortValue). docs/language/cohorts.md says what it means.
//
// INVARIANT (independence): neither the order of records nor how they are cut into batches matters.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/columns/layout.h"
#include "runtime/columns/outcome.h"
#include "runtime/explain/places.h"
#include "runtime/explain/value.h"
#include "runtime/plan/plan.h"
#include "runtime/settle/periods.h"

namespace huiyu::settle {

class Cohorts {
 public:
  // The plan and all that is given to `add` must outlive it.
  Cohorts(plan::Plan const& plan, plan::Ref<plan::Relation> subject);
  // Whether nothing is asked of others.
  bool idle() const { return values_.empty(); }

  // The records of a batch, whose computed columns are filled in by `compute`.
  void add(columns::Batch& batch, std::vector<std::string> keys, explain::Places const& places,
           RunInputs const& inputs);
  // Once, when all records are there.
  void compute();

 private:
  struct Part {
    columns::Batch* batch = nullptr;
    std::vector<std::string> keys;
    explain::Places const* places = nullptr;
    RunInputs const* inputs = nullptr;
    columns::RecordLayout layout;
  };
  // One record in one cohort. `facts`: what it lacks, if it is not known whether, where or with what it counts.
  struct Member {
    bool out = false;       // certainly no member
    bool unplaced = false;  // it may belong to several groups
    bool sure = false;      // certainly a member of its group
    bool counts = false;    // sure, with its value known, and meant by `where`
    bool aside = false;     // not meant by `where`
    explain::Value value;
    std::vector<std::optional<std::string>> keys;
    std::uint32_t group = 0;
    std::vector<std::string> facts;
    std::vector<std::string> own;  // what its own place waits for
  };
  // A computed cell: the stored integer, or what it waits for (1 + place among the facts; 0: nothing is known).
  struct Cell {
    bool known = false;
    std::int64_t value = 0;
    std::uint32_t facts = 0;
  };
  // One column: cells by record, for each period.
  struct Made {
    plan::Ref<plan::Column> column;
    std::vector<std::vector<Cell>> cells;
  };
  struct Group;

  void compute(plan::CohortValue const& value);
  std::vector<Member> members(plan::CohortValue const& value, std::optional<std::int64_t> period) const;
  Member member(plan::CohortValue const& value, std::optional<std::int64_t> period, Part const& part,
                std::int64_t row) const;
  std::vector<Group> groups(std::vector<Member>& members, bool pending) const;
  void rank(plan::CohortValue const& value, std::vector<Member> const& members, std::vector<Group> const& groups,
            std::vector<Made>& made);
  void statistic(plan::CohortValue const& value, std::vector<Member> const& members, std::vector<Group> const& groups,
                 std::vector<Made>& made);
  std::uint32_t facts(std::vector<std::string> names);
  Cell stored(plan::Ref<plan::Column> column, BigInt const& value);
  void fill(Made const& made, std::vector<std::int64_t> const& periods);

  plan::Plan const& plan_;
  std::vector<plan::CohortValue const*> values_;  // in the order in which they hang on each other
  std::vector<Part> parts_;
  std::size_t record_count_ = 0;
  PeriodsRead periods_;
  std::vector<std::vector<std::string>> facts_;  // what cells wait for
};

}  // namespace huiyu::settle
