#include "runtime/explain/judge.h"

#include <set>

#include "runtime/explain/needs.h"
#include "runtime/explain/show.h"
#include "runtime/plan/rows.h"

namespace huiyu::explain {
namespace {

using plan::Conclusion;

// 分 as an integer, where it is one and fits.
std::optional<std::int64_t> to_fen(Value const& yuan) { return (yuan.number * 100).integer(); }

// An amount rounded to 分; one that is then below zero or past 64 bits is an error.
Value payable(Value const& amount) {
  if (!amount.known()) return amount;
  auto rounded = Value::of(round_to(amount.number, 2, static_cast<std::int64_t>(Rounding::HalfUp)));
  if (rounded.number < 0) return Value::error(Fault::BelowZero);
  return to_fen(rounded) ? rounded : Value::error(Fault::TooLarge);
}

void start_year(plan::Policy const& policy, Evaluator& evaluator) {
  if (policy.explain_year.has_value()) evaluator.set_year(policy.explain_year);
}

// 条件 and some item due.
State both(State condition, State due) {
  return condition == State::False || due == State::False       ? State::False
         : condition == State::Unknown || due == State::Unknown ? State::Unknown
         : condition == State::Error || due == State::Error     ? State::Error
                                                                : State::True;
}

// 或: 真 未知 错误 假.
State either(State a, State b) {
  return a == State::True || b == State::True         ? State::True
         : a == State::Unknown || b == State::Unknown ? State::Unknown
         : a == State::Error || b == State::Error     ? State::Error
                                                      : State::False;
}

Outcome undecided(State state) { return state == State::Unknown ? Outcome::Unknown : Outcome::Error; }

bool is_in_force(Record const& record, plan::Policy const& policy) {
  return policy.valid_from <= record.inputs.as_of_day && record.inputs.as_of_day <= policy.valid_until;
}

class Judge {
 public:
  Judge(Record const& record, std::uint32_t position, Evaluator& evaluator, Decided decided)
      : record_(record), policy_(record.plan.policies[position]), evaluator_(evaluator), decided_(decided) {
    result_.pair.row = record.row;
    result_.pair.policy = position;
  }

  Judgement run() {
    result_.in_force = is_in_force(record_, policy_);
    decide();
    auto const outcome = result_.pair.outcome;
    if (outcome == Outcome::Eligible || outcome == Outcome::Ineligible)
      result_.pair.alerts = alerts_of(record_, policy_, evaluator_);
    bool const open = result_.pair.outcome == Outcome::Unknown || result_.pair.outcome == Outcome::Eligible;
    if (open) result_.pair.needs.assign(needs_.begin(), needs_.end());
    return std::move(result_);
  }

 private:
  void decide() {
    if (!result_.in_force) return settle(Outcome::NotApplicable);
    start_year(policy_, evaluator_);
    if (decided_ == Decided::Nothing) result_.applies = find(policy_.explain_applies);
    if (auto const applies = state(result_.applies); applies != State::True) {
      need(result_.applies);
      return settle(applies == State::False ? Outcome::NotApplicable : undecided(applies));
    }
    if (decide_condition()) grant();
  }

  void grant() {
    settle(Outcome::Eligible);
    switch (policy_.conclusion) {
      case Conclusion::Money: return pay();
      case Conclusion::Class:
      case Conclusion::Assessment:
      case Conclusion::Disposal: return conclude();
      case Conclusion::None: return;
    }
  }

  // 条件, no 除外, and some item due.
  bool decide_condition() {
    if (decided_ < Decided::Condition) result_.condition = find(policy_.explain_condition);
    auto const condition = state(result_.condition);
    auto const due = policy_.conclusion == Conclusion::Money ? find_dues() : State::True;
    auto const all = both(condition, due);
    if (all == State::True) return true;
    settle(all == State::False ? Outcome::Ineligible : undecided(all));
    need(result_.condition);
    if (due == State::Unknown)
      for (auto const& part : result_.parts) need(part.when);
    return false;
  }

  State find_dues() {
    State due = State::False;
    for (auto const& part : plan::rows_of(policy_.parts, record_.plan.parts)) {
      PartFindings findings;
      findings.when = find(part.explain_when);
      findings.due = state(findings.when);
      due = either(due, findings.due);
      result_.parts.push_back(std::move(findings));
    }
    return due;
  }

  void pay() {
    auto const parts = plan::rows_of(policy_.parts, record_.plan.parts);
    std::vector<Value const*> sums;
    sums.reserve(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
      auto& part = result_.parts[i];
      if (part.due == State::False)
        part.sum = Value::of(0);
      else if (part.due != State::True)
        part.sum = evaluator_.value(part.when);
      else {
        part.amount = find(parts[i].explain_amount);
        part.sum = payable(evaluator_.value(part.amount));
      }
      sums.push_back(&part.sum);
      if (policy_.single == 0 && part.sum.known())
        result_.pair.parts.push_back({std::string(record_.plan.text(parts[i].name)), to_fen(part.sum).value_or(0)});
    }
    for (auto const& part : result_.parts) need(part.due == State::True ? part.amount : part.when);
    settle_sum(total(sums));
  }

