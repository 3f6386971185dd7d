#include "tests/bench/province/reference/county_plan.h"

#include <algorithm>
#include <tuple>

#include "tests/bench/province/reference/order.h"

namespace huiyu::reference {

CountyPlan Planner::plan(std::vector<int> const& policies) {
  CountyPlan made;
  number_atoms(policies, made);
  number_tags(made);
  for (int const policy : policies) add_policy(policy, made);
  made.begins.push_back(static_cast<std::uint32_t>(made.words.size()));
  for (int const atom : used_) local_[atom] = -1;
  used_.clear();
  return made;
}

void Planner::number_atoms(std::vector<int> const& policies, CountyPlan& plan) {
  for (int const p : policies) {
    auto const& policy = workload_.policies[p];
    for (int at = policy.begin; at < policy.end;) {
      auto const word = workload_.program[at];
      at += is_atom(word) ? 1 : 2;
      if (!is_atom(word) || atom_of(word) == policy.region_atom || local_[atom_of(word)] >= 0) continue;
      local_[atom_of(word)] = 0;
      used_.push_back(atom_of(word));
    }
  }
  // Those of one column side by side, since they read the same codes.
  auto const order = [&](int number) {
    auto const& atom = coded_.atoms[number];
    return std::make_tuple(atom.shape, atom.column, atom.low, number);
  };
  std::sort(used_.begin(), used_.end(), [&](int a, int b) { return order(a) < order(b); });
  for (int const number : used_) {
    local_[number] = static_cast<int>(plan.atoms.size());
    plan.atoms.push_back(coded_.atoms[number]);
  }
}

void Planner::number_tags(CountyPlan& plan) {
  plan.tags.resize(workload_.columns.size());
  for (auto const& atom : plan.atoms)
    if (atom.is_tag()) plan.tags[atom.column].push_back(atom.first);
  for (auto& tags : plan.tags) {
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
  }
  for (auto& atom : plan.atoms) {
    if (!atom.is_tag()) continue;
    auto const& tags = plan.tags[atom.column];
    atom.low = static_cast<std::uint16_t>(std::lower_bound(tags.begin(), tags.end(), atom.first) - tags.begin());
  }
}

void Planner::add_policy(int number, CountyPlan& plan) {
  auto const& policy = workload_.policies[number];
  std::vector<std::pair<double, int>> atoms;
  std::vector<std::pair<int, int>> groups;
  for (int at = policy.begin + 2; at < policy.end; at = workload_.after(at)) {
    auto const word = workload_.program[at];
    if (!is_atom(word))
      groups.emplace_back(workload_.after(at) - at, at);
    else if (atom_of(word) != policy.region_atom)
      atoms.emplace_back(coded_.shares[atom_of(word)], local_[atom_of(word)]);
  }
  std::sort(atoms.begin(), atoms.end());
  std::sort(groups.begin(), groups.end());
  plan.policies.push_back(static_cast<std::uint32_t>(number));
  plan.begins.push_back(static_cast<std::uint32_t>(plan.words.size()));
  plan.words.push_back(static_cast<std::uint32_t>(atoms.size()));
  for (auto const& [share, atom] : atoms) plan.words.push_back(static_cast<std::uint32_t>(atom));
  for (auto const& [size, at] : groups) add_node(at, plan);
}

void Planner::add_node(int at, CountyPlan& plan) {
  auto const word = workload_.program[at];
  if (is_atom(word)) return plan.words.push_back(static_cast<std::uint32_t>(local_[atom_of(word)]) << 2);
  std::vector<std::pair<double, int>> children;
  for (int child = at + 2; child < workload_.program[at + 1]; child = workload_.after(child)) {
    auto const share = share_of(workload_, coded_.shares, child);
    auto const group_cost = is_atom(workload_.program[child]) ? 0 : 0.1;
    children.emplace_back((is_and(word) ? share : 1 - share) + group_cost, child);
  }
  std::sort(children.begin(), children.end());
  auto const head = plan.words.size();
  plan.words.insert(plan.words.end(), {static_cast<std::uint32_t>(word & group_bits), 0U});
  for (auto const& [rank, child] : children) add_node(child, plan);
  plan.words[head + 1] = static_cast<std::uint32_t>(plan.words.size() - head);
}

}  // namespace huiyu::reference
