#include "runtime/engine/near_judge.h"

#include "runtime/plan/rows.h"

namespace huiyu::engine {

using explain::State;
using plan::ConditionKind;

namespace {

State opposite(State state) {
  return state == State::True ? State::False : state == State::False ? State::True : state;
}

}  // namespace

NearJudge::Policy const& NearJudge::policy(std::uint32_t position) {
  auto& made = policies_[position];
  if (made != nullptr) return *made;
  made = std::make_unique<Policy>();
  auto const& policy = plan_.policies[position];
  auto const members = near_members(plan_, policy);
  made->tests = near_trees(plan_, policy);
  made->possible = members.possible && made->tests.size() == members.tests.size();
  return *made;
}

std::optional<std::uint32_t> NearJudge::judge(std::int64_t row, std::uint32_t position) {
  auto const& [possible, tests] = policy(position);
  if (!possible) return std::nullopt;
  auto const& policy = plan_.policies[position];
  if (policy.explain_applies.has_value() && labeller_.stands(policy.explain_applies, row, position) != State::True)
    return std::nullopt;
  std::optional<std::uint32_t> failing;
  for (std::uint32_t i = 0; i < tests.size(); ++i) {
    auto const state = stands(tests[i], row, position);
    if (state == State::True) continue;
    if (state != State::False || failing) return std::nullopt;
    failing = i;
  }
  return failing;
}

// Certainly true, certainly false, or anything else.
State NearJudge::stands(TestTree const& tree, std::int64_t row, std::uint32_t position) {
  auto const& condition = plan_.conditions[tree.condition.index];
  if (tree.condition == plan_.policies[position].due && plan_.policies[position].parts.count != 1)
    return due(row, position);
  std::int64_t held = 0, failed = 0;
  auto const of = static_cast<std::int64_t>(tree.members.size());
  for (auto const& member : tree.members) {
    auto const state = stands(member, row, position);
    held += state == State::True ? 1 : 0;
    failed += state == State::False ? 1 : 0;
  }
  auto const of_count = [&](std::int64_t wanted) {
    return held >= wanted ? State::True : of - failed < wanted ? State::False : State::Unknown;
  };
  switch (condition.kind) {
    case ConditionKind::Literal: {
      auto const state = labeller_.stands(tree.test, row, position);
      return tree.negated ? opposite(state) : state;
    }
    case ConditionKind::And: return of_count(of);
    case ConditionKind::Or: return of_count(1);
    case ConditionKind::AtLeastOf: return of_count(condition.count);
    case ConditionKind::Always: return State::True;
    case ConditionKind::Never: return State::False;
  }
  return State::Unknown;
}

State NearJudge::due(std::int64_t row, std::uint32_t position) {
  auto due = State::False;
  for (auto const& part : plan::rows_of(plan_.policies[position].parts, plan_.parts)) {
    auto const state = part.explain_when.has_value() ? labeller_.stands(part.explain_when, row, position) : State::True;
    if (state == State::True) return State::True;
    if (state != State::False) due = State::Unknown;
  }
  return due;
}

}  // namespace huiyu::engine
