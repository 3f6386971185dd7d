#pragma once

// What is decided between pairs after matching: 遴选, 组合, 预算. Matches come in batch by batch; of a batch nothing is
// kept but its listed pairs as numbers and the keys of its records.
//
// Of a listed pair 32 bytes are kept (OutcomeRow). One that a rule looks at is an award: 20 bytes more (24 where years
// count), for each rule of its policy 8 for its place in order, 4 for its unit and 8 for what was paid before, each
// only where the rule asks for it, and 32 for each step that changes it. Texts and lists of facts are kept once each;
// parts, shares and alerts as the pair brought them. Nothing hangs on how many columns records have.
//
// INVARIANT (independence): the result depends neither on how records are cut into batches nor on the order of files,
// policies or records. Where keys are told twice or are lacking, equal ones count in the order in which they came.

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/columns/outcome_table.h"
#include "runtime/explain/places.h"
#include "runtime/plan/plan.h"
#include "runtime/settle/asked.h"
#include "runtime/settle/rules.h"

namespace huiyu::settle {

// One settlement of the plan, its members found.
struct Rule {
  plan::Settle const* row = nullptr;
  std::vector<std::uint32_t> policies;             // by place
  std::vector<plan::SettleMember const*> members;  // likewise
  // Members are about several 结构: then a record that is a unit itself stands beside those that name its key.
  bool several = false;
  // Some member says to whom its records belong, or all stand beside others by their keys.
  bool joined = false;
  std::vector<std::string> lacks;  // 结构 of members whose records do not come, so that nobody can tell
};

// A policy's place in a rule.
struct Membership {
  std::uint32_t rule = 0, place = 0;
};

// What is the same for every population: made once a run. The plan must outlive it.
class Rules {
 public:
  // `subjects`: of which all records come. `record_alone`: only what is decided before any other record would have to
  // be seen.
  Rules(plan::Plan const& plan, std::span<plan::Ref<plan::Relation> const> subjects, bool record_alone = false);
  Rules(plan::Plan const& plan, plan::Ref<plan::Relation> subject, bool record_alone = false)
      : Rules(plan, std::span(&subject, 1), record_alone) {}
  bool idle() const { return rules_.empty(); }
  // Whether some settlement looks at this policy's pairs.
  bool looks_at(std::uint32_t policy) const { return !of_policy_[policy].empty(); }
  // Whether something is decided between records; else each batch can be settled by itself.
  bool across_records() const;
  bool by_years() const;
  // Whether records of several 结构 stand beside each other.
  bool joins_several() const;
  plan::Plan const& plan() const { return *plan_; }
  std::vector<Rule> const& all() const { return rules_; }
  std::vector<Membership> const& of_policy(std::uint32_t policy) const { return of_policy_[policy]; }

 private:
  plan::Plan const* plan_;
  std::vector<Rule> rules_;  // in the order in which they settle
  std::vector<std::vector<Membership>> of_policy_;
};

class Population {
 public:
  explicit Population(Rules const& rules);

  // Takes the listed pairs of a batch, whose rows are those of the batch, with the keys of all of its records. `names`:
  // by what records of another 结构 know them; none: by their keys.
  void add(columns::Batch const& batch, std::span<std::string const> keys, explain::Places const& places,
           RunInputs const& inputs, OutcomeTable listed);
  void add(columns::Batch const& batch, std::span<std::string const> keys, explain::Places const& places,
           RunInputs const& inputs, std::vector<PairOutcome> pairs, std::span<std::string const> names = {});

  // Once, after all were added.
  void settle();
  // All pairs as they came, or as they are settled; rows count on over the batches.
  std::vector<OutcomeRow> const& rows() const { return rows_; }
  // Once, after all were settled: which of them are to be taken. Without `all` only those that are eligible.
  void list(bool all);
  // The next so many of them with what was done to them, by policy, then row; none: all were taken. Words are made for
  // these alone, so that they take no more room than so many rows.
  OutcomeTable take(std::size_t most_rows);
  // Settles, and gives all pairs in the order in which they came.
  std::vector<PairOutcome> finish();
  std::vector<PoolReport> const& reports() const { return reports_; }
  std::vector<std::string> const& keys() const { return keys_; }  // by record

 private:
  // What a rule asks of the awards of one of its policies, in their order.
  struct Asked {
    Units unit;
    Answers by, tie, paid;
  };
  struct Entry {
    Seat seat;
    std::uint32_t unit = 0;
    std::int32_t year = 0;
    std::uint32_t place = 0, at = 0;  // of its policy in the rule, and among the awards of the policy
  };
  struct Limit {
    bool known = false;
    std::int64_t fen = 0;
    BigRational number;
    std::vector<std::string> facts;
  };
  // What a rule did to an award, and the step before it.
  struct Step {
    std::int64_t before_fen = 0, after_fen = 0;
    std::uint32_t rule = 0;
    std::uint32_t winner = none;  // an award; of a Drawn one the stage
    std::uint32_t before = none;
    SettledHow how{};
    bool has_before = false, has_after = false;
  };
  static_assert(sizeof(Step) == 32);

