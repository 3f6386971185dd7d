// Civil dates without a time zone: the proleptic Gregorian calendar, years 1 to 9999.
//
// A date is stored as a day number, days since 1970-01-01, in an int32.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/base/check.h"

namespace huiyu {

struct CivilDate {
  std::int32_t year = 1970;
  std::int32_t month = 1;  // 1 to 12
  std::int32_t day = 1;    // 1 to 31
  friend constexpr auto operator<=>(CivilDate const&, CivilDate const&) = default;
};

inline constexpr std::int32_t first_year = 1;
inline constexpr std::int32_t last_year = 9999;
inline constexpr std::int32_t first_day_number = -719162;  // 0001-01-01
inline constexpr std::int32_t last_day_number = 2932896;   // 9999-12-31

// Whether a year of the Gregorian calendar has a 29 February.
constexpr bool is_leap_year(std::int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

// The length of a month in days; the month must be 1 to 12.
constexpr std::int32_t days_in_month(std::int32_t year, std::int32_t month) {
  HUIYU_CHECK(month >= 1 && month <= 12, "month outside 1 to 12");
  if (month == 2) return is_leap_year(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Whether such a day exists, years 1 to 9999.
constexpr bool valid_date(CivilDate date) {
  return date.year >= first_year && date.year <= last_year && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= days_in_month(date.year, date.month);
}

// The day number of a valid date.
//
// Years are counted from 1 March, so that the leap day ends a year; an era is 400 years, 146,097 days.
constexpr std::int32_t days_from_civil(CivilDate date) {
  HUIYU_CHECK(valid_date(date), "day number of a date that does not exist");
  std::int32_t const year = date.month <= 2 ? date.year - 1 : date.year;
  std::int32_t const era = year / 400;  // year >= 0 here
  std::int32_t const year_of_era = year - era * 400;
  std::int32_t const month_from_march = (date.month + 9) % 12;
  std::int32_t const day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  std::int32_t const day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;  // 719,468 days lie between 0000-03-01 and 1970-01-01
}

// The date of a day number from first_day_number to last_day_number.
constexpr CivilDate civil_from_days(std::int32_t days) {
  HUIYU_CHECK(days >= first_day_number && days <= last_day_number, "day number outside years 1 to 9999");
  std::int32_t const shifted = days + 719468;  // > 0 here
  std::int32_t const era = shifted / 146097;
  std::int32_t const day_of_era = shifted - era * 146097;
  std::int32_t const year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  std::int32_t const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  std::int32_t const month_from_march = (5 * day_of_year + 2) / 153;
  std::int32_t const day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  std::int32_t const month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  std::int32_t const year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {year, month, day};
}

// A day number moved by whole months, and whether the month-end rule was needed.
struct MonthShift {
  std::int32_t days = 0;
  bool clipped = false;  // the month was too short and its last day was taken
};

// Moves by months; a shorter month gives its last day (2024-01-31 + 1 month = 2024-02-29). None outside years 1 to
// 9999.
constexpr std::optional<MonthShift> shift_months(std::int32_t days, std::int64_t months) {
  constexpr std::int64_t all_months = std::int64_t{last_year} * 12;
  if (months > all_months || months < -all_months) return std::nullopt;
  CivilDate const from = civil_from_days(days);
  std::int64_t const index = std::int64_t{from.year} * 12 + (from.month - 1) + months;  // months since year 0
  if (index < std::int64_t{first_year} * 12 || index >= (std::int64_t{last_year} + 1) * 12) return std::nullopt;
  CivilDate to{static_cast<std::int32_t>(index / 12), static_cast<std::int32_t>(index % 12) + 1, from.day};
  std::int32_t const length = days_in_month(to.year, to.month);
  bool const clipped = to.day > length;
  if (clipped) to.day = length;
  return MonthShift{days_from_civil(to), clipped};
}

// shift_months without the note: the day number alone.
constexpr std::optional<std::int32_t> add_months(std::int32_t days, std::int64_t months) {
  if (auto const shift = shift_months(days, months)) return shift->days;
  return std::nullopt;
}

// Reads `YYYY-MM-DD`, exactly ten ASCII characters, as a day number.
std::optional<std::int32_t> parse_date(std::string_view text);

// Prints a day number as `YYYY-MM-DD`.
std::string format_date(std::int32_t days);

}  // namespace huiyu
