#pragma once

// The literals of an eligible plan while it is made: numbered, how often each
// holds, and in the order in which they are tested. Private to the engine.

#include <cstdint>
#include <map>
#include <vector>

#include "runtime/engine/eligible_plan.h"

namespace huiyu::engine {

class EligibleLiterals {
 public:
  EligibleLiterals(BoundPlan const& bound, AtomTests const& tests);

  // The number of a literal, which is the same each time.
  std::uint32_t number(plan::Ref<plan::Atom> atom, bool negated);
  // … of "a list holds one of these": positions in the TagColumn of its place.
  std::uint32_t number(std::uint32_t place, std::vector<std::uint32_t> tags);

  // Estimates on rows of the batch how often each holds; of what must be
  // computed half is assumed.
  void estimate(columns::Batch const& batch);
  double share(std::uint32_t number) const { return share_[number]; }

  // Numbers them by the order in which they are tested: who is where (classes
  // of the column at that place), then the most selective, last what must be
  // computed. Gives the new number of each.
  std::vector<std::uint32_t> sort(std::int32_t partition);

  // Writes them into the plan.
  void write(EligiblePlan& plan) const;

 private:
  struct TagSet {
    std::uint32_t place = 0;
    std::vector<std::uint32_t> tags;
    friend auto operator<=>(TagSet const&, TagSet const&) = default;
  };
  using Literal = EligiblePlan::Literal;
  // By tag column and tag: the literals whose sets hold it, rising.
  std::vector<std::vector<std::vector<std::uint32_t>>> sets_of_tags() const;

  BoundPlan const& bound_;
  AtomTests const& tests_;
  std::vector<Literal> literals_;
  std::vector<TagSet> tag_sets_;        // by literal; empty where it is an atom's
  std::vector<std::uint32_t> of_atom_;  // by atom and sign; genes::no_policy: none yet
  std::map<TagSet, std::uint32_t> of_tags_;
  std::vector<double> share_;
};

}  // namespace huiyu::engine
