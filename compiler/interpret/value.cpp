#include "compiler/interpret/value.h"

#include <algorithm>

namespace huiyu::interpret {
namespace {

Names needs_of(std::vector<Answer> const& operands) {
  Names all;
  for (auto const& operand : operands)
    if (operand.missing()) all.insert(operand.facts.begin(), operand.facts.end());
  return all;
}

Answer const* first_error(std::vector<Answer> const& operands) {
  auto const found = std::find_if(operands.begin(), operands.end(), [](Answer const& a) { return a.error(); });
  return found == operands.end() ? nullptr : &*found;
}

// 且 and 或 differ only in the value that decides alone.
Answer connect(bool decides, std::vector<Answer> const& operands) {
  bool unknown = false;
  for (auto const& operand : operands) {
    if (operand.is(decides)) return Answer::of(decides);
    unknown = unknown || operand.missing();
  }
  if (unknown) return Answer::needs(needs_of(operands));
  if (auto const* error = first_error(operands)) return *error;
  return Answer::of(!decides);
}

BigInt power_of_ten(int exponent) { return boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(exponent)); }

}  // namespace

char const* fault_text(FaultKind kind) {
  switch (kind) {
    case FaultKind::DivisionByZero: return "除数为零";
    case FaultKind::NoRow: return "没有一行符合，又无“其余”";
    case FaultKind::SeveralRows: return "两行以上同时符合";
    case FaultKind::NothingToRank: return "没有可以计算的项";
    case FaultKind::BeyondType: return "数值超出所存类型的范围";
    case FaultKind::BeyondCalendar: return "没有这样的日期";
    case FaultKind::NegativeAmount: return "金额为负";
  }
  return "?";
}

std::optional<Answer> undecided(std::vector<Answer> const& operands) {
  if (auto const* error = first_error(operands)) return *error;
  if (std::any_of(operands.begin(), operands.end(), [](Answer const& a) { return a.missing(); }))
    return Answer::needs(needs_of(operands));
  return std::nullopt;
}

Answer all_of(std::vector<Answer> const& operands) { return connect(false, operands); }
Answer any_of(std::vector<Answer> const& operands) { return connect(true, operands); }

Answer negate(Answer operand) {
  if (operand.known()) operand.value = !truth(operand);
  return operand;
}

bool ranks_below(tir::Value const& a, tir::Value const& b) {
  HUIYU_CHECK(a.index() == b.index(), "a comparison of two types");
  if (auto const* number_a = std::get_if<BigRational>(&a)) return *number_a < std::get<BigRational>(b);
  if (auto const* date = std::get_if<tir::DateValue>(&a)) return date->days < std::get<tir::DateValue>(b).days;
  if (auto const* year = std::get_if<tir::YearValue>(&a)) return year->year < std::get<tir::YearValue>(b).year;
  if (auto const* month = std::get_if<tir::MonthValue>(&a)) return month->month < std::get<tir::MonthValue>(b).month;
  if (auto const* entry = std::get_if<tir::EntryValue>(&a)) return entry->index > std::get<tir::EntryValue>(b).index;
  HUIYU_CHECK(false, "ranks what has no order");
  return false;
}

// With enough true ones some 且 is 真. Else a 且 without 假 needs all of n among 真, 未知 and 错误; of those the 或
// prefers one with a 未知 in it, and there is one as soon as any operand is unknown, for not all of the n can be true.
Answer at_least(std::int64_t count, std::vector<Answer> const& operands) {
  std::int64_t yes = 0, unknown = 0, error = 0;
  for (auto const& operand : operands) {
    if (operand.missing())
      ++unknown;
    else if (operand.error())
      ++error;
    else if (truth(operand))
      ++yes;
  }
  if (yes >= count) return Answer::of(true);
  if (yes + unknown + error < count) return Answer::of(false);
  if (unknown > 0) return Answer::needs(needs_of(operands));
  return *first_error(operands);
}

BigRational round_to(BigRational const& value, int digits, Rounding mode) {
  BigInt const unit = power_of_ten(digits < 0 ? -digits : digits);
  BigRational const scaled = digits < 0 ? BigRational(value / unit) : BigRational(value * unit);
  BigInt const whole = divide_round(BigInt(numerator(scaled)), BigInt(denominator(scaled)), mode);
  return digits < 0 ? BigRational(whole * unit) : BigRational(whole, unit);
}

std::string decimal_text(BigRational const& value) {
  // A fraction in lowest terms ends if its denominator has no prime factor but 2 and 5.
  BigInt rest = denominator(value);
  int twos = 0, fives = 0;
  for (; rest % 2 == 0; ++twos) rest /= 2;
  for (; rest % 5 == 0; ++fives) rest /= 5;
  if (rest != 1) return value.str();
  int const digits = std::max(twos, fives);
  BigInt const scaled = numerator(BigRational(value * power_of_ten(digits)));
  std::string text = BigInt(abs(scaled)).str();
  if (digits > 0) {
    auto const places = static_cast<std::size_t>(digits);
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    text.insert(text.size() - places, ".");
  }
  return scaled < 0 ? "-" + text : text;
}

}  // namespace huiyu::interpret
