// Dates, years and months as registers and spreadsheets write them. Two-digit years and serial numbers are not read.

#include <array>

#include "runtime/base/civil.h"
#include "runtime/columns/cell.h"

namespace huiyu::columns::detail {
namespace {

// Takes digits off the front; none if there are fewer than `least` or more than `most`.
std::optional<std::int32_t> take_digits(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  std::int32_t value = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') {
    if (++count > most) return std::nullopt;
    value = value * 10 + (text[count - 1] - '0');
  }
  if (count < least) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// What parts year, month and day, and what may end the text.
struct Pattern {
  std::string_view after_year, after_month, after_day;
};
constexpr std::array<Pattern, 4> patterns{{{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}}};

// A time of day after the date may only be midnight: a date is never cut out of a moment.
bool rest_is_midnight(std::string_view rest) {
  if (rest.empty()) return true;
  if (!take(rest, "T") && !take(rest, " ")) return false;
  if (!take(rest, "00:00")) return false;
  if (rest.empty()) return true;
  if (!take(rest, ":00")) return false;
  if (rest.empty()) return true;
  return take(rest, ".") && !rest.empty() && rest.find_first_not_of('0') == std::string_view::npos;
}

std::optional<std::int32_t> day_number(std::int32_t year, std::int32_t month, std::int32_t day) {
  CivilDate const date{year, month, day};
  if (!valid_date(date)) return std::nullopt;
  return days_from_civil(date);
}

std::optional<std::int32_t> month_number(std::int32_t year, std::int32_t month) {
  if (year < first_year || month < 1 || month > 12) return std::nullopt;
  return year * 12 + month - 1;
}

std::optional<std::int32_t> read_compact_date(std::string_view text) {
  auto const digits = take_digits(text, 8, 8);
  if (!digits || !rest_is_midnight(text)) return std::nullopt;
  return day_number(*digits / 10000, *digits / 100 % 100, *digits % 100);
}

std::optional<std::int32_t> read_compact_month(std::string_view text) {
  auto const digits = take_digits(text, 6, 6);
  if (!digits || !text.empty()) return std::nullopt;
  return month_number(*digits / 100, *digits % 100);
}

}  // namespace

std::optional<std::int32_t> read_date_text(std::string_view folded) {
  for (auto const& pattern : patterns) {
    auto rest = folded;
    auto const year = take_digits(rest, 4, 4);
    if (!year || !take(rest, pattern.after_year)) continue;
    auto const month = take_digits(rest, 1, 2);
    if (!month || !take(rest, pattern.after_month)) return std::nullopt;
    auto const day = take_digits(rest, 1, 2);
    if (!day || !take(rest, pattern.after_day) || !rest_is_midnight(rest)) return std::nullopt;
    return day_number(*year, *month, *day);
  }
  return read_compact_date(folded);
}

std::optional<std::int32_t> read_year_text(std::string_view folded) {
  auto const year = take_digits(folded, 4, 4);
  if (!year || *year < first_year) return std::nullopt;
  if (!folded.empty() && folded != "年" && folded != "年度") return std::nullopt;
  return year;
}

std::optional<std::int32_t> read_month_text(std::string_view folded) {
  for (auto const& pattern : patterns) {
    auto rest = folded;
    auto const year = take_digits(rest, 4, 4);
    if (!year || !take(rest, pattern.after_year)) continue;
    auto const month = take_digits(rest, 1, 2);
    // Only the Chinese form has a word after the month.
    if (!month || (pattern.after_year == "年" && !take(rest, "月")) || !rest.empty()) return std::nullopt;
    return month_number(*year, *month);
  }
  return read_compact_month(folded);
}

}  // namespace huiyu::columns::detail