  // settlement.cpp
  void take_in(std::size_t first_row, std::int64_t first_record, Asker& asker, std::span<std::string const> names);
  void ask(Asker& asker, std::uint32_t policy, std::int64_t row, std::string const& name);
  std::int32_t application_year() const;
  Limit limit_of(plan::Ref<plan::Explain> tree) const;
  void rank_keys();
  Standing standing_of(OutcomeRow const& row) const;
  OutcomeRow& row_of(std::uint32_t award) { return rows_[awards_[award]]; }
  OutcomeRow const& row_of(std::uint32_t award) const { return rows_[awards_[award]]; }
  std::vector<Entry> entries_of(std::uint32_t rule);
  void settle(std::uint32_t rule);
  void settle_unit(std::uint32_t rule, std::span<Entry const> entries, std::int64_t limit);
  Asked const& asked(std::uint32_t rule, Entry const& entry) const { return asked_[rule][entry.place]; }
  // pools.cpp
  void select(std::uint32_t rule);
  void budget(std::uint32_t rule, std::span<Entry const> entries, std::int64_t pool, std::optional<std::int64_t> each,
              std::string const& name);
  std::vector<std::uint32_t> holders_of(std::uint32_t rule, std::span<Entry const> entries, std::uint32_t& count);
  void rank_holders();
  struct Figure {
    Answers const* answers = nullptr;
    std::uint32_t at = 0;
  };
  std::vector<std::int64_t> orders_of(plan::Ref<plan::Explain> tree, bool descending,
                                      std::span<Figure const> figures) const;
  // allot.cpp
  enum class Counts : std::uint8_t;
  void allot(std::uint32_t rule, std::span<Entry const> entries, std::int64_t pool, std::optional<std::int64_t> each,
             std::string const& name);
  Counts counts_as(std::uint32_t rule, Entry const& entry) const;
  std::vector<std::uint32_t> needs_of_weights(std::uint32_t rule, std::span<Entry const> entries,
                                              std::vector<Counts> const& counts,
                                              std::span<std::uint32_t const> boundless);
  std::vector<std::int64_t> shares_by_weight(std::uint32_t rule, std::span<Entry const> entries, std::int64_t pool,
                                             std::optional<std::int64_t> each);
  // stages.cpp
  void draw(std::uint32_t rule, std::span<Entry const> entries, std::vector<bool> const& certain,
            std::vector<std::int64_t> shares, PoolReport const& whole);
  // change.cpp
  void apply(std::uint32_t rule, std::span<Seat const> seats, Ruling const& ruling);
  void note(std::uint32_t award, std::uint32_t rule, SettledHow how, std::optional<std::int64_t> after,
            std::uint32_t winner = none);
  void cut(std::uint32_t award, std::uint32_t rule, std::int64_t to, std::uint32_t winner, SettledHow how);
  void leave_open(std::uint32_t award, std::uint32_t rule, std::vector<std::string> const& needs, std::int64_t most);
  void leave_open(std::uint32_t award, std::uint32_t rule, std::uint32_t needs, std::int64_t most);
  void refuse(std::uint32_t award, std::uint32_t rule, std::uint32_t winner);
  void doubt(std::uint32_t award, std::uint32_t rule, std::vector<std::string> const& needs);
  void give(std::uint32_t award, std::uint32_t rule, std::int64_t fen);
  void fail(std::uint32_t award, std::uint32_t rule);
  void wait_for(Seat const& seat, std::uint32_t rule, std::vector<std::string> const& facts);
  // The facts at a place of `needs_`; where there are none, the rule itself is named.
  std::vector<std::string> facts_at(std::uint32_t place, std::uint32_t rule) const;
  std::vector<std::string> needs_of(std::uint32_t award, std::span<Seat const> seats,
                                    std::span<std::uint32_t const> blockers) const;
  std::vector<std::string> facts_of(std::uint32_t award) const;
  plan::Settle const& settle_of(std::uint32_t rule) const { return *rules_.all()[rule].row; }
  std::string name_of(std::uint32_t rule) const { return std::string(plan_.text(settle_of(rule).name)); }
  // words.cpp
  OutcomeBesides besides_of(std::size_t row);
  std::string winner_name(std::uint32_t winner, std::uint32_t loser) const;
  std::vector<std::int64_t> weights_of(std::uint32_t policy) const;
  std::vector<PartAmount> shares_of(OutcomeRow const& row);

  Rules const& rules_;
  plan::Plan const& plan_;
  RunInputs inputs_;
  std::vector<OutcomeRow> rows_;  // places are those of the lists below
  Interned<std::string> values_;
  FactLists needs_;
  std::vector<OutcomeBesides> besides_ = std::vector<OutcomeBesides>(1);
  std::vector<std::string> keys_;            // by record
  std::vector<std::uint32_t> key_ranks_;     // by record: its place among the keys
  std::vector<std::uint32_t> holder_ranks_;  // by record, equal for equal keys; made where a pool asks for it
  std::vector<std::uint32_t> unit_ranks_;    // by unit: its place among their names; as above
  std::vector<std::uint32_t> awards_;        // the row of each
  std::vector<std::int64_t> bounds_;         // by award: what settlements before leave it at most
  std::vector<std::int32_t> years_;          // by award; only where some rule goes by years
  std::vector<std::uint32_t> last_steps_;    // by award
  std::vector<Step> steps_;
  std::vector<std::vector<std::uint32_t>> of_policy_;  // awards
  std::vector<std::vector<Asked>> asked_;              // by rule, then place of the policy
  std::unordered_map<std::string, std::uint32_t> units_;
  std::vector<PoolReport> reports_;
  std::vector<std::uint32_t> listed_;                              // rows in the order in which they are taken
  std::size_t taken_ = 0;                                          // of them
  std::vector<std::optional<std::vector<std::int64_t>>> weights_;  // of 分担, by policy; asked for once
  std::vector<Seat> seats_;  // of the unit that is settled; these two keep their room
  Ruling ruling_;
};

}  // namespace huiyu::settle
