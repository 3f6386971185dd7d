#pragma once

// How the eligible alone are found: what each policy demands, split into literals that a sweep over all policies tests
// a block at a time, most selective first, and what only the few rows that are left are asked.
//
// Only "certainly true" counts, so negation stands at literals alone and a literal's one bitmap says where it certainly
// holds: what is missing or in error is on the false side of either sign, at no cost.

#include <cstdint>
#include <vector>

#include "runtime/engine/bind.h"
#include "runtime/engine/fact_tests.h"
#include "runtime/genes/sweep.h"

namespace huiyu::engine {

struct EligiblePlan {
  struct Literal {
    plan::Ref<plan::Atom> atom;
    bool negated = false;
  };
  // Of a policy, after the sweep's literals. Both are conjunctions.
  struct Rest {
    std::uint32_t groups_begin = 0, groups_end = 0;          // in `groups`: on the bitmaps
    std::uint32_t conditions_begin = 0, conditions_end = 0;  // in `conditions`: on the rows that are left
  };
  // A member of a group: literal × 4, or And, Or, followed by the place after its members.
  enum class Group : std::uint32_t { Literal, And, Or };

  std::vector<Literal> literals;
  std::vector<genes::SweepNode> nodes;
  std::vector<std::uint32_t> node_literals;
  std::vector<Rest> rests;  // by policy
  std::vector<std::uint32_t> groups;
  std::vector<plan::Ref<plan::Condition>> conditions;
  std::vector<std::uint32_t> others;  // policies that may be left to the explanation: not swept
  // Where in the batch the column stands that keeps most policies apart (the place of 辖区); −1: there is none.
  std::int32_t partition = -1;
};

// For the policies about the subject that are in force. Which test comes first is estimated on rows of the batch: it
// changes nothing but the time.
EligiblePlan make_eligible_plan(BoundPlan const& bound, AtomTests const& tests, plan::Ref<plan::Relation> subject,
                                columns::Batch const& batch);

// By column and by atom: whether some record may leave it to the explanation.
std::vector<bool> atoms_that_may_ask(BoundPlan const& bound);

// The nodes of a sweep over policies, each a sequence of literals.
struct Demand {
  std::uint32_t policy = 0;
  std::vector<std::uint32_t> literals;
};
struct SweepTree {
  std::vector<genes::SweepNode> nodes;
  std::vector<std::uint32_t> literals;
};
SweepTree make_sweep_tree(std::vector<Demand> demands);

}  // namespace huiyu::engine
