// One program while it is written: nodes that are computed alike stand once, columns and constants are found by node.
#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "compiler/lower/tables.h"
#include "runtime/plan/plan.h"

namespace huiyu::lower {

using NodeId = std::uint32_t;

class Code {
 public:
  NodeId input(plan::Ref<plan::Column> column, std::uint8_t width, bool truth);
  // The amount of a part, in the total of a policy.
  NodeId part(std::uint32_t place);
  // Each call has a slot of its own, so that programs that differ in constants alone have one shape.
  NodeId constant(plan::Ref<plan::Constant> constant, std::uint8_t width, bool truth);
  NodeId in_class(NodeId operand, plan::Ref<plan::Constant> set);
  NodeId add(plan::Op op, std::vector<NodeId> operands, std::uint8_t width, bool truth = false,
             std::int64_t immediate = 0);

  std::uint8_t width(NodeId node) const { return nodes_[node].width; }
  // The column that a node is, if it is nothing but a column.
  std::optional<plan::Ref<plan::Column>> input_of(NodeId node) const;
  // The constant that a node is, if it is nothing but one.
  std::optional<plan::Ref<plan::Constant>> constant_of(NodeId node) const;
  // The factors of a node, if it is a product; else none.
  std::vector<NodeId> factors_of(NodeId node) const;
  // Whether a node hangs on no record.
  bool is_constant(NodeId node) const;

  // The program that computes `result`: only the nodes that it needs, slots numbered in the order they are read.
  plan::Ref<plan::Use> finish(Tables& tables, plan::Ref<plan::Relation> relation, NodeId result) const;

 private:
  struct Node {
    plan::Op op{};
    std::vector<NodeId> operands;
    std::uint8_t width = 1;
    bool truth = false;
    std::int64_t immediate = 0;
    plan::UseInput input;                // Input
    plan::Ref<plan::Constant> constant;  // Constant, InClass
  };
  NodeId push(Node node);

  std::vector<Node> nodes_;
  std::map<std::tuple<plan::Op, std::vector<NodeId>, std::uint8_t, bool, std::int64_t>, NodeId> known_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, NodeId> inputs_;  // by column and part
};

}  // namespace huiyu::lower
