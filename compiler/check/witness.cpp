#include <map>

#include "compiler/check/satisfy.h"
#include "compiler/tir/print.h"

namespace huiyu::check {
namespace {

BigRational step_of(int scale) {
  BigInt unit = 1;
  for (int i = 0; i < scale; ++i) unit *= 10;
  return BigRational(1) / unit;
}

BigRational magnitude(BigRational const& value) { return value < 0 ? BigRational(-value) : value; }

bool within(Interval const& interval, BigRational const& value) {
  if (interval.low && (value < *interval.low || (value == *interval.low && interval.low_open))) return false;
  if (interval.high && (value > *interval.high || (value == *interval.high && interval.high_open))) return false;
  return true;
}

// A value inside, at a boundary that a drafter wrote if there is one: those are the ones he forgets. The ends of the
// type's own range are farther away than what he wrote, so the nearer end is tried first.
BigRational example(Interval const& interval) {
  BigRational const step = interval.scale ? step_of(*interval.scale) : BigRational(1);
  std::vector<BigRational> ends;
  if (interval.low) ends.push_back(*interval.low);
  if (interval.high) ends.push_back(*interval.high);
  if (ends.size() == 2 && magnitude(ends[1]) < magnitude(ends[0])) std::swap(ends[0], ends[1]);
  for (auto const& end : ends)
    if (within(interval, end)) return end;
  for (auto const& end : ends)
    for (BigRational const& moved : {BigRational(end + step), BigRational(end - step)})
      if (within(interval, moved)) return moved;
  if (ends.size() == 2) return (ends[0] + ends[1]) / 2;
  return ends.empty() ? BigRational(0) : ends[0];
}

std::string subject_text(Context const& context, tir::ExprId subject) {
  auto const& expr = context.program.exprs[subject];
  if (auto const* field = std::get_if<tir::FieldValue>(&expr.kind)) return context.program.fields[field->field].name;
  if (auto const* used = std::get_if<tir::DefinitionValue>(&expr.kind))
    return context.program.definitions[used->definition].name;
  std::string const written = source_text(context, expr.span);
  return written.empty() ? tir::print(context.program, subject) : written;
}

std::string value_text(Context const& context, Constraint const& constraint) {
  Type const type = context.program.exprs[constraint.subject].type;
  if (auto const* interval = std::get_if<Interval>(constraint.region.get()))
    return example_text(context, constraint.subject, *interval);
  auto const id = std::get<IdSet>(*constraint.region).ranges.front().first;
  if (type.kind == Kind::Code) return codes::display_path(type.system, id);
  if (type.kind == Kind::Enumeration) return tir::print(context.program, tir::EntryValue{id}, type);
  return id == 0 ? "否" : "是";
}

// 年次（自 …）: one more than the years that have passed.
bool is_year_count(Context const& context, tir::ExprId id) {
  auto const* sum = std::get_if<tir::Arithmetic>(&context.program.exprs[id].kind);
  if (sum == nullptr || sum->op != tir::ArithmeticOp::Add) return false;
  auto const* passed = std::get_if<tir::Call>(&context.program.exprs[sum->left].kind);
  return passed != nullptr && (passed->builtin == "年差" || passed->builtin == "周年数");
}

// What a term says, in the order of its subjects' texts.
std::string witness(Context const& context, Term const& term) {
  std::map<std::string, Constraint const*> said;
  for (auto const& constraint : term)
    if (!constraint.opaque) said.emplace(tir::print(context.program, constraint.subject), &constraint);
  std::string text;
  for (auto const& [subject, constraint] : said)
    text += (text.empty() ? "" : "，") + subject_text(context, constraint->subject) + " " +
            value_text(context, *constraint);
  return text;
}

}  // namespace

std::string drafted(BigRational const& value, Type const& type) {
  auto const whole = [](BigRational const& number) { return boost::multiprecision::denominator(number) == 1; };
  if (type.unit == types::unit_of(types::BaseUnit::Yuan)) {
    if (value != 0 && whole(value / 100'000'000)) return tir::print_number(value / 100'000'000) + "亿元";
    if (value != 0 && whole(value / 10'000)) return tir::print_number(value / 10'000) + "万元";
    return tir::print_number(value) + "元";
  }
  if (type.unit.dimensionless() && value != 0 && magnitude(value) < 1 && whole(value * 1'000'000))
    return tir::print_number(value * 100) + "%";
  if (type.unit == types::unit_of(types::BaseUnit::Month) && value != 0 && whole(value / 12))
    return tir::print_number(value / 12) + "年";
  std::string const unit = type.unit.dimensionless() ? std::string() : types::describe(type.unit);
  return tir::print_number(value) + unit.substr(unit.starts_with("1/") ? 1 : 0);  // 0.0005/天
}

std::string example_text(Context const& context, tir::ExprId subject, Interval const& interval) {
  Type const type = context.program.exprs[subject].type;
  BigRational const value = example(interval);
  if (is_year_count(context, subject)) return "第" + tir::print_number(value) + "年";
  if (type.kind == Kind::Number) return drafted(value, type);
  auto const integer = static_cast<std::int32_t>(boost::multiprecision::numerator(value));
  if (type.kind == Kind::Date) return tir::print(context.program, tir::DateValue{integer}, type);
  if (type.kind == Kind::Month) return tir::print(context.program, tir::MonthValue{integer}, type);
  return tir::print(context.program, tir::YearValue{integer}, type);
}

Finding finding(Context const& context, Terms const& terms) {
  if (!terms.complete) return {};
  if (terms.any.empty()) return {Verdict::Impossible, true, {}};
  Finding found{Verdict::Possible, false, {}};
  for (auto const& term : terms.any) {
    std::size_t derived = 0;
    bool understood = true;
    for (auto const& constraint : term) {
      derived += constraint.plain ? 0 : 1;
      understood = understood && !constraint.opaque;
    }
    // One derived subject alone can be anything; beside another subject it may hang together with it.
    bool const certain = understood && (derived == 0 || term.size() == 1);
    if (found.witness.empty() || (certain && !found.certain))
      found = {Verdict::Possible, certain, witness(context, term)};
    if (found.certain) break;
  }
  return found;
}

}  // namespace huiyu::check
