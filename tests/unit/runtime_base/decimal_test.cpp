#include "runtime/base/decimal.h"

#include <random>
#include <string>

#include <doctest/doctest.h>

using huiyu::Decimal;
using huiyu::Int128;
using huiyu::parse_decimal;
using huiyu::print_decimal;
using huiyu::rescale;

namespace {

bool reads_as(std::string_view text, Int128 mantissa, int scale) {
  return parse_decimal(text) == Decimal{mantissa, scale};
}

}  // namespace

TEST_CASE("decimals are read as they are written") {
  CHECK(reads_as("0", 0, 0));
  CHECK(reads_as("1200", 1200, 0));
  CHECK(reads_as("-1,234.50", -123450, 2));
  CHECK(reads_as("+12.5", 125, 1));
  CHECK(reads_as("1_000", 1000, 0));
  CHECK(reads_as("1_0000_0000", 100000000, 0));
  CHECK(reads_as("0.000_1", 1, 4));
  CHECK(reads_as("12,345,678", 12345678, 0));
  CHECK(reads_as(".5", 5, 1));
  CHECK(reads_as("007", 7, 0));
  CHECK(reads_as("300000.00", 30000000, 2));
  CHECK(reads_as("－１，２３４．５０", -123450, 2));
  CHECK(reads_as("−3", -3, 0));
  CHECK(reads_as("170141183460469231731687303715884105727", huiyu::int128_max, 0));
}

TEST_CASE("what could be read in two ways, or not at all, is refused") {
  for (char const* text : {"",
                           "-",
                           "+",
                           ".",
                           "5.",
                           "1.2.3",
                           "1e3",
                           " 1",
                           "1 ",
                           "12a",
                           "--1",
                           "1-",
                           "1,5",
                           "1,23",
                           "1234,567",
                           ",123",
                           "1,,234",
                           "1,234,5",
                           "1,234,",
                           "1.234,5",
                           "1,23.4",
                           "_1",
                           "1_",
                           "1__0",
                           "1_.5",
                           "1._5",
                           "1,234_567",
                           "1_000,000",
                           "1.5,000",
                           "１,２",
                           "三百",
                           "\xFF",
                           "170141183460469231731687303715884105728",
                           "1.00000000000000000000000000000000000000000"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_decimal(text));
  }
}

TEST_CASE("rescaling keeps every digit or gives nothing") {
  CHECK(rescale({15, 1}, 2) == 150);
  CHECK(rescale({1500, 2}, 0) == 15);
  CHECK_FALSE(rescale({1505, 2}, 1));
  CHECK(rescale({-1500, 3}, 1) == -15);
  CHECK(rescale({0, 0}, 400) == 0);
  CHECK(rescale({0, 400}, 0) == 0);
  CHECK(rescale({INT64_MAX, 0}, 0) == INT64_MAX);
  CHECK(rescale({INT64_MIN, 0}, 0) == INT64_MIN);
  CHECK_FALSE(rescale({INT64_MAX, 0}, 1));
  CHECK_FALSE(rescale({Int128{INT64_MAX} + 1, 0}, 0));
  CHECK(rescale({(Int128{INT64_MAX} - 7) * 1000, 5}, 2) == INT64_MAX - 7);
  CHECK_FALSE(rescale({1, 0}, 400));
  CHECK_FALSE(rescale({huiyu::int128_min, 0}, 2));
}

TEST_CASE("scaled integers print exactly") {
  CHECK(print_decimal(30000000, 2) == "300000.00");
  CHECK(print_decimal(5, 2) == "0.05");
  CHECK(print_decimal(-5, 2) == "-0.05");
  CHECK(print_decimal(-123450, 2) == "-1234.50");
  CHECK(print_decimal(0, 0) == "0");
  CHECK(print_decimal(0, 3) == "0.000");
  CHECK(print_decimal(42, 0) == "42");
  CHECK(print_decimal(huiyu::int128_min, 38) == "-1.70141183460469231731687303715884105728");
}

TEST_CASE("what is printed is read back as the same number") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    Int128 const wide = static_cast<Int128>(random()) * static_cast<Int128>(random() >> 2);
    Int128 const mantissa = (random() % 2 == 0 ? wide : -wide) >> (random() % 120);
    int const scale = static_cast<int>(random() % 45);
    std::string const text = print_decimal(mantissa, scale);
    CAPTURE(text);
    REQUIRE(reads_as(text, mantissa, scale));
  }
}
