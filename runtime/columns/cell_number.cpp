// Numbers with units: digits, then a magnitude (万, 亿), then a unit, the last two perhaps in brackets.

#include <algorithm>
#include <array>
#include <span>

#include "runtime/base/decimal.h"
#include "runtime/columns/cell.h"
#include "runtime/columns/cell_rules.h"

namespace huiyu::columns {
namespace {

// One of the unit is factor × 10^exponent of the field's base unit.
struct UnitWord {
  std::string_view word;
  std::int8_t factor = 1;
  std::int8_t exponent = 0;
};

constexpr UnitWord yuan_words[] = {{"元"}};
constexpr UnitWord person_words[] = {{"人"}, {"名"}, {"位"}};
constexpr UnitWord item_words[] = {{"个"}, {"家"}, {"项"}, {"件"}, {"台"}, {"套"}, {"次"},
                                   {"户"}, {"笔"}, {"种"}, {"辆"}, {"间"}, {"条"}, {"份"}};
constexpr UnitWord ratio_words[] = {{"%", 1, -2}, {"‰", 1, -3}};
constexpr UnitWord score_words[] = {{"分"}};
// 1 亩 is 10,000 ÷ 15 m² by definition, so a square metre is 0.0015 亩 exactly.
constexpr UnitWord area_words[] = {{"亩"},          {"平方米", 15, -4},  {"m²", 15, -4},     {"㎡", 15, -4},
                                   {"公顷", 15, 0}, {"平方公里", 15, 2}, {"平方千米", 15, 2}};
constexpr UnitWord energy_words[] = {{"千瓦时"}, {"度"}, {"kWh"}, {"兆瓦时", 1, 3}, {"MWh", 1, 3}};
constexpr UnitWord dollar_words[] = {{"美元"}, {"USD"}, {"$"}};
constexpr UnitWord euro_words[] = {{"欧元"}, {"EUR"}, {"€"}};
constexpr UnitWord hong_kong_words[] = {{"港元"}, {"港币"}, {"HKD"}};
constexpr UnitWord yen_words[] = {{"日元"}, {"JPY"}};
constexpr UnitWord pound_words[] = {{"英镑"}, {"GBP"}, {"£"}};
constexpr UnitWord day_words[] = {{"天"}, {"日"}};
constexpr UnitWord working_day_words[] = {{"个工作日"}, {"工作日"}};
constexpr UnitWord month_words[] = {{"个月"}, {"月"}, {"年", 12, 0}};

std::span<UnitWord const> words_of(Measure measure) {
  switch (measure) {
    case Measure::Yuan: return yuan_words;
    case Measure::Persons: return person_words;
    case Measure::Items: return item_words;
    case Measure::Ratio: return ratio_words;
    case Measure::Score: return score_words;
    case Measure::Mu: return area_words;
    case Measure::KilowattHour: return energy_words;
    case Measure::Days: return day_words;
    case Measure::WorkingDays: return working_day_words;
    case Measure::Months: return month_words;
    case Measure::UsDollars: return dollar_words;
    case Measure::Euros: return euro_words;
    case Measure::HongKongDollars: return hong_kong_words;
    case Measure::Yen: return yen_words;
    case Measure::Pounds: return pound_words;
    case Measure::None:
    case Measure::Other: return {};
  }
  return {};
}

struct Magnitude {
  std::string_view word;
  int exponent;
};
constexpr std::array<Magnitude, 5> magnitudes{{{"十", 1}, {"百", 2}, {"千", 3}, {"万", 4}, {"亿", 8}}};

// Takes `万`, `百万`, `万亿` off the front. Each stands for a power of ten, and the powers add up.
// 千 before 瓦 belongs to the unit.
int take_magnitude(std::string_view& rest) {
  int exponent = 0;
  for (bool found = true; found;) {
    found = false;
    if (rest.starts_with("千瓦")) break;
    for (auto const& magnitude : magnitudes) {
      if (!rest.starts_with(magnitude.word)) continue;
      rest.remove_prefix(magnitude.word.size());
      exponent += magnitude.exponent;
      found = true;
      break;
    }
  }
  return exponent;
}

void strip(std::string_view& text, std::string_view word) {
  if (text.starts_with(word)) text.remove_prefix(word.size());
  if (text.ends_with(word)) text.remove_suffix(word.size());
  text = trim(text);
}

std::size_t digits_end(std::string_view text) {
  std::size_t end = 0;
  if (text.starts_with("−")) end = std::string_view("−").size();
  while (end < text.size() && std::string_view("+-0123456789.,_").find(text[end]) != std::string_view::npos) ++end;
  return end;
}

// factor × mantissa × 10^exponent as the field's integer.
Cell store(Int128 mantissa, int exponent, FieldLayout const& field) {
  if (mantissa == 0)
    exponent = 0;
  else
    exponent += field.scale;
  while (exponent < 0) {
    if (mantissa % 10 != 0) return Cell::faulty(CellFault::TooManyDecimals);
    mantissa /= 10;
    ++exponent;
  }
  constexpr Int128 limit = int128_max / 10;
  for (; exponent > 0; --exponent) {
    if (mantissa > limit || mantissa < -limit) return Cell::faulty(CellFault::OutOfRange);
    mantissa *= 10;
  }
  if (mantissa < field.low || mantissa > field.high) return Cell::faulty(CellFault::OutOfRange);
  return Cell::present(static_cast<std::int64_t>(mantissa));
}

constexpr std::array<std::string_view, 16> currencies{"美元", "USD", "$",    "欧元", "EUR",  "日元",   "JPY",  "港元",
                                                      "港币", "HKD", "英镑", "GBP",  "韩元", "新台币", "澳元", "加元"};

bool is_currency(std::string_view unit) {
  return unit == "元" || unit == "人民币" || std::find(currencies.begin(), currencies.end(), unit) != currencies.end();
}

// An amount in another currency: by the mapping's rate of its day, exactly; without one it is not converted.
Cell read_currency(Int128 mantissa, int exponent, std::string_view unit, FieldLayout const& field) {
  if (field.rules)
    for (auto const& rate : field.rules->rates) {
      if (unit != rate.currency) continue;
      Int128 const limit = int128_max / (rate.mantissa == 0 ? 1 : rate.mantissa);
      if (mantissa > limit || mantissa < -limit) return Cell::faulty(CellFault::OutOfRange);
      return store(mantissa * rate.mantissa, exponent - rate.scale, field);
    }
  return Cell::faulty(is_currency(unit) ? CellFault::ForeignCurrency : CellFault::Unreadable);
}

}  // namespace

Cell read_number(Int128 mantissa, int scale, FieldLayout const& field) {
  return store(mantissa, field.bare_exponent - scale, field);
}

Cell detail::read_number_text(std::string_view folded, FieldLayout const& field) {
  if (field.measure == Measure::Yuan) {
    strip(folded, "人民币");
    strip(folded, "¥");
    strip(folded, "￥");
  }
  auto const end = digits_end(folded);
  auto const number = parse_decimal(folded.substr(0, end));
  if (!number) return Cell::faulty(CellFault::Unreadable);

  auto unit = trim(folded.substr(end));
  if (unit.empty()) return read_number(number->mantissa, number->scale, field);
  if (unit.starts_with("(") && unit.ends_with(")") && unit.size() > 2) unit = trim(unit.substr(1, unit.size() - 2));
  if (field.measure == Measure::Yuan) strip(unit, "人民币");

  int exponent = take_magnitude(unit) - number->scale;
  if (unit.empty()) return store(number->mantissa, exponent, field);
  for (auto const& word : words_of(field.measure)) {
    if (unit != word.word) continue;
    Int128 const limit = int128_max / 100;
    if (number->mantissa > limit || number->mantissa < -limit) return Cell::faulty(CellFault::OutOfRange);
    return store(number->mantissa * word.factor, exponent + word.exponent, field);
  }
  // An amount of dollars in another currency is not converted: nobody says over which.
  if (field.measure >= Measure::UsDollars && field.measure <= Measure::Pounds)
    return Cell::faulty(is_currency(unit) ? CellFault::ForeignCurrency : CellFault::Unreadable);
  return field.measure == Measure::Yuan ? read_currency(number->mantissa, exponent, unit, field)
                                        : Cell::faulty(CellFault::Unreadable);
}

std::optional<std::string> without_exponent(std::string_view text) {
  auto const mark = text.find_first_of("eE");
  if (mark == std::string_view::npos) return std::string(text);
  auto const number = parse_decimal(text.substr(0, mark));
  auto const exponent = parse_decimal(text.substr(mark + 1));
  if (!number || !exponent || exponent->scale != 0) return std::nullopt;
  if (exponent->mantissa > 60 || exponent->mantissa < -60) return std::nullopt;
  int const scale = number->scale - static_cast<int>(exponent->mantissa);
  if (scale >= 0) return print_decimal(number->mantissa, scale);
  return print_decimal(number->mantissa, 0) + std::string(static_cast<std::size_t>(-scale), '0');
}

}  // namespace huiyu::columns
