#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/builtins/builtin.h"
#include "compiler/interpret/evaluator.h"
#include "runtime/base/civil.h"
#include "runtime/codes/codes.h"

namespace huiyu::interpret {
namespace {

using tir::CompareOp;

bool compare(CompareOp op, tir::Value const& left, tir::Value const& right) {
  // What has no order is compared for equality alone.
  if (op == CompareOp::Equal) return left == right;
  if (op == CompareOp::NotEqual) return left != right;
  if (op == CompareOp::Less) return ranks_below(left, right);
  if (op == CompareOp::AtLeast) return !ranks_below(left, right);
  if (op == CompareOp::Greater) return ranks_below(right, left);
  return !ranks_below(right, left);
}

// The clause that an error arises in is the nearest one around it that is cited.
Answer with_citation(Answer answer, std::string const& citation) {
  if (answer.error() && answer.fault.citation.empty()) answer.fault.citation = citation;
  return answer;
}

// A set's member as it stands in SetValue::members; none for texts.
std::optional<std::int32_t> member_id(tir::Value const& member) {
  if (auto const* entry = std::get_if<tir::EntryValue>(&member)) return entry->index;
  if (auto const* year = std::get_if<tir::YearValue>(&member)) return year->year;
  if (auto const* code = std::get_if<tir::CodeValue>(&member)) return code->id;
  return std::nullopt;
}

}  // namespace

Record const& Frame::record(tir::BindingId id) const {
  HUIYU_CHECK(id.has_value() && static_cast<std::size_t>(id.index) < records.size(), "a record that is not bound");
  auto const& record = records[static_cast<std::size_t>(id.index)];
  HUIYU_CHECK(record.batch != nullptr, "a record that is not bound");
  return record;
}

void Frame::bind(tir::BindingId id, Record record) {
  auto const index = static_cast<std::size_t>(id.index);
  if (records.size() <= index) records.resize(index + 1);
  records[index] = std::move(record);
}

void Frame::bind(tir::PeriodId id, tir::Value period) {
  auto const index = static_cast<std::size_t>(id.index);
  if (periods.size() <= index) periods.resize(index + 1);
  periods[index] = std::move(period);
}

Frame Evaluator::frame_of(columns::Batch const& batch, std::int64_t row) const {
  Frame frame;
  frame.bind(tir::BindingId{0}, Record{&batch, row, {}});
  frame.this_year = application_year();
  frame.this_month = month_of_as_of();
  return frame;
}

Answer Evaluator::application_year() const {
  auto const year = inputs_.application_year ? *inputs_.application_year : civil_from_days(inputs_.as_of_day).year;
  return Answer::of(tir::YearValue{year});
}

Answer Evaluator::month_of_as_of() const {
  auto const date = civil_from_days(inputs_.as_of_day);
  return Answer::of(tir::MonthValue{date.year * 12 + date.month - 1});
}

Answer Evaluator::evaluate(tir::ExprId id, Frame const& frame) {
  auto const& expr = program_.exprs[id];
  return with_citation(kind_of(expr, frame), expr.citation);
}

std::vector<Answer> Evaluator::evaluate_all(std::vector<tir::ExprId> const& ids, Frame const& frame) {
  std::vector<Answer> answers;
  answers.reserve(ids.size());
  for (auto const id : ids) answers.push_back(evaluate(id, frame));
  return answers;
}

Answer Evaluator::kind_of(tir::Expr const& expr, Frame const& frame) {
  return match(
      expr.kind,
      [](tir::Poison const&) -> Answer {
        HUIYU_CHECK(false, "a program with errors is not evaluated");
        return {};
      },
      [](tir::Constant const& e) { return Answer::of(e.value); },                                   //
      [&](tir::FieldValue const& e) { return value_of(e, frame); },                                 //
      [&](tir::SeriesValue const& e) { return value_of(e, frame); },                                //
      [&](tir::DefinitionValue const& e) { return value_of(e, frame); },                            //
      [&](tir::ParameterValue const& e) { return value_of(e); },                                    //
      [&](tir::Input const& e) { return value_of(e, frame); },                                      //
      [&](tir::And const& e) { return all_of(evaluate_all(e.operands, frame)); },                   //
      [&](tir::Or const& e) { return any_of(evaluate_all(e.operands, frame)); },                    //
      [&](tir::AtLeastOf const& e) { return at_least(e.count, evaluate_all(e.operands, frame)); },  //
      [&](tir::Not const& e) { return negate(evaluate(e.operand, frame)); },                        //
      [&](tir::Compare const& e) { return value_of(e, frame); },                                    //
      [&](tir::Negate const& e) {
        auto const operand = evaluate(e.operand, frame);
        return operand.known() ? Answer::of(BigRational(-number(operand))) : operand;
      },
      [&](tir::Arithmetic const& e) { return value_of(e, expr, frame); },  //
      [&](tir::Pick const& e) { return value_of(e, frame); },              //
      [&](tir::Cap const& e) {
        return value_of(tir::Pick{e.at_most ? tir::PickOp::Lowest : tir::PickOp::Highest, {e.operand, e.bound}}, frame);
      },
      [&](tir::Round const& e) {
        auto const operand = evaluate(e.operand, frame);
        return operand.known() ? Answer::of(round_to(number(operand), e.digits, e.mode)) : operand;
      },
      [&](tir::BelongsTo const& e) { return value_of(e, frame); },        //
      [&](tir::SetContains const& e) { return value_of(e, frame); },      //
      [&](tir::Aggregate const& e) { return value_of(e, expr, frame); },  //
      [&](tir::Choose const& e) { return value_of(e, expr, frame); },     //
      [&](tir::Default const& e) {
        auto fact = evaluate(e.fact, frame);
        return fact.missing() ? evaluate(e.value, frame) : fact;
      },
      [&](tir::Call const& e) { return value_of(e, expr, frame); },  //
      [&](tir::IfGiven const& e) { return evaluate(given_column_of(e.definition) ? e.given : e.computed, frame); },
      [&](tir::PeriodValue const& e) {
        auto const index = static_cast<std::size_t>(e.of.index);
        HUIYU_CHECK(index < frame.periods.size(), "a period that is not bound");
        return Answer::of(frame.periods[index]);
      },
      [&](tir::Lookup const& e) { return value_of(e, frame); },        //
      [&](tir::Shift const& e) { return value_of(e, expr, frame); },   //
      [&](tir::Window const& e) { return value_of(e, expr, frame); },  //
      [&](tir::Offset const& e) { return value_of(e, expr, frame); });
}

Answer Evaluator::value_of(tir::Input const& input, Frame const& frame) const {
  switch (input.word) {
    case tir::InputWord::AsOf: return Answer::of(tir::DateValue{inputs_.as_of_day});
    case tir::InputWord::ApplicationYear: return application_year();
    case tir::InputWord::ThisYear: return frame.this_year;
    case tir::InputWord::ThisMonth: return frame.this_month;
  }
  return {};
}

Answer Evaluator::value_of(tir::DefinitionValue const& use, Frame const& frame) {
  auto const& definition = program_.definitions[use.definition];
  Frame inner;
  if (definition.schema.has_value()) inner.bind(tir::BindingId{0}, frame.record(use.of));
  inner.this_year = use.year.has_value() ? evaluate(use.year, frame) : frame.this_year;
  inner.this_month = use.month.has_value() ? evaluate(use.month, frame) : frame.this_month;
  auto const record = inner.records.empty() ? Record{} : inner.records.front();
  if (auto const column = given_column_of(use.definition))
    return fact(record, *column, definition.type, definition.format, record.prefix + definition.name);

  auto const compute = [&] {
    auto answer = with_citation(evaluate(definition.value, inner), definition.citation);
    auto const& format = definition.format;
    if (!answer.known() || definition.type.kind != types::Kind::Number || format.low >= format.high) return answer;
    // What leaves the range of its type cannot be stored.
    BigRational const stored =
        number(answer) * BigRational(boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(format.scale)));
    if (stored >= format.low && stored <= format.high) return answer;
    return Answer::fails({FaultKind::BeyondType, definition.span, definition.citation});
  };
  if (!inner.this_year.known() || !inner.this_month.known()) return compute();
  MemoKey const key{use.definition.index, record.batch, record.row,
                    std::get<tir::YearValue>(inner.this_year.value).year,
                    std::get<tir::MonthValue>(inner.this_month.value).month};
  auto found = definitions_.find(key);
  if (found == definitions_.end()) found = definitions_.emplace(key, compute()).first;
  return found->second;
}

