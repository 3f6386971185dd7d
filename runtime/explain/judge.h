#pragma once

// The outcome of one record and one policy, from the explanation alone: language.md section 5, **Outcome**.
//
// It labels the pairs that batch kernels leave undecided (unknown or error, and what is missing), and judges the engines in tests.

#include <optional>
#include <vector>

#include "runtime/explain/evaluate.h"

namespace huiyu::explain {

// The findings of one named or unnamed amount of a policy; `nothing` where the policy has no such tree.
struct PartFindings {
  std::uint32_t when = nothing;
  std::uint32_t amount = nothing;
  State due = State::True;
  Value sum;  // in 元, rounded to 分; 0 where it is not due
};

struct Judgement {
  PairOutcome pair;
  bool in_force = true;  // 有效 at the reference date
  std::uint32_t applies = nothing, condition = nothing, total = nothing, value = nothing;
  std::vector<PartFindings> parts;
};

// Judges the policy at `position` of the plan. The evaluator holds what was found afterwards.
Judgement judge(Record const& record, std::uint32_t position, Evaluator& evaluator);

// Whether a 核定 of this value is a sum of money: it is then stated in 分, as an amount is.
bool is_money(plan::Explain const& node);

// The same without the findings.
PairOutcome label(Record const& record, std::uint32_t position);

}  // namespace huiyu::explain
