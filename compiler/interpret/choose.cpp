// Ladders, decision tables, 一般/例外.

#include <algorithm>

#include "compiler/interpret/evaluator.h"

namespace huiyu::interpret {
namespace {

struct Row {
  Answer condition, value;
};

class Choice {
 public:
  Choice(std::vector<Row> rows, Answer otherwise, std::optional<Answer> subject, Fault several)
      : rows_(std::move(rows)),
        otherwise_(std::move(otherwise)),
        subject_(std::move(subject)),
        several_(std::move(several)) {}

  // 首行: the first row that is not 假 decides. From the first unknown row on, any row up to the first that is true may
  // be that one, and what they all give stands.
  Answer first() const {
    std::vector<Answer> open, conditions;
    for (auto const& row : rows_) {
      if (row.condition.is(false)) continue;
      if (row.condition.missing()) {
        conditions.push_back(row.condition);
        open.push_back(row.value);
        continue;
      }
      auto const& decides = row.condition.error() ? row.condition : row.value;
      if (conditions.empty()) return decides;
      open.push_back(decides);
      return among(open, conditions);
    }
    if (conditions.empty()) return otherwise_;
    open.push_back(otherwise_);
    return among(open, conditions);
  }

  // 唯一 and 一般/例外: two rows that hold are an error, and missing comes before error. `exclusive`: the rows are
  // proved disjoint, so what the open ones all give stands.
  Answer unique(bool exclusive) const {
    std::vector<Answer> yes, open, conditions;
    Answer const* error = nullptr;
    for (auto const& row : rows_) {
      if (row.condition.is(true)) yes.push_back(row.value);
      if (row.condition.missing()) {
        conditions.push_back(row.condition);
        open.push_back(row.value);
      }
      if (row.condition.error() && error == nullptr) error = &row.condition;
    }
    if (yes.size() > 1) return Answer::fails(several_);
    if (!conditions.empty()) {
      // An erring row may still be joined by a true one, and nothing is in common with that.
      if (!exclusive || error != nullptr) return missing(conditions);
      open.push_back(yes.empty() ? otherwise_ : yes.front());
      return among(open, conditions);
    }
    if (error != nullptr) return *error;
    return yes.empty() ? otherwise_ : yes.front();
  }

  // 就高, 各档相加: strict over the conditions and over the values of the rows that hold.
  Answer every(tir::HitRule rule) const {
    std::vector<Answer> strict, yes;
    for (auto const& row : rows_) {
      if (!row.condition.known()) strict.push_back(row.condition);
      if (row.condition.is(true)) yes.push_back(row.value);
    }
    strict.insert(strict.end(), yes.begin(), yes.end());
    if (auto const stop = undecided(strict)) return stop->missing() ? with_subject(*stop) : *stop;
    if (yes.empty()) return otherwise_;
    auto best = yes.front();
    for (std::size_t i = 1; i < yes.size(); ++i) {
      if (rule == tir::HitRule::Sum)
        best = Answer::of(BigRational(number(best) + number(yes[i])));
      else if (ranks_below(best.value, yes[i].value))
        best = yes[i];
    }
    return best;
  }

 private:
  // One value that all open rows give is the answer whichever of them decides.
  Answer among(std::vector<Answer> const& open, std::vector<Answer> const& conditions) const {
    bool const same = std::all_of(open.begin(), open.end(),
                                  [&](Answer const& a) { return a.known() && a.value == open.front().value; });
    if (!same) return missing(conditions);
    auto answer = open.front();
    for (auto const& other : open) answer.facts.insert(other.facts.begin(), other.facts.end());
    return answer;
  }
  Answer missing(std::vector<Answer> const& conditions) const { return with_subject(*undecided(conditions)); }
  // Where the subject is missing, it alone is what is asked for.
  Answer with_subject(Answer answer) const { return subject_ && subject_->missing() ? *subject_ : answer; }

  std::vector<Row> rows_;
  Answer otherwise_;  // without 其余: that no row holds
  std::optional<Answer> subject_;
  Fault several_;
};

}  // namespace

Answer Evaluator::value_of(tir::Choose const& choice, tir::Expr const& expr, Frame const& frame) {
  std::vector<Row> rows;
  for (auto const& row : choice.rows) {
    auto condition = evaluate(row.condition, frame);
    // What a row gives that is out of the question is not looked at.
    auto value = condition.is(false) ? Answer{} : evaluate(row.value, frame);
    for (auto* answer : {&condition, &value})
      if (answer->error() && answer->fault.citation.empty()) answer->fault.citation = row.citation;
    rows.push_back({std::move(condition), std::move(value)});
  }
  auto otherwise = choice.otherwise.has_value() ? evaluate(choice.otherwise, frame)
                                                : Answer::fails({FaultKind::NoRow, expr.span, {}});
  auto subject = choice.subject.has_value() ? std::optional(evaluate(choice.subject, frame)) : std::nullopt;
  Choice const rule(std::move(rows), std::move(otherwise), std::move(subject),
                    Fault{FaultKind::SeveralRows, expr.span, {}});
  switch (choice.rule) {
    case tir::HitRule::First: return rule.first();
    case tir::HitRule::Unique: return rule.unique(false);
    case tir::HitRule::Exclusive: return rule.unique(true);
    case tir::HitRule::Highest:
    case tir::HitRule::Sum: return rule.every(choice.rule);
  }
  return {};
}

}  // namespace huiyu::interpret