Answer Evaluator::value_of(tir::Compare const& comparison, Frame const& frame) {
  auto const operands = evaluate_all({comparison.left, comparison.right}, frame);
  if (auto const stop = undecided(operands)) return *stop;
  return Answer::of(compare(comparison.op, operands[0].value, operands[1].value));
}

Answer Evaluator::value_of(tir::Arithmetic const& operation, tir::Expr const& expr, Frame const& frame) {
  auto const operands = evaluate_all({operation.left, operation.right}, frame);
  // A divisor of 0 is an error even where the dividend is missing: whatever it is, there is no quotient.
  auto const& right = operands[1];
  bool const by_zero = operation.op == tir::ArithmeticOp::Divide && right.known() && number(right) == 0;
  if (by_zero && !operands[0].error()) return Answer::fails({FaultKind::DivisionByZero, expr.span, {}});
  if (auto const stop = undecided(operands)) return *stop;
  auto const& left = operands[0];
  switch (operation.op) {
    case tir::ArithmeticOp::Add: return Answer::of(BigRational(number(left) + number(right)));
    case tir::ArithmeticOp::Subtract: return Answer::of(BigRational(number(left) - number(right)));
    case tir::ArithmeticOp::Multiply: return Answer::of(BigRational(number(left) * number(right)));
    case tir::ArithmeticOp::Divide: return Answer::of(BigRational(number(left) / number(right)));
  }
  return {};
}

