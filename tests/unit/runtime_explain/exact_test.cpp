// Exact against Boost's fractions: whichever form holds a number, nothing else tells them apart.

#include "runtime/explain/exact.h"

#include <limits>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace huiyu::explain {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

// Small numbers, money, the ends of 64 bits, and what lies beyond.
std::vector<BigRational> numbers() {
  std::vector<BigRational> made{0,
                                1,
                                -1,
                                100,
                                most,
                                least,
                                least + 1,
                                BigRational(BigInt(most) * 3),
                                BigRational(1, 3),
                                BigRational(-7, 100),
                                BigRational(BigInt(most), 100),
                                BigRational(1, BigInt(most)),
                                BigRational(BigInt(most) * most, BigInt(most) - 1)};
  std::mt19937_64 random(20240630);
  auto const some = [&] { return static_cast<std::int64_t>(random()) >> (random() % 63); };
  for (int i = 0; i < 60; ++i) {
    auto const below = some();
    made.push_back(make_fraction(BigInt(some()), BigInt(below == 0 ? 1 : below)));
  }
  return made;
}

TEST_CASE("Exact computes and compares as fractions of any size do") {
  auto const all = numbers();
  for (auto const& a : all) {
    CHECK(Exact(a).big() == a);
    CHECK((-Exact(a)).big() == -a);
    CHECK(numerator(Exact(a)) == numerator(a));
    CHECK(denominator(Exact(a)) == denominator(a));
    CHECK(Exact(a).str() == a.str());
    for (auto const& b : all) {
      Exact const left(a), right(b);
      CHECK((left + right).big() == a + b);
      CHECK((left - right).big() == a - b);
      CHECK((left * right).big() == a * b);
      if (b != 0) CHECK((left / right).big() == a / b);
      CHECK((left < right) == (a < b));
      CHECK((left == right) == (a == b));
    }
  }
}

TEST_CASE("the small form need not be in lowest terms") {
  auto const half = Exact::fraction(50, 100);
  CHECK(half == Exact(BigRational(1, 2)));
  CHECK(numerator(half) == 1);
  CHECK(denominator(half) == 2);
  CHECK_FALSE(half.integer().has_value());
  CHECK(Exact::fraction(-300, 100).integer() == -3);
  CHECK(Exact::fraction(0, 100).integer() == 0);
  CHECK(denominator(Exact::fraction(0, 100)) == 1);
}

TEST_CASE("an integer of 64 bits is found, and no more") {
  CHECK(Exact(most).integer() == most);
  CHECK(Exact(least).integer() == least);
  CHECK_FALSE((Exact(most) + Exact(1)).integer().has_value());
  CHECK(((Exact(most) + Exact(1)) - Exact(1)).integer() == most);
  CHECK(Exact(least) == Exact(BigInt(least)));
}

}  // namespace
}  // namespace huiyu::explain
