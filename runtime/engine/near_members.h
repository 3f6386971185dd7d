#pragma once

// What a policy asks, one by one: who lacks one of these and meets all others has a near miss.

#include <vector>

#include "runtime/engine/bind.h"
#include "runtime/engine/test_tree.h"

namespace huiyu::engine {

// 辖区 and 对象 say whom a policy is about, so who does not meet them misses nothing. Of 条件, no 除外 and 当 each
// member of the outermost 且 is one test, be it a single one or a group; that one of several items is due is one.
struct NearMembers {
  std::vector<plan::Ref<plan::Condition>> must, tests;
  bool possible = true;  // false: something in it never holds
};
NearMembers near_members(plan::Plan const& plan, plan::Policy const& policy);

// The tests with the source's trees beside them, in the same order; a policy's several items have none. Empty: the
// source's trees are of another shape.
std::vector<TestTree> near_trees(plan::Plan const& plan, plan::Policy const& policy);

}  // namespace huiyu::engine
