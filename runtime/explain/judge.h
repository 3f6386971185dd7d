#pragma once

// The outcome of one record and one policy, from the explanation alone: language.md section 5, **Outcome**.
//
// It labels the pairs that batch kernels leave undecided (unknown or error, and what is missing), and judges the
// engines in tests.

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "runtime/explain/awaited_facts.h"
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
  Fault sum_fault = Fault::None;  // of a sum that was computed and cannot be paid: below zero, past 64 bits
};

// Judges the policy at `position` of the plan. The evaluator holds what was found afterwards.
Judgement judge(Record const& record, std::uint32_t position, Evaluator& evaluator);

// 预警: of each alert the first row that is not false gives the colour; an empty one where that is not decided.
std::vector<AlertColour> alerts_of(Record const& record, plan::Policy const& policy, Evaluator& evaluator);
std::vector<AlertColour> alerts_of(Record const& record, std::uint32_t position);

// 分担: whole 分 of a sum by largest remainder, of equal ones the first named; nothing where a weight is not known.
std::vector<PartAmount> shares_of(Record const& record, plan::Policy const& policy, std::int64_t sum_fen,
                                  Evaluator& evaluator);
std::vector<PartAmount> shares_of(Record const& record, std::uint32_t position, std::int64_t sum_fen);

// Who bears one 分 more than its part of the sum cut to whole 分, the largest remainder first.
std::vector<std::string> odd_fen_of(Record const& record, std::uint32_t position, std::int64_t sum_fen);

// Whether a 核定 of this value is a sum of money: it is then stated in 分, as an amount is.
bool is_money(plan::Explain const& node);

// What is known before a record is judged: nothing; that the policy is in force and applies; also that 条件 holds and
// no 除外; also that some item is due.
enum class Decided : std::uint8_t { Nothing, Applies, Condition, Due };

// Judges one record after the other, without leaving its findings; what is decided is not looked at again.
class Labeller {
 public:
  // Of the record's batch and what else it names; the row is chosen by `label`.
  explicit Labeller(Record const& record) : record_(record), evaluator_(record) {}

  PairOutcome label(std::int64_t row, std::uint32_t position, Decided decided = Decided::Nothing);
  // The outcome as far as 对象, 条件 and 当 decide it. Eligible: what follows from them has not been looked at.
  Outcome meets(std::int64_t row, std::uint32_t position, Decided decided = Decided::Nothing);
  // How one of the policy's trees stands.
  State stands(plan::Ref<plan::Explain> tree, std::int64_t row, std::uint32_t position);
  // Adds what one of the policy's tests lacks; nothing where it is decided.
  void add_needs_of(plan::Ref<plan::Explain> test, std::int64_t row, std::uint32_t position,
                    std::set<std::string>& needs);
  // What trees of the policy hang on, as awaited_facts says it.
  std::optional<AwaitedFacts> awaited(std::span<plan::Ref<plan::Explain> const> trees, std::uint32_t position);

 private:
  Record record_;
  Evaluator evaluator_;
};
inline PairOutcome label(Record const& record, std::uint32_t position, Decided decided = Decided::Nothing) {
  return Labeller(record).label(record.row, position, decided);
}

}  // namespace huiyu::explain
