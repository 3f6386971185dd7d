// From the parts of a policy to one outcome.

#include <algorithm>

#include "compiler/interpret/evaluator.h"
#include "compiler/interpret/interpret.h"

namespace huiyu::interpret {
namespace {

using tir::ConclusionKind;

constexpr int fen_digits = 2;  // 分 is two digits behind 元

class PolicyAnswer {
 public:
  PolicyAnswer(tir::Program const& program, tir::PolicyId id, columns::Batch const& batch, std::int64_t row,
               RunInputs const& inputs)
      : program_(program),
        policy_(program.policies[id]),
        inputs_(inputs),
        evaluator_(program, inputs),
        frame_(evaluator_.frame_of(batch, row)) {
    answer_.outcome.row = row;
    answer_.outcome.policy = static_cast<std::uint32_t>(id.index);
    if (policy_.year.has_value()) frame_.this_year = evaluator_.evaluate(policy_.year, frame_);
  }

  PairAnswer decide() {
    auto const applies =
        all_of({optional_truth(policy_.place), Answer::of(in_force()), optional_truth(policy_.target)});
    if (applies.is(false)) return finish(Outcome::NotApplicable);
    if (!applies.known()) return undecided_pair(applies);

    // Nothing due is not fulfilling the policy, so it is one more condition.
    auto const holds = all_of({optional_truth(policy_.condition), something_due()});
    if (holds.is(false)) return finish(Outcome::Ineligible);
    if (!holds.known()) return undecided_pair(holds);

    switch (policy_.conclusion) {
      case ConclusionKind::None: return finish(Outcome::Eligible);
      case ConclusionKind::Money: return paid();
      case ConclusionKind::Assessment: return assessed();
      case ConclusionKind::Class:
      case ConclusionKind::Disposal: return classed();
    }
    return finish(Outcome::Eligible);
  }

 private:
  bool in_force() const {
    auto const day = inputs_.as_of_day;
    return (!policy_.valid_from || *policy_.valid_from <= day) && (!policy_.valid_until || day <= *policy_.valid_until);
  }
  Answer evaluate(tir::ExprId id) { return evaluator_.evaluate(id, frame_); }
  Answer optional_truth(tir::ExprId id) { return id.has_value() ? evaluate(id) : Answer::of(true); }

  Answer something_due() {
    if (policy_.conclusion != ConclusionKind::Money) return Answer::of(true);
    std::vector<Answer> due;
    for (auto const& item : policy_.items) due.push_back(optional_truth(item.when));
    return any_of(due);
  }

  PairAnswer finish(Outcome outcome) {
    answer_.outcome.outcome = outcome;
    if (outcome == Outcome::Eligible || outcome == Outcome::Ineligible) watch_alerts();
    return answer_;
  }

  // Each alert is a ladder: the first row that is not false gives its colour.
  void watch_alerts() {
    for (auto const& alert : policy_.alerts) {
      for (auto const& row : alert.rows) {
        auto const shines = evaluate(row.condition);
        if (shines.is(false)) continue;
        answer_.outcome.alerts.push_back({alert.name, shines.known() ? row.colour : ""});
        break;
      }
    }
  }

  // Whole 分 of the sum by largest remainder.
  void share_out(std::int64_t sum_fen) {
    std::vector<BigRational> weights;
    BigRational whole = 0;
    for (auto const& share : policy_.shares) {
      auto const weight = evaluate(share.weight);
      if (!weight.known()) return;
      weights.push_back(number(weight));
      whole += number(weight);
    }
    if (whole <= 0) return;
    std::vector<BigRational> remainders;
    std::int64_t rest = sum_fen;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      BigRational const exact = weights[i] * sum_fen / whole;
      BigInt const fen = floor_div(BigInt(numerator(exact)), BigInt(denominator(exact)));
      answer_.outcome.shares.push_back({policy_.shares[i].party, static_cast<std::int64_t>(fen)});
      remainders.push_back(exact - fen);
      rest -= answer_.outcome.shares.back().amount_fen;
    }
    for (; rest > 0; --rest) {
      auto const largest = std::max_element(remainders.begin(), remainders.end());
      ++answer_.outcome.shares[static_cast<std::size_t>(largest - remainders.begin())].amount_fen;
      *largest = -1;
    }
  }
  PairAnswer fail(Fault fault) {
    if (fault.citation.empty()) fault.citation = policy_.citation;
    answer_.fault = std::move(fault);
    answer_.outcome.parts.clear();
    return finish(Outcome::Error);
  }
  // Missing: unknown. Error: error.
  PairAnswer undecided_pair(Answer const& answer) {
    if (answer.error()) return fail(answer.fault);
    set_needs(answer);
    return finish(Outcome::Unknown);
  }
  void set_needs(Answer const& answer) { answer_.outcome.needs.assign(answer.facts.begin(), answer.facts.end()); }
  // Eligible, and the sum is not known.
  PairAnswer pending(Answer const& sum) {
    if (sum.error()) return fail(sum.fault);
    set_needs(sum);
    return finish(Outcome::Eligible);
  }

  // What an item comes to, its own cap included and not yet rounded. Not due is 0; not known whether due is not known.
  Answer item_amount(tir::Item const& item) {
    auto const due = optional_truth(item.when);
    if (!due.known()) return due;
    if (!truth(due)) return Answer::of(BigRational(0));
    auto amount = item_capped(item.amount);
    if (amount.error() && amount.fault.citation.empty()) amount.fault.citation = item.citation;
    return amount;
  }

