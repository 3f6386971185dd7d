#pragma once

// What is decided between pairs after matching: 遴选, 组合, 预算. Matches come in batch by batch; of a pair that no
// settlement looks at nothing is kept here.
//
// INVARIANT (independence): the result depends neither on how records are cut into batches nor on the order of files,
// policies or records. Where keys are told twice or are lacking, equal ones count in the order in which they came.

#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"
#include "runtime/explain/places.h"
#include "runtime/explain/value.h"
#include "runtime/plan/plan.h"
#include "runtime/settle/rules.h"

namespace huiyu::settle {

// One settlement of the plan, its members found.
struct Rule {
  plan::Settle const* row = nullptr;
  std::vector<std::uint32_t> policies;  // by place
  std::vector<std::int64_t> most;
};

// What is the same for every population: made once a run. The plan must outlive it.
class Rules {
 public:
  // `record_alone`: only what is decided before any other record would have to be seen.
  Rules(plan::Plan const& plan, plan::Ref<plan::Relation> subject, bool record_alone = false);
  bool idle() const { return rules_.empty(); }
  // Whether some settlement looks at this policy's pairs.
  bool looks_at(std::uint32_t policy) const { return !of_policy_[policy].empty(); }
  // Whether something is decided between records; else each batch can be settled by itself.
  bool across_records() const;
  plan::Plan const& plan() const { return plan_; }
  std::vector<Rule> const& all() const { return rules_; }
  std::vector<std::uint32_t> const& of_policy(std::uint32_t policy) const { return of_policy_[policy]; }

 private:
  plan::Plan const& plan_;
  std::vector<Rule> rules_;  // in the order in which they settle
  std::vector<std::vector<std::uint32_t>> of_policy_;
};

class Population {
 public:
  explicit Population(Rules const& rules) : rules_(rules), plan_(rules.plan()) {}

  // Takes the pairs of a batch, whose rows are those of the batch, with the keys of all of its records.
  void add(columns::Batch const& batch, std::span<std::string const> keys, explain::Places const& places,
           RunInputs const& inputs, std::vector<PairOutcome> pairs);
  // The pairs as they are settled, in the order in which they came; rows count on over the batches.
  std::vector<PairOutcome> finish();
  std::vector<PairOutcome> const& pairs() const { return pairs_; }
  std::vector<PoolReport> const& reports() const { return reports_; }
  std::vector<std::string> const& keys() const { return keys_; }

 private:
  // What a rule asks of a pair. Facts: those that are missing, or nothing for an error.
  struct Asked {
    std::uint32_t unit = 0;
    bool has_unit = true;
    explain::Value by, tie, paid;
    std::vector<std::string> unit_facts, by_facts, tie_facts, paid_facts;
  };
  struct Entry {
    Seat seat;
    std::uint32_t unit = 0;
    std::int32_t year = 0;
  };
  struct Limit {
    bool known = false;
    std::int64_t fen = 0;
    explain::Value value;
    std::vector<std::string> facts;
  };

  // settlement.cpp
  void ask(explain::Places const& places, columns::Batch const& batch, PairOutcome const& pair, std::uint32_t at);
  std::int32_t application_year() const;
  Limit limit_of(plan::Ref<plan::Explain> tree) const;
  static std::int64_t fen_of(explain::Value const& yuan);
  void rank_keys();
  Standing standing_of(PairOutcome const& pair) const;
  std::vector<Entry> entries_of(std::uint32_t rule);
  void settle(std::uint32_t rule);
  // `paid`: what the unit was paid before; absent where that is not known.
  Ruling ruling_of(plan::Settle const& row, std::span<Seat const> seats, std::int64_t limit, std::int64_t paid) const;
  // selection.cpp, budget.cpp
  void select(std::uint32_t rule);
  void budget(std::uint32_t rule, std::span<Entry const> entries, std::int64_t pool, std::optional<std::int64_t> each,
              std::string const& name);
  Asked const& asked(std::uint32_t rule, std::uint32_t pair) const { return asked_[rule].at(pair); }
  std::vector<std::int64_t> orders_of(plan::Ref<plan::Explain> tree, bool descending,
                                      std::vector<explain::Value const*> const& values) const;
  // change.cpp
  void apply(plan::Settle const& row, std::span<Seat const> seats, Ruling const& ruling);
  void cut(std::uint32_t pair, plan::Settle const& row, std::int64_t to, std::string winner, SettledHow how);
  void leave_open(std::uint32_t pair, plan::Settle const& row, std::vector<std::string> needs, std::int64_t most);
  void refuse(std::uint32_t pair, plan::Settle const& row, std::string winner);
  void doubt(std::uint32_t pair, plan::Settle const& row, std::vector<std::string> needs);
  void wait_for(Seat const& seat, plan::Settle const& row, std::vector<std::string> const& facts);
  std::vector<std::string> needs_of(std::uint32_t pair, std::span<Seat const> seats,
                                    std::span<std::uint32_t const> blockers) const;
  std::vector<std::string> facts_of(std::uint32_t pair) const;
  std::string winner_name(std::uint32_t winner, std::uint32_t loser) const;
  std::string name_of(plan::Settle const& row) const { return std::string(plan_.text(row.name)); }
  void share_out(PairOutcome& pair) const;

  Rules const& rules_;
  plan::Plan const& plan_;
  RunInputs inputs_;
  std::vector<PairOutcome> pairs_;
  std::vector<std::string> keys_;                                // by record
  std::vector<std::uint32_t> key_ranks_;                         // by record: its place among the keys
  std::vector<std::vector<std::uint32_t>> of_policy_;            // pairs that some rule looks at, by policy
  std::vector<std::int32_t> years_;                              // by pair; only where a rule goes by years
  std::vector<std::int64_t> bounds_;                             // by pair: what settlements before leave it at most
  std::vector<std::unordered_map<std::uint32_t, Asked>> asked_;  // by rule, then pair
  std::unordered_map<std::string, std::uint32_t> units_;
  std::vector<PoolReport> reports_;
};

}  // namespace huiyu::settle
