// Sequences of literals as a tree of their common beginnings.

#include <algorithm>

#include "runtime/engine/eligible_plan.h"

namespace huiyu::engine {
namespace {

class Builder {
 public:
  explicit Builder(std::vector<Demand> demands) : demands_(std::move(demands)) {
    std::sort(demands_.begin(), demands_.end(), [](Demand const& a, Demand const& b) {
      return a.literals != b.literals ? a.literals < b.literals : a.policy < b.policy;
    });
  }

  SweepTree build() {
    add(0, demands_.size(), 0, 0);
    return std::move(tree_);
  }

 private:
  // Demands from `begin` on that agree before `from`, as nodes of that depth.
  void add(std::size_t begin, std::size_t end, std::size_t from, std::uint16_t depth) {
    while (begin < end) {
      auto const& first = demands_[begin].literals;
      auto next = begin + 1;
      bool const shares = depth < genes::deepest_node && first.size() > from;
      while (shares && next < end && demands_[next].literals.size() > from &&
             demands_[next].literals[from] == first[from])
        ++next;
      if (next == begin + 1) {
        auto const& demand = demands_[begin];
        auto& node = tree_.nodes[add_node(demand, from, first.size(), depth)];
        node.policy = demand.policy;
        node.groups = demand.groups;
        node.groups_end = demand.groups_end;
      } else {
        // They are sorted, so what the first and the last have in common all have.
        auto const& last = demands_[next - 1].literals;
        auto to = from;
        while (to < first.size() && to < last.size() && first[to] == last[to]) ++to;
        auto const node = add_node(demands_[begin], from, to, depth);
        add(begin, next, to, static_cast<std::uint16_t>(depth + 1));
        tree_.nodes[node].skip = static_cast<std::uint32_t>(tree_.nodes.size());
      }
      begin = next;
    }
  }

  std::size_t add_node(Demand const& demand, std::size_t from, std::size_t to, std::uint16_t depth) {
    genes::SweepNode node;
    node.literals = static_cast<std::uint32_t>(tree_.literals.size());
    node.count = static_cast<std::uint16_t>(to - from);
    node.depth = depth;
    node.skip = static_cast<std::uint32_t>(tree_.nodes.size() + 1);
    tree_.literals.insert(tree_.literals.end(), demand.literals.begin() + static_cast<std::ptrdiff_t>(from),
                          demand.literals.begin() + static_cast<std::ptrdiff_t>(to));
    tree_.nodes.push_back(node);
    return tree_.nodes.size() - 1;
  }

  std::vector<Demand> demands_;
  SweepTree tree_;
};

}  // namespace

SweepTree make_sweep_tree(std::vector<Demand> demands) { return Builder(std::move(demands)).build(); }

}  // namespace huiyu::engine
