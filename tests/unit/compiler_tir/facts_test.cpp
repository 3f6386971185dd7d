// The bounds hold for every value that random formulas take: each result is computed exactly, step by step, in the form
// that the facts prescribe.
#include <random>

#include <doctest/doctest.h>

#include "compiler/tir/facts_algebra.h"
#include "compiler/tir/print.h"

using namespace huiyu;
using namespace huiyu::tir;

namespace {

BigInt power_of_ten(int exponent) {
  BigInt value = 1;
  for (int i = 0; i < exponent; ++i) value *= 10;
  return value;
}

// A value with what is known of it.
struct Known {
  NumberFacts facts;
  BigRational value;
};

bool within(Known const& known) {
  // value = n ÷ d × 10^-scale for some d in the bounds: check the two ends that matter.
  BigRational const scaled = known.value * BigRational(power_of_ten(known.facts.scale));
  BigRational const least = known.facts.numerator_low < 0
                                ? BigRational(known.facts.numerator_low) / BigRational(known.facts.denominator_low)
                                : BigRational(known.facts.numerator_low) / BigRational(known.facts.denominator_high);
  BigRational const most = known.facts.numerator_high < 0
                               ? BigRational(known.facts.numerator_high) / BigRational(known.facts.denominator_high)
                               : BigRational(known.facts.numerator_high) / BigRational(known.facts.denominator_low);
  return scaled >= least && scaled <= most;
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  Known leaf() {
    int const scale = pick(0, 4);
    BigInt low = pick(-1000, 1000), high = low + pick(0, 5000);
    BigInt const integer = low + pick(0, static_cast<int>(BigInt(high - low)));
    return {integer_facts(low, high, scale), BigRational(integer) / BigRational(power_of_ten(scale))};
  }
  Known constant() {
    BigRational const value = BigRational(pick(-500, 500)) / pick(1, 40);
    return {constant_facts(value), value};
  }
  Known formula(int depth) {
    if (depth == 0) return pick(0, 3) == 0 ? constant() : leaf();
    Known const a = formula(depth - 1), b = formula(depth - 1);
    switch (pick(0, 6)) {
      case 0: return {added(a.facts, b.facts), a.value + b.value};
      case 1: return {multiplied(a.facts, b.facts), a.value * b.value};
      case 2: return b.value == 0 ? a : Known{divided(a.facts, b.facts), a.value / b.value};
      case 3: return {greater(a.facts, b.facts), a.value > b.value ? a.value : b.value};
      case 4: return {smaller(a.facts, b.facts), a.value < b.value ? a.value : b.value};
      case 5: return {negated(a.facts), -a.value};
      default: return round(a, pick(-2, 4));
    }
  }

 private:
  int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  static Known round(Known const& a, int digits) {
    BigRational scaled = a.value;
    for (int i = 0; i < digits; ++i) scaled *= 10;
    for (int i = 0; i > digits; --i) scaled /= 10;
    scaled += BigRational(1) / 2;
    BigInt const numerator = boost::multiprecision::numerator(scaled),
                 denominator = boost::multiprecision::denominator(scaled);
    BigInt floor = numerator / denominator;
    if (numerator < 0 && floor * denominator != numerator) floor -= 1;
    BigRational value(floor);
    for (int i = 0; i < digits; ++i) value /= 10;
    for (int i = 0; i > digits; --i) value *= 10;
    return {rounded(a.facts, digits), value};
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("bits and limbs") {
  CHECK(bits_needed(0, 0) == 1);
  CHECK(bits_needed(0, 1) == 2);
  CHECK(bits_needed(-1, 0) == 1);
  CHECK(bits_needed(-128, 127) == 8);
  CHECK(bits_needed(-129, 0) == 9);
  CHECK(limbs_needed(64) == 1);
  CHECK(limbs_needed(65) == 2);
  CHECK(limbs_needed(129) == 4);
  CHECK(limbs_needed(512) == 8);
  CHECK(limbs_needed(513) == 0);
}

TEST_CASE("every value of a formula lies within its bounds") {
  Generator generator(20240630);
  for (int i = 0; i < 3000; ++i) {
    Known const known = generator.formula(i % 4);
    CAPTURE(print_number(known.value));
    CHECK(within(known));
    CHECK(known.facts.work_bits >= bits_needed(known.facts.numerator_low, known.facts.numerator_high));
    CHECK(known.facts.fraction == (known.facts.denominator_high != 1));
  }
}

TEST_CASE("a constant divisor is a factor, a varying one stays below the line") {
  NumberFacts const money = integer_facts(0, 10'000, 2);
  CHECK_FALSE(divided(money, constant_facts(4)).fraction);
  CHECK(divided(money, constant_facts(4)).scale == 4);  // × 0.25
  CHECK(divided(money, constant_facts(3)).denominator_high == 3);
  NumberFacts const share = divided(money, integer_facts(1, 50, 0));
  CHECK(share.fraction);
  CHECK(share.denominator_high == 50);
}

TEST_CASE("sums of fractions need one denominator") {
  NumberFacts const money = integer_facts(0, 10'000, 2);
  CHECK(summed(divided(money, constant_facts(3)), max_list_items).has_value());
  CHECK_FALSE(summed(divided(money, integer_facts(1, 50, 0)), max_list_items).has_value());
}
