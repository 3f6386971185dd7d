// Literals in the order in which a sweep first meets them.

#include <algorithm>

#include "runtime/engine/eligible_plan.h"

namespace huiyu::engine {
namespace {

constexpr std::uint32_t not_met = 0xFFFFFFFF;

class Renumbering {
 public:
  explicit Renumbering(std::size_t literals) : place_(literals, not_met) {}

  std::uint32_t operator()(std::uint32_t literal) {
    auto& place = place_[literal];
    if (place == not_met) place = next_++;
    return place;
  }

 private:
  std::vector<std::uint32_t> place_;
  std::uint32_t next_ = 0;
};

}  // namespace

void order_literals(EligiblePlan& plan, bool near) {
  Renumbering number(plan.literals.size());
  auto const per_literal = near ? 2U : 1U;
  for (auto const& node : plan.nodes) {
    for (auto i = node.literals; i < node.literals + node.count; ++i) {
      auto& literal = plan.node_literals[i];
      literal = number(literal / per_literal) * per_literal + literal % per_literal;
    }
    if (node.policy == genes::no_policy) continue;
    for (auto i = node.groups; i < node.groups_end; ++i) {
      auto& code = plan.groups[i];
      auto const kind = static_cast<genes::SweepGroup>(code % 4);
      if (kind == genes::SweepGroup::Literal)
        code = number(code / 4) * 4;
      else if (kind == genes::SweepGroup::And || kind == genes::SweepGroup::Or)
        ++i;  // where its members end
    }
  }
  for (auto& test : plan.tests)
    if (test.kind == EligiblePlan::Test::Kind::Literal) test.of = number(test.of);
  for (auto& unions : plan.tag_unions) {
    for (auto* literals : {&unions.all, &unions.literals})
      for (auto& literal : *literals) literal = number(literal);
    std::sort(unions.all.begin(), unions.all.end());
    for (std::size_t tag = 0; tag + 1 < unions.starts.size(); ++tag)
      std::sort(unions.literals.begin() + unions.starts[tag], unions.literals.begin() + unions.starts[tag + 1]);
  }
  auto const literals = plan.literals;
  for (std::uint32_t i = 0; i < literals.size(); ++i) plan.literals[number(i)] = literals[i];
}

}  // namespace huiyu::engine
