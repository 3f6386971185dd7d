#pragma once

// What a policy demands besides one code of one column each: groups of tests, quotients, tags. Written out, so that a
// record is asked without going through the plan. Private to the portal.

#include <cstdint>
#include <vector>

#include "runtime/engine/bind.h"
#include "runtime/portal/code_test.h"

namespace huiyu::portal {

// A tree in the order in which it is read: a node's members follow it, up to `end`.
struct RestNode {
  enum class Kind : std::uint8_t {
    All,      // all of its members hold
    AtLeast,  // `value` of them do
    Code,     // `test`
    Linear,   // `value`: among the engine's tests of this sort
    Tag,      // the list in column `value` of the batch holds `tag`
    Ask,      // the engine is asked about the atom `value`
  };
  Kind kind{};
  bool negated = false;   // Linear, Tag, Ask: certainly does not
  std::uint32_t end = 0;  // in the list of nodes
  CodeTest test;
  std::uint32_t value = 0;
  std::uint32_t pad = 0;
  std::int64_t tag = 0;
};

// What it costs to ask, least first.
int cost_of(std::vector<RestNode> const& nodes, std::uint32_t begin);

// Appends conditions; `literals`: by atom × 2 + negated, with a slot from `slots` on where it has no code.
class RestWriter {
 public:
  RestWriter(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject, std::vector<CodeTest> const& literals,
             std::size_t slots);
  void write(plan::Ref<plan::Condition> condition, std::vector<RestNode>& nodes) const;

 private:
  RestNode literal(plan::Condition const& condition) const;

  engine::BoundPlan const& bound_;
  engine::AtomTests const& tests_;
  std::vector<CodeTest> const& literals_;
  std::size_t slots_;
};

}  // namespace huiyu::portal
