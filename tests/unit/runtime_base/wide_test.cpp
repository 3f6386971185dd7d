#include "runtime/base/wide.h"

#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/base/big.h"

using huiyu::BigInt;
using huiyu::BigRational;
using huiyu::divide_round;
using huiyu::floor_div;
using huiyu::Int128;
using huiyu::Int256;
using huiyu::Int512;
using huiyu::Rounding;

namespace {

constexpr Rounding every_rounding[] = {Rounding::HalfUp, Rounding::Down, Rounding::Up, Rounding::HalfEven};

BigInt floor_of(BigRational const& x) {
  BigInt const n = numerator(x);
  BigInt const d = denominator(x);  // positive
  BigInt quotient = n / d;
  if (n < 0 && quotient * d != n) quotient -= 1;
  return quotient;
}

// The rounding rules as they are written in prose, on exact fractions; shares nothing with divide_round.
BigInt rounded(BigRational const& x, Rounding rounding) {
  BigInt below = floor_of(x);
  if (BigRational(below) == x) return below;
  switch (rounding) {
    case Rounding::HalfUp: return floor_of(x + BigRational(1, 2));
    case Rounding::Down: return x < 0 ? BigInt(below + 1) : below;
    case Rounding::Up: return x < 0 ? below : BigInt(below + 1);
    case Rounding::HalfEven: {
      BigRational const past = x - BigRational(below);
      if (past != BigRational(1, 2)) return past < BigRational(1, 2) ? below : BigInt(below + 1);
      return below % 2 == 0 ? below : BigInt(below + 1);
    }
  }
  return 0;
}

template <class T> void agrees_with_fractions(T const& n, T const& d) {
  auto const big_n = static_cast<BigInt>(n);
  auto const big_d = static_cast<BigInt>(d);
  BigRational const exact = huiyu::make_fraction(big_n, big_d);
  CAPTURE(big_n.str());
  CAPTURE(big_d.str());
  for (Rounding const rounding : every_rounding) {
    CAPTURE(static_cast<int>(rounding));
    REQUIRE(BigInt(divide_round<T>(n, d, rounding)) == rounded(exact, rounding));
  }
  REQUIRE(BigInt(floor_div<T>(n, d)) == floor_of(exact));
}

// Numbers of every length and both signs: uniform ones would nearly all be long.
template <class T> T random_number(std::mt19937_64& random, unsigned bits) {
  auto const length = static_cast<unsigned>(random() % bits);
  T value = 0;
  for (unsigned i = 0; i < length; ++i) value = T(value * T(2) + T(static_cast<int>(random() & 1)));
  return random() % 2 == 0 ? value : T(-value);
}

template <class T> void random_quotients(unsigned bits, int count) {
  std::mt19937_64 random(20240301);
  for (int i = 0; i < count; ++i) {
    T const n = random_number<T>(random, bits);
    T d = random_number<T>(random, i % 2 == 0 ? bits : 6);
    if (d == 0) d = 2;
    agrees_with_fractions<T>(n, d);
    // A tie on purpose: (2k + 1) ÷ 2 and its multiples.
    T const k = random_number<T>(random, bits / 2 - 2);
    T const m = T(random_number<T>(random, 6) + T(64));
    agrees_with_fractions<T>(T((T(2) * k + T(1)) * m), T(T(2) * m));
    agrees_with_fractions<T>(T((T(2) * k + T(1)) * m), T(T(-2) * m));
  }
}

}  // namespace

TEST_CASE("rounding by example, as the words say") {
  struct Row {
    std::int64_t n, d, half_up, down, up, half_even;
  };
  for (Row const row : {Row{5, 2, 3, 2, 3, 2}, Row{-5, 2, -2, -2, -3, -2}, Row{7, 2, 4, 3, 4, 4},
                        Row{-7, 2, -3, -3, -4, -4}, Row{5, -2, -2, -2, -3, -2}, Row{-5, -2, 3, 2, 3, 2},
                        Row{7, 3, 2, 2, 3, 2}, Row{8, 3, 3, 2, 3, 3}, Row{-8, 3, -3, -2, -3, -3}, Row{6, 3, 2, 2, 2, 2},
                        Row{0, 7, 0, 0, 0, 0}, Row{1, 2, 1, 0, 1, 0}, Row{-1, 2, 0, 0, -1, 0}}) {
    CAPTURE(row.n);
    CAPTURE(row.d);
    CHECK(divide_round(row.n, row.d, Rounding::HalfUp) == row.half_up);
    CHECK(divide_round(row.n, row.d, Rounding::Down) == row.down);
    CHECK(divide_round(row.n, row.d, Rounding::Up) == row.up);
    CHECK(divide_round(row.n, row.d, Rounding::HalfEven) == row.half_even);
  }
}

