#pragma once

// What undecided rows lack, policy by policy and test by test: the bitmaps say which tests keep a row open, so that
// only those are asked what they wait for.

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/engine/block.h"
#include "runtime/engine/test_tree.h"
#include "runtime/explain/judge.h"

namespace huiyu::engine {

// Where a policy waits: in 对象, or where that holds in 条件 and 当.
enum class WaitsIn : std::uint8_t { Applies, Condition };

class Lacks {
 public:
  // All arguments must outlive it.
  Lacks(BoundPlan const& bound, columns::Batch const& batch, Block& block, explain::Labeller& labeller)
      : bound_(bound), plan_(*bound.plan), batch_(batch), block_(block), labeller_(labeller) {
    policies_.resize(plan_.policies.size());
  }

  // Finds what rows of the block lack that the bitmaps call unknown. False: they do not tell of this policy what a row
  // lacks, and the whole explanation must be asked.
  bool find(std::uint32_t policy, WaitsIn in, std::uint64_t const* rows);
  // What an eligible row lacks whose sum, figure or class is missing, as a set of the policy's names; none: the
  // explanation must be asked.
  std::optional<std::uint64_t> value(std::uint32_t policy, std::int64_t row);
  // What a row lacks, of those asked for last: a set of the policy's names.
  std::uint64_t of(std::int64_t row) const { return found_[static_cast<std::size_t>(row)]; }
  // The names of a set as `needs` has them.
  std::vector<std::string> names(std::uint32_t policy, std::uint64_t set) const;
  // What `make` gives for those names, made once for each set; 0 for no names.
  template <class Make> std::uint32_t place(std::uint32_t policy, std::uint64_t set, Make make) {
    auto const [found, fresh] = policies_[policy]->places.try_emplace(set);
    if (fresh && set != 0) found->second = make(names(policy, set));
    return found->second;
  }

 private:
  // A fact as it stands in the batch.
  struct Fact {
    explain::AwaitedFact awaited;
    columns::Column const* data = nullptr;
    std::uint64_t name = 0, series_name = 0;  // one bit each
    bool is_set = false;
  };
  struct Facts {
    bool tell = false;  // else the tree has to be asked of each record
    bool all = false;   // the tree lacks all that are missing
    std::vector<Fact> facts;
  };
  struct Node {
    plan::Ref<plan::Condition> condition;
    plan::Ref<plan::Explain> test;  // none: `members`
    Facts facts;                    // of the test
    std::vector<Node> members;
  };
  struct Policy {
    bool read = false, tells = true, value_read = false;
    std::vector<Node> applies, condition, dues;
    Facts value;
    std::vector<std::string> names;                           // each has a bit
    std::unordered_map<std::uint64_t, std::uint32_t> places;  // of sets of them
  };

  Policy& policy(std::uint32_t position);
  void read(std::uint32_t position);
  // Nothing for a condition that always holds.
  void add_tree(std::uint32_t position, plan::Ref<plan::Explain> tree, plan::Ref<plan::Condition> condition,
                std::vector<Node>& to);
  Node node_of(std::uint32_t position, TestTree const& tree);
  Facts facts_of(std::uint32_t position, std::span<plan::Ref<plan::Explain> const> trees);
  void read_value(std::uint32_t position);
  // The bit of a name; 0, and the policy tells no more, where there are too many.
  std::uint64_t bit(Policy& policy, std::string const& name);

  // The rows of those wanted that a condition leaves unknown.
  std::uint64_t* unknown(plan::Ref<plan::Condition> condition, std::uint64_t const* wanted, std::size_t depth);
  void collect(std::uint32_t position, Node const& node, std::uint64_t const* wanted, std::size_t depth);
  void ask(std::uint32_t position, Node const& node, std::uint64_t const* rows);
  // What a row lacks of what a tree that is unknown hangs on; none: the tree has to be asked.
  std::optional<std::uint64_t> missing(Facts const& facts, std::int64_t batch_row) const;
  std::optional<std::uint64_t> missing(Fact const& fact, std::int64_t batch_row) const;
  std::uint64_t asked(std::uint32_t position, Node const& node, std::int64_t batch_row);

  BoundPlan const& bound_;
  plan::Plan const& plan_;
  columns::Batch const& batch_;
  Block& block_;
  explain::Labeller& labeller_;
  std::vector<std::unique_ptr<Policy>> policies_;  // made when first asked for: few of thousands are
  std::vector<std::uint64_t> found_;               // by row of the block
  std::deque<std::vector<std::uint64_t>> rooms_;   // by depth: planes of a condition, and rows
};

}  // namespace huiyu::engine
