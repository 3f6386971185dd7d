#pragma once

// Conditions with the children of each group in the order that decides soonest, for the references that evaluate one
// policy at a time.

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "tests/bench/province/reference/workload.h"

namespace huiyu::reference {

// How often the node is true, reckoned from how often its atoms are.
inline double share_of(Workload const& workload, std::vector<double> const& atoms, int at) {
  auto const word = workload.program[at];
  if (is_atom(word)) return atoms[atom_of(word)];
  double all = 1;
  for (int child = at + 2; child < workload.program[at + 1]; child = workload.after(child)) {
    auto const share = share_of(workload, atoms, child);
    all *= is_and(word) ? share : 1 - share;
  }
  return is_and(word) ? all : 1 - all;
}

struct Ordered {
  std::vector<std::int32_t> program;
  std::vector<std::uint32_t> begins;  // of each policy

  int after(int at) const { return is_atom(program[at]) ? at + 1 : program[at + 1]; }
};

// `cost` of the node at a place of the program, in shares: a child that costs 0.1 more must decide 10 % more often.
template <class Cost> class Orderer {
 public:
  Orderer(Workload const& workload, std::vector<double> const& shares, Cost cost)
      : workload_(workload), shares_(shares), cost_(cost) {
    for (auto const& policy : workload.policies) {
      ordered.begins.push_back(static_cast<std::uint32_t>(ordered.program.size()));
      add(policy.begin);
    }
  }
  Ordered ordered;

 private:
  void add(int at) {
    auto const word = workload_.program[at];
    if (is_atom(word)) return ordered.program.push_back(word);
    std::vector<std::pair<double, int>> children;
    for (int child = at + 2; child < workload_.program[at + 1]; child = workload_.after(child)) {
      auto const share = share_of(workload_, shares_, child);
      children.emplace_back((is_and(word) ? share : 1 - share) + cost_(child), child);
    }
    std::stable_sort(children.begin(), children.end(), [](auto& a, auto& b) { return a.first < b.first; });
    auto const head = ordered.program.size();
    ordered.program.insert(ordered.program.end(), {word, 0});
    for (auto const& [rank, child] : children) add(child);
    ordered.program[head + 1] = static_cast<std::int32_t>(ordered.program.size());
  }

  Workload const& workload_;
  std::vector<double> const& shares_;
  Cost cost_;
};

}  // namespace huiyu::reference