  // The parts added, and the policy's caps.
  Value total(std::vector<Value const*> const& sums) {
    auto added = strict_state(sums);
    if (added.known()) {
      added = Value::of(0);
      for (auto const* sum : sums) added.number = added.number + sum->number;
    }
    if (policy_.single != 0 || !policy_.explain_total.has_value()) return added;
    evaluator_.set_parts_total(std::move(added));
    result_.total = find(policy_.explain_total);
    need(result_.total);
    return evaluator_.value(result_.total);
  }

  // A sum in 元: an error is one of the pair, an unknown one leaves it 待定.
  void settle_sum(Value const& exact) {
    auto const sum = payable(exact);
    if (sum.state == State::Error) {
      result_.sum_fault = sum.fault;
      result_.pair.parts.clear();
      return settle(Outcome::Error);
    }
    if (!sum.known()) return;
    result_.pair.amount_fen = to_fen(sum);
    result_.pair.shares = shares_of(record_, policy_, *result_.pair.amount_fen, evaluator_);
  }

  void conclude() {
    result_.value = find(policy_.explain_value);
    if (result_.value == nothing) {
      result_.pair.value = record_.plan.text(policy_.value_name);
      return;
    }
    auto const& node = record_.plan.explains[policy_.explain_value.index];
    auto const value = evaluator_.value(result_.value);
    need(result_.value);
    if (policy_.conclusion == Conclusion::Assessment) {
      if (is_money(node)) return settle_sum(value);
      if (value.state == State::Error) return settle(Outcome::Error);
    } else if (!value.known()) {
      return settle(undecided(value.state));
    }
    if (value.known()) result_.pair.value = conclusion_text(record_.plan, show_as(node), value);
  }

  void settle(Outcome outcome) { result_.pair.outcome = outcome; }
  std::uint32_t find(plan::Ref<plan::Explain> tree) { return tree.has_value() ? evaluator_.evaluate(tree) : nothing; }
  State state(std::uint32_t finding) const {
    return finding == nothing ? State::True : evaluator_.value(finding).state;
  }
  void need(std::uint32_t finding) {
    if (finding != nothing) add_needs(record_, evaluator_.findings(), finding, needs_);
  }

  Record const& record_;
  plan::Policy const& policy_;
  Evaluator& evaluator_;
  Decided decided_;
  Judgement result_;
  std::set<std::string> needs_;
};

}  // namespace

bool is_money(plan::Explain const& node) {
  return (node.kind == plan::ValueKind::Number || node.kind == plan::ValueKind::Quotient) &&
         static_cast<columns::Measure>(node.measure) == columns::Measure::Yuan;
}

Judgement judge(Record const& record, std::uint32_t position, Evaluator& evaluator) {
  return Judge(record, position, evaluator, Decided::Nothing).run();
}

PairOutcome Labeller::label(std::int64_t row, std::uint32_t position, Decided decided) {
  record_.row = row;
  evaluator_.restart(row);
  return Judge(record_, position, evaluator_, decided).run().pair;
}

Outcome Labeller::meets(std::int64_t row, std::uint32_t position, Decided decided) {
  record_.row = row;
  evaluator_.restart(row);
  auto const& policy = record_.plan.policies[position];
  if (!is_in_force(record_, policy)) return Outcome::NotApplicable;
  start_year(policy, evaluator_);
  auto const state = [&](plan::Ref<plan::Explain> tree) {
    return tree.has_value() ? evaluator_.brief(tree) : State::True;
  };
  if (decided == Decided::Nothing)
    if (auto const applies = state(policy.explain_applies); applies != State::True)
      return applies == State::False ? Outcome::NotApplicable : undecided(applies);
  auto const condition = decided >= Decided::Condition ? State::True : state(policy.explain_condition);
  if (condition == State::False) return Outcome::Ineligible;
  auto due = policy.conclusion == Conclusion::Money ? State::False : State::True;
  for (auto const& part : plan::rows_of(policy.parts, record_.plan.parts)) {
    if (due == State::True) break;
    due = either(due, state(part.explain_when));
  }
  auto const all = both(condition, due);
  return all == State::True ? Outcome::Eligible : all == State::False ? Outcome::Ineligible : undecided(all);
}

State Labeller::stands(plan::Ref<plan::Explain> tree, std::int64_t row, std::uint32_t position) {
  record_.row = row;
  evaluator_.restart(row);
  start_year(record_.plan.policies[position], evaluator_);
  return evaluator_.brief(tree);
}

void Labeller::add_needs_of(plan::Ref<plan::Explain> test, std::int64_t row, std::uint32_t position,
                            std::set<std::string>& needs) {
  record_.row = row;
  evaluator_.restart(row);
  start_year(record_.plan.policies[position], evaluator_);
  add_needs(record_, evaluator_.findings(), evaluator_.evaluate(test), needs);
}

std::optional<AwaitedFacts> Labeller::awaited(std::span<plan::Ref<plan::Explain> const> trees, std::uint32_t position) {
  auto const& policy = record_.plan.policies[position];
  evaluator_.restart(record_.row);
  start_year(policy, evaluator_);
  return awaited_facts(record_, evaluator_, policy.explain_year, trees);
}

}  // namespace huiyu::explain
