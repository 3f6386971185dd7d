#pragma once

// One thread's share of a match.

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/columns/outcome_table.h"
#include "runtime/engine/block.h"
#include "runtime/engine/formulas.h"
#include "runtime/engine/lacks.h"
#include "runtime/engine/match.h"
#include "runtime/explain/findings.h"
#include "runtime/explain/judge.h"

namespace huiyu::engine {

class Matcher : private explain::KnownValues {
 public:
  Matcher(BoundPlan const& bound, columns::Batch const& batch, plan::Ref<plan::Relation> subject,
          FunctionTable const* native, genes::Kernels const& kernels, Listing list);

  // Goes to the rows from `begin`; or to chosen ones, which rise and must stay where they are.
  void start(std::int64_t begin, std::int64_t rows);
  void select(std::span<std::uint32_t const> rows);
  // The policies on these rows.
  void run(std::span<std::uint32_t const> policies);
  // What follows for a policy from rows that fit it but for some conditions, which are asked first: from all where
  // `among` is null, else from those of its words.
  void conclude(std::uint32_t policy, std::span<plan::Ref<plan::Condition> const> conditions,
                std::uint64_t const* among = nullptr);

  Block& block() { return block_; }

  std::vector<PolicyCounts> const& counts() const { return counts_; }
  // How long explanations took so far.
  std::chrono::nanoseconds explaining() const { return explaining_; }
  // All that was listed so far; asked for once.
  OutcomeCollector take_listed() { return std::move(listed_); }

 private:
  // Bitmaps of one policy on the block.
  enum class Part : std::uint8_t { Applies, Holds, Met, Due, Rows, Count };
  PlaneTarget planes(Part part) {
    return planes_at(planes_.data() + static_cast<std::int64_t>(part) * plane_count * block_.words(), block_.words());
  }

  void make_room();
  void run_policy(std::uint32_t position);
  // Counts rows whose outcome the bitmap alone decides.
  void settle(Outcome outcome, std::uint64_t const* rows);
  // What is known of undecided rows: 对象 holds, and 条件 by itself holds of `met` (null: of none).
  struct Known {
    bool applies = false;
    std::uint64_t const* met = nullptr;
  };
  // Those of the rows where 对象, or 条件, is undecided.
  void settle_undecided(Planes const& planes, std::uint64_t const* among, Known known);
  // Lists rows that lack a fact; false where the bitmaps do not tell which.
  bool list_lacking(std::uint64_t const* rows, WaitsIn in);
  // The place of a set of the policy's names that rows lack.
  std::uint32_t place_of_lacks(std::uint64_t lacks);
  // Asks the explanation. Gives what it listed.
  void judge_rows(std::uint64_t const* rows, Known known);
  std::optional<OutcomeRow> judge_row(std::int64_t row, explain::Decided decided);
  void conclude(std::uint64_t const* rows);
  void pay(std::vector<std::int64_t> const& rows);
  // An eligible row without a sum, figure or class.
  void settle_without_value(std::int64_t row, std::uint8_t stands, Outcome where_missing);
  // Whether the row, whose sum or class is missing, has been listed by what it lacks, or as others of the policy were.
  bool list_without_value(std::int64_t row, Outcome outcome);
  bool list_as_others(std::int64_t row);
  void state_values(std::vector<std::int64_t> const& rows);
  // The class or figure of the policy on the block: no column where it is fixed.
  struct Figure {
    ColumnView value, denominator;
    std::uint8_t fixed = state::known;  // how all rows stand, where there is no column
    std::uint8_t stands(std::int64_t row) const {
      if (value.states == nullptr) return fixed;
      return denominator.states == nullptr ? value.states[row]
                                           : static_cast<std::uint8_t>(value.states[row] | denominator.states[row]);
    }
  };
  Figure figure();
  bool is_ratio(plan::Ref<plan::Column> column) const;
  // The class or figure as results state it, as OutcomeRow has it.
  std::uint32_t place_of_figure(std::int64_t stored);
  std::string value_text(std::int64_t stored);
  OutcomeRow row_of(std::int64_t row, Outcome outcome) const;
  bool watches(Outcome outcome) const;
  // A pair that is listed, with the alerts that belong to it.
  void list(OutcomeRow row);
  void list(OutcomeRow row, OutcomeBesides besides);
  void test_alerts();
  std::vector<AlertColour> alerts(std::int64_t row);
  explain::Record record(std::int64_t row) const;
  std::optional<std::int64_t> stored(plan::Ref<plan::Column> column, std::int64_t row) const override;

  BoundPlan const& bound_;
  plan::Plan const& plan_;
  columns::Batch const& batch_;
  Listing list_;
  Block block_;
  Formulas formulas_;
  std::vector<PolicyCounts> counts_;
  std::vector<std::uint64_t> planes_;
  std::vector<std::int64_t> selected_;
  std::vector<std::unordered_map<std::int64_t, std::uint32_t>> figures_;  // by policy and stored value: its place
  struct LastFigure {
    std::uint32_t policy = 0;
    std::int64_t stored = 0;
    std::uint32_t place = 0;  // 0: none yet
  } figure_;
  std::vector<std::uint64_t> alert_planes_;  // of each row of the policy's alerts
  bool alerts_tested_ = false;               // for this policy on this block
  // Records that lack the one fact that a policy's sum hangs on are listed alike.
  struct Pending {
    bool looked_for = false;
    columns::Column const* fact = nullptr;  // null: there is no such fact
    std::optional<OutcomeRow> listed;
  };
  std::vector<Pending> pending_;  // by policy
  OutcomeCollector listed_;
  explain::Labeller labeller_;
  Lacks lacks_;
  std::chrono::nanoseconds explaining_{};
  plan::Policy const* policy_ = nullptr;
  std::uint32_t position_ = 0;
};

}  // namespace huiyu::engine