Answer Evaluator::value_of(tir::Pick const& pick, Frame const& frame) {
  auto const operands = evaluate_all(pick.operands, frame);
  if (auto const stop = undecided(operands)) return *stop;
  bool const highest = pick.op == tir::PickOp::Highest;
  auto best = operands.front();
  for (auto const& operand : operands)
    if (highest ? ranks_below(best.value, operand.value) : ranks_below(operand.value, best.value)) best = operand;
  return best;
}

// In one of the members and in none of the exceptions; each of those may be unknown of a code that is too coarse.
Answer Evaluator::value_of(tir::BelongsTo const& membership, Frame const& frame) {
  auto const subject = evaluate(membership.subject, frame);
  if (!subject.known()) return subject;
  auto const in = [&](tir::Value const& member) {
    if (auto const* code = std::get_if<tir::CodeValue>(&subject.value)) {
      auto const system = program_.exprs[membership.subject].type.system;
      switch (codes::belongs(system, code->id, std::get<tir::CodeValue>(member).id)) {
        case codes::Belongs::No: return Answer::of(false);
        case codes::Belongs::Yes: return Answer::of(true);
        case codes::Belongs::Unknown: return Answer::needs(subject.facts);
      }
    }
    return Answer::of(subject.value == member);
  };
  std::vector<Answer> members, outside;
  for (auto const& member : membership.members) members.push_back(in(member));
  for (auto const& member : membership.except) outside.push_back(negate(in(member)));
  outside.push_back(any_of(members));
  return all_of(outside);
}

Answer Evaluator::value_of(tir::SetContains const& membership, Frame const& frame) {
  auto const operands = evaluate_all({membership.set, membership.member}, frame);
  if (auto const stop = undecided(operands)) return *stop;
  auto const& set = std::get<tir::SetValue>(operands[0].value);
  auto const& member = operands[1].value;
  if (auto const* wanted = std::get_if<tir::CodeValue>(&member)) {
    auto const system = program_.exprs[membership.member].type.system;
    std::vector<Answer> found;
    for (auto const id : set.members) {
      auto const in =
          membership.inside ? codes::belongs(system, wanted->id, id) : codes::belongs(system, id, wanted->id);
      found.push_back(in == codes::Belongs::Unknown ? Answer::needs(operands[membership.inside ? 1 : 0].facts)
                                                    : Answer::of(in == codes::Belongs::Yes));
    }
    if (operands[0].open_set) found.push_back(Answer::needs(operands[0].facts));
    return any_of(found);
  }
  bool found = false;
  if (auto const id = member_id(member))
    found = std::find(set.members.begin(), set.members.end(), *id) != set.members.end();
  else
    found = std::find(set.texts.begin(), set.texts.end(), std::get<std::string>(member)) != set.texts.end();
  if (!found && operands[0].open_set) return Answer::needs(operands[0].facts);
  return Answer::of(found);
}

Answer Evaluator::value_of(tir::Shift const& shift, tir::Expr const& expr, Frame const& frame) {
  auto const operands = evaluate_all({shift.operand, shift.steps}, frame);
  if (auto const stop = undecided(operands)) return *stop;
  auto const last = static_cast<std::int64_t>(program_.enumerations[expr.type.enumeration].entries.size()) - 1;
  // Upwards is towards the first entry. The steps are whole: the checker asks for a count.
  BigInt const target = std::get<tir::EntryValue>(operands[0].value).index - BigInt(numerator(number(operands[1])));
  BigInt const index = std::clamp(target, BigInt(0), BigInt(last));
  return Answer::of(tir::EntryValue{static_cast<std::int32_t>(index)});
}

Answer Evaluator::value_of(tir::Call const& call, tir::Expr const& expr, Frame const& frame) {
  auto const* builtin = builtins::find(call.builtin);
  HUIYU_CHECK(builtin != nullptr && builtin->nulls == builtins::Nulls::Propagate,
              "a built-in that the oracle cannot call");
  auto const arguments = evaluate_all(call.arguments, frame);
  if (auto const stop = undecided(arguments)) return *stop;
  std::vector<tir::Value> values;
  for (auto const& argument : arguments) values.push_back(argument.value);
  auto result = builtin->kernel(values);
  return result ? Answer::of(std::move(*result)) : Answer::fails({FaultKind::BeyondCalendar, expr.span, {}});
}

Answer Evaluator::value_of(tir::Offset const& offset, tir::Expr const& expr, Frame const& frame) {
  auto const period = evaluate(offset.period, frame);
  if (!period.known()) return period;
  auto const in_calendar = [](std::int64_t year) { return first_year <= year && year <= last_year; };
  Fault const beyond{FaultKind::BeyondCalendar, expr.span, {}};
  if (auto const* year = std::get_if<tir::YearValue>(&period.value)) {
    auto const moved = std::int64_t{year->year} + offset.by;
    return in_calendar(moved) ? Answer::of(tir::YearValue{static_cast<std::int32_t>(moved)}) : Answer::fails(beyond);
  }
  auto const moved = std::int64_t{std::get<tir::MonthValue>(period.value).month} + offset.by;
  return moved >= 0 && in_calendar(moved / 12) ? Answer::of(tir::MonthValue{static_cast<std::int32_t>(moved)})
                                               : Answer::fails(beyond);
}

}  // namespace huiyu::interpret
