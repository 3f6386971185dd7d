#include "runtime/base/civil.h"

#include <doctest/doctest.h>

using huiyu::add_months;
using huiyu::civil_from_days;
using huiyu::CivilDate;
using huiyu::days_from_civil;
using huiyu::format_date;
using huiyu::parse_date;
using huiyu::shift_months;
using huiyu::valid_date;

static_assert(days_from_civil({1970, 1, 1}) == 0);
static_assert(days_from_civil({1, 1, 1}) == huiyu::first_day_number);
static_assert(days_from_civil({9999, 12, 31}) == huiyu::last_day_number);

namespace {

std::string months_after(char const* date, std::int64_t months) {
  auto const days = add_months(*parse_date(date), months);
  return days ? format_date(*days) : "none";
}

}  // namespace

TEST_CASE("day numbers count every day of years 1 to 9999, one after another") {
  CivilDate date{1, 1, 1};
  for (std::int32_t days = huiyu::first_day_number; days <= huiyu::last_day_number; ++days) {
    REQUIRE(civil_from_days(days) == date);
    REQUIRE(days_from_civil(date) == days);
    if (++date.day > huiyu::days_in_month(date.year, date.month)) {
      date.day = 1;
      if (++date.month > 12) {
        date.month = 1;
        ++date.year;
      }
    }
  }
  CHECK(date == CivilDate{10000, 1, 1});
}

TEST_CASE("only days that exist are dates") {
  CHECK(valid_date({2024, 2, 29}));
  CHECK(valid_date({2000, 2, 29}));
  CHECK_FALSE(valid_date({2023, 2, 29}));
  CHECK_FALSE(valid_date({1900, 2, 29}));
  CHECK_FALSE(valid_date({2024, 4, 31}));
  CHECK_FALSE(valid_date({2024, 13, 1}));
  CHECK_FALSE(valid_date({2024, 0, 1}));
  CHECK_FALSE(valid_date({2024, 1, 0}));
  CHECK_FALSE(valid_date({0, 12, 31}));
  CHECK_FALSE(valid_date({10000, 1, 1}));
}

TEST_CASE("dates are read as YYYY-MM-DD and nothing else") {
  CHECK(parse_date("2024-03-01") == days_from_civil({2024, 3, 1}));
  CHECK(format_date(*parse_date("0001-01-01")) == "0001-01-01");
  for (char const* text : {"2024-3-1", "2024/03/01", "20240301", "2023-02-29", "2024-03-01 ", "+024-03-01", "",
                           "2024-0３-1", "0000-01-01", "2024-03-0a"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("moving by months takes the last day of a shorter month") {
  CHECK(months_after("2024-01-31", 1) == "2024-02-29");
  CHECK(months_after("2023-01-31", 1) == "2023-02-28");
  CHECK(months_after("2024-02-29", 12) == "2025-02-28");
  CHECK(months_after("2024-02-29", 48) == "2028-02-29");
  CHECK(months_after("2024-03-31", -1) == "2024-02-29");
  CHECK(months_after("2024-01-15", -1) == "2023-12-15");
  CHECK(months_after("2024-01-15", -13) == "2022-12-15");
  CHECK(months_after("2024-08-31", 0) == "2024-08-31");
  CHECK(months_after("9999-12-01", 1) == "none");
  CHECK(months_after("0001-01-31", -1) == "none");
  CHECK(months_after("2024-01-01", INT64_MAX) == "none");
  CHECK(months_after("2024-01-01", INT64_MIN) == "none");
}

TEST_CASE("the month-end rule says when it was needed") {
  CHECK(shift_months(*parse_date("2024-01-31"), 1)->clipped);
  CHECK_FALSE(shift_months(*parse_date("2024-01-29"), 1)->clipped);
  CHECK(shift_months(*parse_date("2023-01-29"), 1)->clipped);
}
