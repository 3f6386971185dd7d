#include "runtime/plan/rows.h"

namespace huiyu::plan {

std::vector<std::uint8_t> constant_widths(Plan const& plan, Shape const& shape) {
  std::vector<std::uint8_t> widths(shape.constant_count, 1);
  for (auto const& node : rows_of(shape.nodes, plan.nodes))
    if (node.op == Op::Constant) widths[static_cast<std::size_t>(node.immediate)] = node.width;
  return widths;
}

std::vector<std::uint32_t> constant_offsets(Plan const& plan, Shape const& shape) {
  std::vector<std::uint32_t> offsets{0};
  for (auto width : constant_widths(plan, shape)) offsets.push_back(offsets.back() + width);
  return offsets;
}

}  // namespace huiyu::plan