TEST_CASE("small quotients of all signs agree with exact fractions") {
  for (std::int64_t n = -40; n <= 40; ++n) {
    for (std::int64_t d = -13; d <= 13; ++d) {
      if (d != 0) agrees_with_fractions<std::int64_t>(n, d);
    }
  }
}

TEST_CASE("random quotients of every width agree with exact fractions") {
  SUBCASE("int64") { random_quotients<std::int64_t>(63, 4000); }
  SUBCASE("Int128") { random_quotients<Int128>(127, 3000); }
  SUBCASE("Int256") { random_quotients<Int256>(255, 1000); }
  SUBCASE("Int512") { random_quotients<Int512>(511, 500); }
  SUBCASE("BigInt") { random_quotients<BigInt>(900, 300); }
}

TEST_CASE("the ends of the range need no wider intermediate") {
  auto const at_the_ends = [](auto low, auto high) {
    using T = decltype(low);
    std::vector<T> const ends = {low,   T(low + 1), T(low / 2), T(high / 2), T(high / 2 + 1), T(high - 1), high,
                                 T(-1), T(1),       T(2),       T(3)};
    for (T const& n : ends) {
      for (T const& d : ends) {
        if (!(n == low && d == T(-1))) agrees_with_fractions<T>(n, d);
      }
    }
  };
  at_the_ends(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
  at_the_ends(huiyu::int128_min, huiyu::int128_max);
}

TEST_CASE("division by zero and the quotient that does not fit are bugs of ours") {
  struct Caught {};
  auto* const before = huiyu::set_check_handler([](huiyu::CheckFailure const&) { throw Caught{}; });
  CHECK_THROWS_AS(divide_round<std::int64_t>(1, 0, Rounding::Down), Caught);
  CHECK_THROWS_AS(floor_div<BigInt>(1, 0), Caught);
  CHECK_THROWS_AS(floor_div<std::int64_t>(INT64_MIN, -1), Caught);
  CHECK_THROWS_AS(floor_div<Int128>(huiyu::int128_min, -1), Caught);
  huiyu::set_check_handler(before);
}

TEST_CASE("narrowing gives the value or nothing") {
  Int128 const edge{INT64_MAX};
  CHECK(huiyu::to_int64(edge) == INT64_MAX);
  CHECK_FALSE(huiyu::to_int64(Int128(edge + 1)));
  CHECK(huiyu::to_int64(Int128{INT64_MIN}) == INT64_MIN);
  CHECK_FALSE(huiyu::to_int64(Int128(Int128{INT64_MIN} - 1)));
  CHECK(huiyu::to_int64(BigInt("-9223372036854775808")) == INT64_MIN);
  CHECK_FALSE(huiyu::to_int64(BigInt("-9223372036854775809")));
  CHECK_FALSE(huiyu::to_int64(Int256("9223372036854775808")));
  CHECK((huiyu::to_int128(BigInt("170141183460469231731687303715884105727")) == huiyu::int128_max));
  CHECK_FALSE(huiyu::to_int128(BigInt("170141183460469231731687303715884105728")));
  CHECK((huiyu::to_int128(Int256("-170141183460469231731687303715884105728")) == huiyu::int128_min));
  CHECK_FALSE(huiyu::to_int128(Int256("-170141183460469231731687303715884105729")));
  CHECK((huiyu::to_int128(std::int64_t{-5}) == Int128{-5}));
}

TEST_CASE("fractions take any sign and are kept in lowest terms") {
  BigRational const half = huiyu::make_fraction(-3, -6);
  CHECK(half == BigRational(1, 2));
  CHECK(huiyu::make_fraction(3, -6) == -half);
  CHECK(denominator(huiyu::make_fraction(3, -6)) == 2);
  CHECK(half / huiyu::make_fraction(1, -4) == -2);
}

TEST_CASE("128-bit numbers print in full") {
  CHECK(huiyu::to_string(Int128{0}) == "0");
  CHECK(huiyu::to_string(Int128{-1234567890123456789}) == "-1234567890123456789");
  CHECK(huiyu::to_string(huiyu::int128_min) == "-170141183460469231731687303715884105728");
  CHECK(huiyu::to_string(huiyu::int128_max) == "170141183460469231731687303715884105727");
  CHECK(huiyu::to_string(~huiyu::UInt128{0}) == "340282366920938463463374607431768211455");
}
