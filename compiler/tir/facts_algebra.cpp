#include "compiler/tir/facts_algebra.h"

#include <algorithm>
#include <array>

namespace huiyu::tir {
namespace {

BigInt power_of_ten(int exponent) {
  BigInt value = 1;
  for (int i = 0; i < exponent; ++i) value *= 10;
  return value;
}

BigInt smallest(std::initializer_list<BigInt> values) { return *std::min_element(values.begin(), values.end()); }
BigInt largest(std::initializer_list<BigInt> values) { return *std::max_element(values.begin(), values.end()); }

int bits_of(NumberFacts const& facts) {
  return std::max(bits_needed(facts.numerator_low, facts.numerator_high), bits_needed(1, facts.denominator_high));
}

// Sets the working width from the result itself and from what its operands took.
NumberFacts finished(NumberFacts result, std::initializer_list<NumberFacts const*> operands) {
  result.number = true;
  result.fraction = result.denominator_high != 1;
  result.work_bits = std::max(result.work_bits, bits_of(result));
  for (auto const* operand : operands) result.work_bits = std::max(result.work_bits, operand->work_bits);
  return result;
}

// The same number with the numerator multiplied out to a greater scale.
NumberFacts at_scale(NumberFacts facts, int scale) {
  if (scale <= facts.scale) return facts;
  BigInt const factor = power_of_ten(scale - facts.scale);
  facts.numerator_low *= factor;
  facts.numerator_high *= factor;
  facts.scale = scale;
  facts.work_bits = std::max(facts.work_bits, bits_of(facts));
  return facts;
}

bool one_denominator(NumberFacts const& a, NumberFacts const& b) {
  return a.denominator_low == a.denominator_high && b.denominator_low == b.denominator_high &&
         a.denominator_low == b.denominator_low;
}

// The products of any numerator of one with any denominator of the other.
std::pair<BigInt, BigInt> crosswise(NumberFacts const& numerator, NumberFacts const& denominator) {
  auto const products = {BigInt(numerator.numerator_low * denominator.denominator_low),
                         BigInt(numerator.numerator_low * denominator.denominator_high),
                         BigInt(numerator.numerator_high * denominator.denominator_low),
                         BigInt(numerator.numerator_high * denominator.denominator_high)};
  return {smallest(products), largest(products)};
}

BigInt floor_divide(BigInt const& n, BigInt const& d) {
  BigInt quotient = n / d;
  if (n < 0 && quotient * d != n) quotient -= 1;
  return quotient;
}

}  // namespace

NumberFacts integer_facts(BigInt low, BigInt high, int scale) {
  NumberFacts facts;
  facts.scale = scale;
  facts.numerator_low = std::move(low);
  facts.numerator_high = std::move(high);
  return finished(std::move(facts), {});
}

NumberFacts constant_facts(BigRational const& value) {
  BigInt const numerator = boost::multiprecision::numerator(value);
  BigInt rest = boost::multiprecision::denominator(value);
  int twos = 0, fives = 0;
  for (; rest % 2 == 0; rest /= 2) ++twos;
  for (; rest % 5 == 0; rest /= 5) ++fives;
  NumberFacts facts;
  if (rest != 1) {
    facts.numerator_low = facts.numerator_high = numerator;
    facts.denominator_low = facts.denominator_high = boost::multiprecision::denominator(value);
    return finished(std::move(facts), {});
  }
  facts.scale = std::max(twos, fives);
  facts.numerator_low = facts.numerator_high =
      numerator * power_of_ten(facts.scale) / boost::multiprecision::denominator(value);
  return finished(std::move(facts), {});
}

bool is_constant(NumberFacts const& facts) {
  return facts.numerator_low == facts.numerator_high && facts.denominator_low == facts.denominator_high;
}

NumberFacts added(NumberFacts const& left, NumberFacts const& right) {
  int const scale = std::max(left.scale, right.scale);
  NumberFacts const a = at_scale(left, scale), b = at_scale(right, scale);
  NumberFacts result;
  result.scale = scale;
  if (one_denominator(a, b)) {
    result.numerator_low = a.numerator_low + b.numerator_low;
    result.numerator_high = a.numerator_high + b.numerator_high;
    result.denominator_low = result.denominator_high = a.denominator_low;
    return finished(std::move(result), {&a, &b});
  }
  auto const x = crosswise(a, b), y = crosswise(b, a);
  result.numerator_low = x.first + y.first;
  result.numerator_high = x.second + y.second;
  result.denominator_low = a.denominator_low * b.denominator_low;
  result.denominator_high = a.denominator_high * b.denominator_high;
  return finished(std::move(result), {&a, &b});
}

NumberFacts negated(NumberFacts const& a) {
  NumberFacts result = a;
  result.numerator_low = -a.numerator_high;
  result.numerator_high = -a.numerator_low;
  return finished(std::move(result), {&a});
}

NumberFacts multiplied(NumberFacts const& a, NumberFacts const& b) {
  auto const products = {BigInt(a.numerator_low * b.numerator_low), BigInt(a.numerator_low * b.numerator_high),
                         BigInt(a.numerator_high * b.numerator_low), BigInt(a.numerator_high * b.numerator_high)};
  NumberFacts result;
  result.scale = a.scale + b.scale;
  result.numerator_low = smallest(products);
  result.numerator_high = largest(products);
  result.denominator_low = a.denominator_low * b.denominator_low;
  result.denominator_high = a.denominator_high * b.denominator_high;
  return finished(std::move(result), {&a, &b});
}

NumberFacts divided(NumberFacts const& a, NumberFacts const& b) {
  if (is_constant(b) && b.numerator_low != 0)
    return multiplied(
        a, constant_facts(BigRational(b.denominator_low * power_of_ten(b.scale)) / BigRational(b.numerator_low)));
  NumberFacts result;
  result.scale = a.scale - b.scale;
  auto const numerator = crosswise(a, b);
  result.numerator_low = numerator.first;
  result.numerator_high = numerator.second;
  if (b.numerator_low < 0) {  // the divisor's sign moves to the numerator
    result.numerator_low = smallest({numerator.first, BigInt(-numerator.second)});
    result.numerator_high = largest({numerator.second, BigInt(-numerator.first)});
  }
  BigInt const low = b.numerator_low > 0    ? b.numerator_low
                     : b.numerator_high < 0 ? BigInt(-b.numerator_high)
                                            : BigInt(1);
  BigInt const high = largest({BigInt(1), b.numerator_high, BigInt(-b.numerator_low)});
  result.denominator_low = a.denominator_low * low;
  result.denominator_high = a.denominator_high * high;
  if (result.scale < 0) {
    BigInt const factor = power_of_ten(-result.scale);
    result.numerator_low *= factor;
    result.numerator_high *= factor;
    result.scale = 0;
  }
  return finished(std::move(result), {&a, &b});
}

NumberFacts united(NumberFacts const& left, NumberFacts const& right) {
  int const scale = std::max(left.scale, right.scale);
  NumberFacts const a = at_scale(left, scale), b = at_scale(right, scale);
  NumberFacts result;
  result.scale = scale;
  result.numerator_low = smallest({a.numerator_low, b.numerator_low});
  result.numerator_high = largest({a.numerator_high, b.numerator_high});
  result.denominator_low = smallest({a.denominator_low, b.denominator_low});
  result.denominator_high = largest({a.denominator_high, b.denominator_high});
  return finished(std::move(result), {&a, &b});
}

namespace {

// Of two integers the bounds can be told apart; of fractions only that it is one of the two.
NumberFacts picked(NumberFacts const& left, NumberFacts const& right, bool greatest) {
  NumberFacts result = united(left, right);
  result.work_bits = std::max(result.work_bits, bits_to_compare(left, right));
  if (left.fraction || right.fraction) return result;
  NumberFacts const a = at_scale(left, result.scale), b = at_scale(right, result.scale);
  result.numerator_low =
      greatest ? largest({a.numerator_low, b.numerator_low}) : smallest({a.numerator_low, b.numerator_low});
  result.numerator_high =
      greatest ? largest({a.numerator_high, b.numerator_high}) : smallest({a.numerator_high, b.numerator_high});
  return result;
}

}  // namespace

NumberFacts greater(NumberFacts const& a, NumberFacts const& b) { return picked(a, b, true); }
NumberFacts smaller(NumberFacts const& a, NumberFacts const& b) { return picked(a, b, false); }

NumberFacts rounded(NumberFacts const& a, int digits) {
  if (!a.fraction && a.scale <= digits) return a;
  // floor(n × 10^(digits − scale) ÷ d) and one more: every rounding lies between.
  BigInt const up = digits > a.scale ? power_of_ten(digits - a.scale) : BigInt(1);
  BigInt const down = digits < a.scale ? power_of_ten(a.scale - digits) : BigInt(1);
  NumberFacts scaled = a;
  scaled.numerator_low *= up;
  scaled.numerator_high *= up;
  scaled.denominator_low *= down;
  scaled.denominator_high *= down;
  int const work = std::max(bits_of(scaled), bits_needed(0, scaled.denominator_high) + 1);
  auto const floor_of = [&](BigInt const& numerator, bool low) {
    bool const far = (numerator < 0) == low;  // the smaller denominator gives the value farther from zero
    return floor_divide(numerator, far ? scaled.denominator_low : scaled.denominator_high);
  };
  BigInt low = floor_of(scaled.numerator_low, true), high = floor_of(scaled.numerator_high, false) + 1;
  int scale = digits;
  if (digits < 0) {
    low *= power_of_ten(-digits);
    high *= power_of_ten(-digits);
    scale = 0;
  }
  NumberFacts result = integer_facts(std::move(low), std::move(high), scale);
  result.work_bits = std::max(result.work_bits, work);
  return finished(std::move(result), {&a});
}

std::optional<NumberFacts> summed(NumberFacts const& each, std::int64_t count) {
  if (each.denominator_low != each.denominator_high) return std::nullopt;
  NumberFacts result = each;
  result.numerator_low = smallest({BigInt(0), BigInt(each.numerator_low * count)});
  result.numerator_high = largest({BigInt(0), BigInt(each.numerator_high * count)});
  return finished(std::move(result), {&each});
}

int bits_to_compare(NumberFacts const& left, NumberFacts const& right) {
  int const scale = std::max(left.scale, right.scale);
  NumberFacts const a = at_scale(left, scale), b = at_scale(right, scale);
  if (one_denominator(a, b)) return std::max(a.work_bits, b.work_bits);
  auto const x = crosswise(a, b), y = crosswise(b, a);
  return std::max({a.work_bits, b.work_bits, bits_needed(x.first, x.second), bits_needed(y.first, y.second)});
}

}  // namespace huiyu::tir
