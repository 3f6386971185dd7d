#pragma once

// A policy's condition with the source's tree beside each of its tests. Private to the engine.

#include <optional>
#include <vector>

#include "runtime/plan/plan.h"

namespace huiyu::engine {

struct TestTree {
  plan::Ref<plan::Condition> condition;  // the same, as bitmaps answer it
  plan::Ref<plan::Explain> test;         // of a single test; none: it is made of `members`
  std::vector<TestTree> members;
  bool negated = false;  // the source wants the test not to hold; the condition's sign is its atom's
};

// A condition is its explanation's tree with negation pushed down to the tests, 且 within 且 and 或 within 或 joined
// and constants left out; so the tests of both stand in one order. None: these two are not so (what always holds, or a
// plan that was made in another way).
std::optional<TestTree> test_tree(plan::Plan const& plan, plan::Ref<plan::Explain> tree,
                                  plan::Ref<plan::Condition> condition);

}  // namespace huiyu::engine