  // Rounded to whole 分; below 0 or past 64 bits is an error.
  static Answer payable(Answer const& exact, Span span, std::string const& citation) {
    if (!exact.known()) return exact;
    auto amount = round_to(number(exact), fen_digits, Rounding::HalfUp);
    if (amount < 0) return Answer::fails({FaultKind::NegativeAmount, span, citation});
    if (!whole_fen(amount)) return Answer::fails({FaultKind::BeyondType, span, citation});
    return Answer::of(std::move(amount));
  }

  // 最高 and 最低 of an item or the policy. What a cap leaves is cut down to whole 分, so that no rounding goes beyond
  // it.
  Answer cap(Answer const& amount, bool at_most, tir::ExprId bound_id) {
    auto bound = evaluate(bound_id);
    if (auto const stop = undecided({amount, bound})) return *stop;
    if (at_most) bound = Answer::of(round_down(number(bound)));
    bool const cuts = at_most ? number(bound) < number(amount) : number(amount) < number(bound);
    return cuts ? bound : amount;
  }
  static BigRational round_down(BigRational const& yuan) {
    BigRational const fen = yuan * 100;
    return {floor_div(BigInt(numerator(fen)), BigInt(denominator(fen))), BigInt(100)};
  }

  // The caps at the root of an item's amount are the item's own.
  Answer item_capped(tir::ExprId id) {
    auto const* own = std::get_if<tir::Cap>(&program_.exprs[id].kind);
    return own == nullptr ? evaluate(id) : cap(item_capped(own->operand), own->at_most, own->bound);
  }
  Answer capped(Answer amount) {
    for (auto const& one : policy_.caps) amount = cap(amount, one.at_most, one.bound);
    return amount;
  }

  // The sum of strict parts: an error wins, then missing.
  static Answer sum_of(std::vector<Answer> const& parts) {
    if (auto const stop = undecided(parts)) return *stop;
    BigRational sum = 0;
    for (auto const& part : parts) sum += number(part);
    return Answer::of(sum);
  }

  PairAnswer paid() {
    bool const single = policy_.items.size() == 1 && policy_.items.front().name.empty();
    std::vector<Answer> parts;
    for (auto const& item : policy_.items) {
      auto part = item_amount(item);
      if (!single) part = payable(part, item.span, item.citation);
      if (!single && part.known()) answer_.outcome.parts.push_back({item.name, *whole_fen(number(part))});
      parts.push_back(std::move(part));
    }
    return settle_amount(capped(sum_of(parts)));
  }

  PairAnswer assessed() {
    auto const& type = program_.exprs[policy_.value].type;
    auto const figure = evaluate(policy_.value);
    bool const money = type.kind == types::Kind::Number && type.unit == types::unit_of(types::BaseUnit::Yuan);
    if (money) return settle_amount(figure);
    if (!figure.known()) return pending(figure);
    answer_.outcome.value = say_conclusion(program_, type, figure.value);
    return finish(Outcome::Eligible);
  }

  // `列入 培育名单` has a name and nothing to work out.
  PairAnswer classed() {
    if (!policy_.value.has_value()) {
      answer_.outcome.value = policy_.value_name;
      return finish(Outcome::Eligible);
    }
    auto const result = evaluate(policy_.value);
    if (!result.known()) return undecided_pair(result);
    answer_.outcome.value = say_conclusion(program_, program_.exprs[policy_.value].type, result.value);
    return finish(Outcome::Eligible);
  }

  PairAnswer settle_amount(Answer const& exact) {
    auto const amount = payable(exact, policy_.span, policy_.citation);
    if (!amount.known()) return pending(amount);
    answer_.outcome.amount_fen = whole_fen(number(amount));
    share_out(*answer_.outcome.amount_fen);
    return finish(Outcome::Eligible);
  }

  // Of an amount of whole 分.
  static std::optional<std::int64_t> whole_fen(BigRational const& yuan) {
    return to_int64(BigInt(numerator(BigRational(yuan * 100))));
  }

  tir::Program const& program_;
  tir::Policy const& policy_;
  RunInputs const& inputs_;
  Evaluator evaluator_;
  Frame frame_;
  PairAnswer answer_;
};

}  // namespace

PairAnswer interpret_pair(tir::Program const& program, tir::PolicyId policy, columns::Batch const& batch,
                          std::int64_t row, RunInputs const& inputs) {
  return PolicyAnswer(program, policy, batch, row, inputs).decide();
}

std::vector<PairAnswer> interpret_all(tir::Program const& program, SchemaId schema, columns::Batch const& batch,
                                      RunInputs const& inputs) {
  std::vector<PairAnswer> answers;
  for (std::int64_t row = 0; row < batch.row_count; ++row) {
    for (std::size_t i = 0; i < program.policies.size(); ++i) {
      tir::PolicyId const policy{static_cast<std::int32_t>(i)};
      if (program.policies[policy].subject == schema)
        answers.push_back(interpret_pair(program, policy, batch, row, inputs));
    }
  }
  return answers;
}

std::vector<PairOutcome> interpret(tir::Program const& program, SchemaId schema, columns::Batch const& batch,
                                   RunInputs const& inputs) {
  std::vector<PairOutcome> outcomes;
  for (auto& answer : interpret_all(program, schema, batch, inputs)) outcomes.push_back(std::move(answer.outcome));
  return outcomes;
}

Answer interpret_expr(tir::Program const& program, tir::ExprId expr, columns::Batch const& batch, std::int64_t row,
                      RunInputs const& inputs) {
  Evaluator evaluator(program, inputs);
  return evaluator.evaluate(expr, evaluator.frame_of(batch, row));
}

}  // namespace huiyu::interpret
