#pragma once

// How the eligible alone are found: what each policy demands, split into literals that a sweep over all policies tests
// a block at a time, most selective first, and what only the few rows that are left are asked.
//
// Only "certainly true" counts, so negation stands at literals alone and a literal's one bitmap says where it certainly
// holds: what is missing or in error is on the false side of either sign, at no cost.

#include <cstdint>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/engine/atom_tests.h"
#include "runtime/engine/bind.h"
#include "runtime/genes/sweep.h"

namespace huiyu::engine {

struct EligiblePlan {
  struct alignas(genes::line_bytes) Literal {
    AtomTests::Test test;        // as the atom's; where there is none, `place` is a list's and `of` in `tag_unions`
    plan::Ref<plan::Atom> atom;  // none: a list holds one of several tags
    bool negated = false;
  };
  // Which literals of the last sort hold where a list has a tag: of each tag
  // that some policy names. All of a list are made at once, from the few tags
  // that occur in a block.
  struct TagUnions {
    std::vector<std::uint32_t> all;       // literals
    std::vector<std::uint32_t> starts;    // by tag, and the end: in `literals`
    std::vector<std::uint32_t> literals;  // of each tag rising
  };
  // Of a policy, asked of the rows that are left: a conjunction.
  struct Conditions {
    std::uint32_t begin = 0, end = 0;  // in `conditions`
  };

  // For near misses: what a policy tests, and which of NearMembers::tests that is.
  struct Test {
    enum class Kind : std::uint8_t { Literal, Group, Condition };
    Kind kind{};
    bool may_fail = false;
    std::uint32_t member = 0;
    std::uint32_t of = 0;  // the literal; in `groups`; the plan's condition
  };
  struct Tests {
    std::uint32_t begin = 0, end = 0;  // in `tests`
    bool asks_rows = false;            // some are conditions
  };

  std::vector<Literal> literals;
  std::vector<TagUnions> tag_unions;
  std::vector<genes::SweepNode> nodes;
  std::vector<std::uint32_t> node_literals;
  std::vector<std::uint32_t> groups;
  std::vector<Conditions> conditions_of;  // by policy
  std::vector<plan::Ref<plan::Condition>> conditions;
  std::vector<Test> tests;
  std::vector<Tests> tests_of;        // by policy
  std::vector<std::uint32_t> others;  // policies that may be left to the explanation: not swept
  // Where in the batch the column stands that keeps most policies apart (the place of 辖区); −1: there is none.
  std::int32_t partition = -1;
};

// For the policies about the subject that are in force, or those of them that are chosen (by policy; empty: all). Which
// test comes first is estimated on rows of the batch: it changes nothing but the time.
EligiblePlan make_eligible_plan(BoundPlan const& bound, plan::Ref<plan::Relation> subject, columns::Batch const& batch,
                                std::vector<bool> const& chosen = {});

// The same for near misses: nodes and groups are written as genes/near.h reads them, and `tests` instead of
// `conditions`.
EligiblePlan make_near_plan(BoundPlan const& bound, plan::Ref<plan::Relation> subject, columns::Batch const& batch);

// Numbers the literals anew, as a walk through the nodes first meets them: what it reads of them lies side by side.
// `near`: nodes are written as genes/near.h reads them.
void order_literals(EligiblePlan& plan, bool near);

// The members of nested 且, after those that are in `out`; false where one of them never holds.
bool flatten(plan::Plan const& plan, plan::Ref<plan::Condition> condition,
             std::vector<plan::Ref<plan::Condition>>& out);

// By atom: whether some record may leave it to the explanation.
std::vector<bool> atoms_that_may_ask(BoundPlan const& bound);

// Whether the condition reads one of these atoms.
bool reads_any(plan::Plan const& plan, plan::Ref<plan::Condition> condition, std::vector<bool> const& atoms);

// The nodes of a sweep over policies, each a sequence of literals and then
// groups.
struct Demand {
  std::uint32_t policy = 0;
  std::vector<std::uint32_t> literals;
  std::uint32_t groups = 0, groups_end = 0;
};
struct SweepTree {
  std::vector<genes::SweepNode> nodes;
  std::vector<std::uint32_t> literals;
};
SweepTree make_sweep_tree(std::vector<Demand> demands);

}  // namespace huiyu::engine
