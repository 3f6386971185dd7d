#include "compiler/lower/code.h"

namespace huiyu::lower {

using plan::Op;

NodeId Code::push(Node node) {
  nodes_.push_back(std::move(node));
  return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId Code::input(plan::Ref<plan::Column> column, std::uint8_t width, bool truth) {
  auto const [found, fresh] = inputs_.try_emplace({column.index, plan::none}, static_cast<NodeId>(nodes_.size()));
  if (fresh) push({Op::Input, {}, width, truth, 0, {column, plan::none}, {}});
  return found->second;
}

NodeId Code::part(std::uint32_t place) {
  auto const [found, fresh] = inputs_.try_emplace({plan::none, place}, static_cast<NodeId>(nodes_.size()));
  if (fresh) push({Op::Input, {}, 1, false, 0, {{}, place}, {}});
  return found->second;
}

NodeId Code::constant(plan::Ref<plan::Constant> constant, std::uint8_t width, bool truth) {
  return push({Op::Constant, {}, width, truth, 0, {}, constant});
}

NodeId Code::in_class(NodeId operand, plan::Ref<plan::Constant> set) {
  return push({Op::InClass, {operand}, 1, true, 0, {}, set});
}

NodeId Code::add(Op op, std::vector<NodeId> operands, std::uint8_t width, bool truth, std::int64_t immediate) {
  auto const [found, fresh] =
      known_.try_emplace({op, operands, width, truth, immediate}, static_cast<NodeId>(nodes_.size()));
  if (fresh) push({op, std::move(operands), width, truth, immediate, {}, {}});
  return found->second;
}

std::optional<plan::Ref<plan::Column>> Code::input_of(NodeId node) const {
  if (nodes_[node].op != Op::Input || !nodes_[node].input.column.has_value()) return std::nullopt;
  return nodes_[node].input.column;
}

std::optional<plan::Ref<plan::Constant>> Code::constant_of(NodeId node) const {
  if (nodes_[node].op != Op::Constant) return std::nullopt;
  return nodes_[node].constant;
}

std::vector<NodeId> Code::factors_of(NodeId node) const {
  return nodes_[node].op == Op::Multiply ? nodes_[node].operands : std::vector<NodeId>{};
}

bool Code::is_constant(NodeId node) const {
  if (nodes_[node].op == Op::Input) return false;
  for (auto operand : nodes_[node].operands)
    if (!is_constant(operand)) return false;
  return true;
}

plan::Ref<plan::Use> Code::finish(Tables& tables, plan::Ref<plan::Relation> relation, NodeId result) const {
  std::vector<bool> needed(nodes_.size(), false);
  needed[result] = true;
  for (NodeId i = result + 1; i-- > 0;)
    if (needed[i])
      for (auto operand : nodes_[i].operands) needed[operand] = true;

  ShapeCode code;
  std::vector<plan::UseInput> inputs;
  std::vector<plan::UseConstant> constants;
  std::vector<NodeId> place(nodes_.size(), plan::none);
  for (NodeId i = 0; i <= result; ++i) {
    if (!needed[i]) continue;
    auto const& node = nodes_[i];
    plan::Node row;
    row.op = node.op;
    row.width = node.width;
    row.truth = node.truth ? 1 : 0;
    row.operand_count = static_cast<std::uint32_t>(node.operands.size());
    row.immediate = node.immediate;
    if (node.op == Op::Input) row.immediate = code.input_count++, inputs.push_back(node.input);
    if (node.op == Op::Constant || node.op == Op::InClass)
      row.immediate = code.constant_count++, constants.push_back({node.constant});
    for (auto operand : node.operands) code.operands.push_back(place[operand]);
    place[i] = static_cast<NodeId>(code.nodes.size());
    code.nodes.push_back(row);
  }
  plan::Use use;
  use.shape = tables.shape(code);
  if (!inputs.empty()) use.relation = relation;
  return tables.use(use, inputs, constants);
}

}  // namespace huiyu::lower
