#pragma once

// What a county's records are tested for: the policies of the county, its city and the province, and their comparisons.

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/bench/province/reference/coded_atoms.h"

namespace huiyu::reference {

struct CountyPlan {
  std::vector<CodedAtom> atoms;
  // Of each column of lists the tags that are asked for; an atom's `low` is the tag's place here.
  std::vector<std::vector<std::uint32_t>> tags;
  std::vector<std::uint32_t> policies, begins;
  // A policy: how many of its conditions are plain atoms; these, the rarest true first; then groups, the smallest
  // first, in prefix order, a group being a word, its length, and its children.
  std::vector<std::uint32_t> words;
  std::vector<std::uint8_t> compare_raw;  // by coded column: too few comparisons in a block for codes to pay
};

class Planner {
 public:
  Planner(Workload const& workload, CodedAtoms const& coded)
      : workload_(workload), coded_(coded), local_(workload.atoms.size(), -1) {}

  CountyPlan plan(std::vector<int> const& policies);

 private:
  void number_atoms(std::vector<int> const& policies, CountyPlan& plan);
  void number_tags(CountyPlan& plan);
  void add_policy(int policy, CountyPlan& plan);
  void add_node(int at, CountyPlan& plan);

  Workload const& workload_;
  CodedAtoms const& coded_;
  std::vector<int> local_, used_;  // the county's numbers of atoms, and which have one
};

}  // namespace huiyu::reference
