#include "compiler/parse/literal.h"

#include "compiler/ast/vocabulary.h"
#include "compiler/parse/fold.h"
#include "compiler/parse/lexicon.h"
#include "runtime/base/civil.h"

namespace huiyu::parse {
namespace {

constexpr std::size_t most_digits = 18;  // what an int64 surely holds

std::size_t skip_digits(Characters text, std::size_t at) {
  while (at < text.size() &&
         (is_digit(text[at]) || (text[at] == U'_' && at + 1 < text.size() && is_digit(text[at + 1]))))
    ++at;
  return at;
}

// The longest word of the index that begins at `at`; `at` if none does.
std::size_t longest(WordIndex const& index, Characters text, std::size_t at, std::uint32_t* value = nullptr) {
  std::size_t end = at;
  WordIndex::Node node = WordIndex::root();
  for (std::size_t i = at; i < text.size(); ++i) {
    node = index.step(node, text[i]);
    if (node == WordIndex::none) break;
    if (index.value(node) == WordIndex::none) continue;
    end = i + 1;
    if (value != nullptr) *value = index.value(node);
  }
  return end;
}

// A unit word is not the beginning of a longer ASCII word.
bool ends_cleanly(Characters text, std::size_t end) {
  return end >= text.size() || !is_letter(text[end - 1]) || !(is_letter(text[end]) || is_digit(text[end]));
}

struct UnitMatch {
  std::size_t end = 0;
  ast::UnitWord unit = ast::UnitWord::None;
  std::uint8_t power = 0;
};

// [multiplier] unit, the longest of all readings.
UnitMatch match_number_unit(Characters text, std::size_t at) {
  Lexicon const& lexicon = Lexicon::instance();
  ast::UnitTable const table = ast::unit_table();
  UnitMatch best{at, ast::UnitWord::None, 0};
  auto const consider = [&](std::size_t from, std::uint8_t power) {
    std::uint32_t row = 0;
    std::size_t const end = longest(lexicon.units(), text, from, &row);
    // 3百万元: of two readings the longer multiplier; 5万元 has none.
    bool const better = end > best.end || (end == best.end && best.power != 0);
    if (end > from && better && ends_cleanly(text, end)) best = {end, table.units[row].unit, power};
  };
  if (at < text.size() && text[at] == U' ') ++at;  // 20 persons, joined by the scanner
  consider(at, 0);
  WordIndex::Node node = WordIndex::root();
  for (std::size_t i = at; i < text.size(); ++i) {
    node = lexicon.multipliers().step(node, text[i]);
    if (node == WordIndex::none) break;
    std::uint32_t const row = lexicon.multipliers().value(node);
    if (row != WordIndex::none) consider(i + 1, table.multipliers[row].power);
  }
  return best;
}

int chinese_digit(char32_t c) {
  switch (c) {
    case U'零':
    case U'〇': return 0;
    case U'一': return 1;
    case U'二':
    case U'两': return 2;
    case U'三': return 3;
    case U'四': return 4;
    case U'五': return 5;
    case U'六': return 6;
    case U'七': return 7;
    case U'八': return 8;
    case U'九': return 9;
    default: return -1;
  }
}

// 三 十二 二十 一百零五 三千: up to 9,999. Returns where it ends, `at` if there is none.
std::size_t match_chinese(Characters text, std::size_t at, std::int64_t* value = nullptr) {
  std::int64_t sum = 0;
  std::int64_t digit = -1;
  std::int64_t last_power = 10000;
  std::size_t i = at;
  for (; i < text.size(); ++i) {
    char32_t const c = text[i];
    if (int const d = chinese_digit(c); d >= 0) {
      if (digit > 0) break;  // 一二: not a number
      digit = d;
      continue;
    }
    std::int64_t const power = c == U'十' ? 10 : c == U'百' ? 100 : c == U'千' ? 1000 : 0;
    if (power == 0 || power >= last_power || (digit < 0 && power != 10) || digit == 0) break;
    sum += (digit < 0 ? 1 : digit) * power;
    digit = -1;
    last_power = power;
  }
  if (digit > 0) sum += digit;
  if (value != nullptr) *value = sum;
  return i;
}

struct NumberMatch {
  std::size_t digits_end = 0;  // of the numeral itself
  std::size_t end = 0;
  UnitMatch unit, per;
  bool chinese = false;
  bool point = false;
};

std::optional<NumberMatch> match_number(Characters text, std::size_t at) {
  NumberMatch match;
  std::size_t end = at;
  if (is_digit(text[at])) {
    end = skip_digits(text, at);
    if (end + 1 < text.size() && text[end] == U'.' && is_digit(text[end + 1])) {
      end = skip_digits(text, end + 1);
      match.point = true;
    }
    match.unit = match_number_unit(text, end);
    if (match.unit.end == end && end < text.size() && is_letter(text[end])) return std::nullopt;  // 3C
  } else {
    // 十万元 could be 十 and 万元; a numeral is shortened until a unit follows directly.
    std::size_t const longest_end = match_chinese(text, at);
    for (end = longest_end; end > at; --end) {
      match.unit = match_number_unit(text, end);
      if (match.unit.end > end) break;
    }
    if (end == at) return std::nullopt;
    match.chinese = true;
  }
  match.digits_end = end;
  match.end = match.unit.end;
  if (match.end > end && match.end + 1 < text.size() && text[match.end] == U'/') {
    UnitMatch const per = match_number_unit(text, match.end + 1);
    if (per.end > match.end + 1 && per.power == 0) {
      match.per = per;
      match.end = per.end;
    }
  }
  return match;
}

// dddd-d-d, or the year of 2024年[3月[1日]]. The run's scanner has made sure that - stands only in dates.
std::optional<std::size_t> match_date(Characters text, std::size_t at) {
  std::size_t const year = skip_digits(text, at);
  if (year - at != 4 || year >= text.size()) return std::nullopt;
  if (text[year] == U'-') {
    std::size_t const month = skip_digits(text, year + 1);
    if (month >= text.size() || text[month] != U'-') return std::nullopt;
    return skip_digits(text, month + 1);
  }
  if (text[year] != U'年') return std::nullopt;
  std::size_t const month = skip_digits(text, year + 1);
  if (month == year + 1 || month >= text.size() || text[month] != U'月') return year + 1;
  std::size_t const day = skip_digits(text, month + 1);
  if (day == month + 1 || day >= text.size() || text[day] != U'日') return month + 1;
  return day + 1;
}

bool begins_number(Characters text, std::size_t at) {
  return at < text.size() && (is_digit(text[at]) || text[at] == U'十' || chinese_digit(text[at]) > 0);
}

bool is_word(Characters text, std::size_t begin, std::size_t end, std::u32string_view word) {
  return std::u32string_view(text.data() + begin, end - begin) == word;
}

void read_digits(Characters text, std::size_t begin, std::size_t end, LiteralValue& value) {
  std::int64_t mantissa = 0;
  std::size_t digits = 0;
  std::uint8_t scale = 0;
  bool point = false;
  for (std::size_t i = begin; i < end; ++i) {
    if (text[i] == U'.') point = true;
    if (!is_digit(text[i])) continue;
    if (mantissa != 0 || text[i] != U'0') ++digits;
    if (digits > most_digits) {
      value.fault = LiteralFault::TooLong;
      return;
    }
    mantissa = mantissa * 10 + static_cast<std::int64_t>(text[i] - U'0');
    if (!point) continue;
    if (scale == most_digits) {
      value.fault = LiteralFault::TooLong;
      return;
    }
    ++scale;
  }
  value.number.mantissa = mantissa;
  value.number.scale = scale;
}

void raise(LiteralValue& value, std::uint8_t power) {
  for (; power > 0; --power) {
    if (value.number.scale > 0) {
      --value.number.scale;
    } else if (value.number.mantissa > 100'000'000'000'000'000) {
      value.fault = LiteralFault::TooLong;
      return;
    } else {
      value.number.mantissa *= 10;
    }
  }
}

LiteralValue read_number(Characters text, std::size_t at) {
  LiteralValue value;
  std::optional<NumberMatch> const match = match_number(text, at);
  if (!match) return value;
  if (match->chinese)
    match_chinese(text.first(match->digits_end), at, &value.number.mantissa);
  else
    read_digits(text, at, match->digits_end, value);
  raise(value, match->unit.power);
  value.number.unit = match->unit.unit;
  value.number.per = match->per.unit;
  return value;
}

std::int32_t read_whole(Characters text, std::size_t begin, std::size_t end) {
  std::int32_t number = 0;
  for (std::size_t i = begin; i < end; ++i)
    if (is_digit(text[i])) number = number * 10 + static_cast<std::int32_t>(text[i] - U'0');
  return number;
}

LiteralValue read_date(Characters text) {
  LiteralValue value;
  std::size_t const year = skip_digits(text, 0);
  std::size_t const month = skip_digits(text, year + 1);
  std::size_t const day = month < text.size() ? skip_digits(text, month + 1) : month;
  value.date.year = read_whole(text, 0, year);
  value.date.month = read_whole(text, year, month);
  if (day > month + 1) value.date.day = read_whole(text, month, day);
  CivilDate const probe{value.date.year, month > year + 1 ? value.date.month : 1, day > month + 1 ? value.date.day : 1};
  if (!valid_date(probe)) value.fault = LiteralFault::NoSuchDate;
  return value;
}

// The word that makes a literal with the number after it; null if there is none.
Lexicon::Form const* find_form(Characters text, std::size_t at) {
  for (Lexicon::Form const& form : Lexicon::instance().forms()) {
    if (text[at] != form.spelling[0]) continue;
    if (std::u32string_view(text.data() + at, text.size() - at).starts_with(form.spelling)) return &form;
  }
  return nullptr;
}

// 近3月: 月 alone is no unit, for 3月 is March.
bool is_month_alone(Characters text, NumberMatch const& number) {
  return number.unit.unit == ast::UnitWord::None && !number.point && number.end < text.size() &&
         text[number.end] == U'月';
}

std::optional<LiteralMatch> match_form(Characters text, std::size_t from, ast::Word form, bool before_bracket) {
  if (!begins_number(text, from)) return std::nullopt;
  std::optional<NumberMatch> const number = match_number(text, from);
  if (number && form == ast::Word::Recent && is_month_alone(text, *number))
    return LiteralMatch{LiteralKind::Recent, number->end + 1};
  if (!number || number->unit.unit == ast::UnitWord::None) return std::nullopt;
  ast::UnitWord const unit = number->unit.unit;
  if (form == ast::Word::Front) {
    bool const items = before_bracket && number->end == text.size() && unit == ast::UnitWord::Counting &&
                       !number->point &&
                       (is_word(text, number->digits_end, number->end, U"项") ||
                        is_word(text, number->digits_end, number->end, U" items"));
    return LiteralMatch{items ? LiteralKind::TopItems : LiteralKind::Top, number->end};
  }
  if (number->point) return std::nullopt;
  if (form == ast::Word::Nth) return LiteralMatch{LiteralKind::Ordinal, number->end};
  bool const period = unit == ast::UnitWord::Year || unit == ast::UnitWord::Month;
  return period ? std::optional(LiteralMatch{LiteralKind::Recent, number->end}) : std::nullopt;
}

}  // namespace

std::optional<LiteralMatch> match_literal(Characters text, std::size_t at, bool before_bracket) {
  if (is_digit(text[at])) {
    if (std::optional<std::size_t> const date = match_date(text, at)) return LiteralMatch{LiteralKind::Date, *date};
  } else if (Lexicon::Form const* const form = find_form(text, at); form != nullptr) {
    return match_form(text, at + form->spelling.size(), form->word, before_bracket);
  }
  if (!begins_number(text, at)) return std::nullopt;
  std::optional<NumberMatch> const number = match_number(text, at);
  if (!number) return std::nullopt;
  return LiteralMatch{LiteralKind::Number, number->end};
}

std::size_t match_citation(Characters text, std::size_t at) {
  for (;;) {
    if (at >= text.size() || text[at] != U'第') return at;
    std::size_t number = at + 1;
    if (number >= text.size()) return at;
    number = is_digit(text[number]) ? skip_digits(text, number) : match_chinese(text, number);
    if (number == at + 1 || number >= text.size()) return at;
    if (std::u32string_view(U"条款项目章节编").find(text[number]) == std::u32string_view::npos) return at;
    at = number + 1;
    if (at + 1 < text.size() && text[at] == U'之') {  // 第三条之一
      std::size_t const after = match_chinese(text, at + 1);
      if (after > at + 1) at = after;
    }
  }
}

std::size_t match_unit(Characters text, std::size_t at) {
  std::size_t const end = longest(Lexicon::instance().units(), text, at);
  return end > at && ends_cleanly(text, end) ? end : at;
}

LiteralValue read_literal(Characters text, LiteralKind kind) {
  if (kind == LiteralKind::Date) return read_date(text);
  Lexicon::Form const* const form = find_form(text, 0);
  LiteralValue value = read_number(text, form == nullptr ? 0 : form->spelling.size());
  if (kind == LiteralKind::Recent && value.number.unit == ast::UnitWord::None) value.number.unit = ast::UnitWord::Month;
  bool const whole = kind == LiteralKind::Ordinal || kind == LiteralKind::Recent || kind == LiteralKind::TopItems;
  if (whole && value.number.scale != 0) value.fault = LiteralFault::NotWhole;
  return value;
}

ast::UnitWord read_unit(Characters text) {
  std::uint32_t row = 0;
  std::size_t const end = longest(Lexicon::instance().units(), text, 0, &row);
  return end == text.size() && end > 0 ? ast::unit_table().units[row].unit : ast::UnitWord::None;
}

}  // namespace huiyu::parse
