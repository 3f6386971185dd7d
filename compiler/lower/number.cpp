#include "compiler/lower/number.h"

#include <algorithm>

namespace huiyu::lower {

using plan::Op;

namespace {

BigInt const& numerator_of(BigRational const& value, BigInt& store) { return store = BigInt(numerator(value)); }

Range product(Range const& a, Range const& b) {
  BigInt const all[] = {BigInt(a.low * b.low), BigInt(a.low * b.high), BigInt(a.high * b.low), BigInt(a.high * b.high)};
  return {*std::min_element(std::begin(all), std::end(all)), *std::max_element(std::begin(all), std::end(all))};
}

int magnitude_bits(BigInt const& value) {
  return value == 0 ? 0 : static_cast<int>(boost::multiprecision::msb(value)) + 1;
}

// Two's complement limbs, little endian.
std::vector<std::uint64_t> limbs_of_value(BigInt const& value, std::size_t count) {
  BigInt rest = value;
  if (rest < 0) rest += BigInt(1) << static_cast<unsigned>(64 * count);
  BigInt const mask = (BigInt(1) << 64) - 1;
  std::vector<std::uint64_t> limbs;
  for (std::size_t i = 0; i < count; ++i) {
    limbs.push_back(static_cast<std::uint64_t>(BigInt(rest & mask)));
    rest >>= 64;
  }
  return limbs;
}

}  // namespace

std::optional<int> decimals_of(BigRational const& value) {
  BigInt rest(denominator(value));
  int twos = 0, fives = 0;
  if (rest == 1) return 0;
  for (; rest % 2 == 0; rest /= 2) ++twos;
  for (; rest % 5 == 0; rest /= 5) ++fives;
  if (rest != 1) return std::nullopt;
  return std::max(twos, fives);
}

BigInt power_of_ten(int exponent) { return boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(exponent)); }

std::optional<std::uint8_t> limbs_of(Range const& range) {
  // The least value of a width is left out, so that magnitudes and negation stay within it.
  int const bits = std::max(magnitude_bits(BigInt(abs(range.low))), magnitude_bits(BigInt(abs(range.high)))) + 1;
  for (int const limbs : {1, 2, 4, 8})
    if (bits <= 64 * limbs) return static_cast<std::uint8_t>(limbs);
  return std::nullopt;
}

Number Arithmetic::literal(BigRational value, int least_scale) {
  Number number;
  number.scale = least_scale;
  number.literal = std::move(value);
  return number;
}

Number Arithmetic::input(plan::Ref<plan::Column> column, int scale, Range range) {
  Number number;
  number.scale = scale;
  number.node = code_.input(column, *limbs_of(range), false);
  number.range = std::move(range);
  return number;
}

Number Arithmetic::constant(plan::Ref<plan::Constant> constant, Range range) {
  Number number;
  number.node = code_.constant(constant, 1, false);
  number.range = std::move(range);
  return number;
}

Number Arithmetic::undecided() {
  Number number;
  number.node = code_.constant(tables_.constant({plan::ConstantKind::Undecided, 1, {}, 0, plan::none, 0}), 1, false);
  return number;
}
NodeId Arithmetic::undecided_truth() {
  return code_.constant(tables_.constant({plan::ConstantKind::Undecided, 1, {}, 0, plan::none, 0}), 1, true);
}

NodeId Arithmetic::literal_node(BigInt const& value) {
  auto const limbs = limbs_of({value, value});
  if (!limbs) return undecided().node;
  plan::Constant constant;
  constant.width = *limbs;
  if (*limbs == 1) constant.value = static_cast<std::int64_t>(value);
  auto const wide = *limbs == 1 ? std::vector<std::uint64_t>{} : limbs_of_value(value, *limbs);
  auto const node = code_.constant(tables_.constant(constant, wide), *limbs, false);
  literals_.emplace(node, value);
  return node;
}

NodeId Arithmetic::make(Op op, std::vector<NodeId> operands, Range const& range, std::int64_t immediate) {
  auto const limbs = limbs_of(range);
  return limbs ? code_.add(op, std::move(operands), *limbs, false, immediate) : undecided().node;
}

Number Arithmetic::placed(Number a) {
  if (!a.literal) return a;
  BigRational const value = *a.literal;
  a.literal.reset();
  auto const decimals = decimals_of(value);
  if (decimals) a.scale = std::max(a.scale, *decimals);
  BigRational const scaled = value * BigRational(power_of_ten(a.scale));
  BigInt store;
  auto const exact = numerator_of(scaled, store);
  a.range = {exact, exact};
  a.node = literal_node(exact);
  if (decimals) return a;
  BigInt const below(denominator(scaled));
  a.denominator = literal_node(below);
  a.denominator_range = {below, below};
  return a;
}

std::optional<NodeId> Arithmetic::scaled_product(NodeId node, BigInt const& factor, Range const& range) {
  auto factors = code_.factors_of(node);
  for (auto& one : factors) {
    auto const literal = literals_.find(one);
    if (literal == literals_.end()) continue;
    one = literal_node(BigInt(literal->second * factor));
    return make(Op::Multiply, factors, range);
  }
  return std::nullopt;
}

Number Arithmetic::at_scale(Number a, int scale) {
  if (a.literal) {
    a.scale = std::max(a.scale, scale);
    a = placed(std::move(a));
  }
  int const more = scale - a.scale;
  if (more <= 0) return a;
  auto const factor = power_of_ten(more);
  a.range = {BigInt(a.range.low * factor), BigInt(a.range.high * factor)};
  auto const product = scaled_product(a.node, factor, a.range);
  a.node = product ? *product : make(Op::ScaleUp, {a.node}, a.range, more);
  a.scale = scale;
  return a;
}

void Arithmetic::align(Number& a, Number& b) {
  // Literals follow the other's scale, as far as their own decimals allow.
  if (a.literal && !b.literal) a.scale = b.scale;
  if (b.literal && !a.literal) b.scale = a.scale;
  a = placed(std::move(a)), b = placed(std::move(b));
  int const scale = std::max(a.scale, b.scale);
  a = at_scale(std::move(a), scale), b = at_scale(std::move(b), scale);
}

NodeId Arithmetic::multiply_nodes(NodeId a, Range const& range_a, NodeId b, Range const& range_b, Range& result) {
  result = product(range_a, range_b);
  return make(Op::Multiply, {a, b}, result);
}

void Arithmetic::common_denominator(Number& a, Number& b) {
  if (a.denominator == b.denominator) return;
  auto const of_a = a, of_b = b;
  if (of_b.fraction())
    a.node = multiply_nodes(of_a.node, of_a.range, of_b.denominator, of_b.denominator_range, a.range);
  if (of_a.fraction())
    b.node = multiply_nodes(of_b.node, of_b.range, of_a.denominator, of_a.denominator_range, b.range);
  NodeId denominator = of_a.fraction() ? of_a.denominator : of_b.denominator;
  Range range = of_a.fraction() ? of_a.denominator_range : of_b.denominator_range;
  if (of_a.fraction() && of_b.fraction())
    denominator =
        multiply_nodes(of_a.denominator, of_a.denominator_range, of_b.denominator, of_b.denominator_range, range);
  a.denominator = b.denominator = denominator;
  a.denominator_range = b.denominator_range = range;
}

Number Arithmetic::add(Number a, Number b, bool subtract) {
  if (a.literal && b.literal)
    return literal(subtract ? BigRational(*a.literal - *b.literal) : BigRational(*a.literal + *b.literal),
                   std::max(a.scale, b.scale));
  align(a, b);
  common_denominator(a, b);
  auto result = a;
  result.range = subtract ? Range{BigInt(a.range.low - b.range.high), BigInt(a.range.high - b.range.low)}
                          : Range{BigInt(a.range.low + b.range.low), BigInt(a.range.high + b.range.high)};
  result.node = make(subtract ? Op::Subtract : Op::Add, {a.node, b.node}, result.range);
  return result;
}

Number Arithmetic::multiply(Number const& left, Number const& right) {
  if (left.literal && right.literal)
    return literal(BigRational(*left.literal * *right.literal), std::max(left.scale, right.scale));
  auto const a = placed(left), b = placed(right);
  Number result;
  result.scale = a.scale + b.scale;
  result.node = multiply_nodes(a.node, a.range, b.node, b.range, result.range);
  if (a.fraction() && b.fraction()) {
    result.denominator = multiply_nodes(a.denominator, a.denominator_range, b.denominator, b.denominator_range,
                                        result.denominator_range);
  } else if (a.fraction() || b.fraction()) {
    result.denominator = a.fraction() ? a.denominator : b.denominator;
    result.denominator_range = a.fraction() ? a.denominator_range : b.denominator_range;
  }
  return result;
}

// a ÷ b = (numerator of a × denominator of b) ÷ (denominator of a × numerator of b), the sign moved to the numerator.
Number Arithmetic::divide(Number const& left, Number const& right) {
  if (right.literal) {
    if (*right.literal == 0) return undecided();
    return multiply(left, literal(BigRational(1 / *right.literal), right.scale));
  }
  auto a = placed(left);
  auto b = right;
  b.node = code_.add(Op::NonZero, {b.node}, code_.width(b.node));
  if (b.range.low < 0) {
    auto const sign = code_.add(Op::Sign, {b.node}, 1);
    a.node = multiply_nodes(a.node, a.range, sign, {-1, 1}, a.range);
    BigInt const largest = std::max(BigInt(abs(b.range.low)), BigInt(abs(b.range.high)));
    b.range = {0, largest};
    b.node = make(Op::Absolute, {b.node}, b.range);
  }
  b.range.low = std::max(b.range.low, BigInt(1));
  b.range.high = std::max(b.range.high, b.range.low);
  Number result = a;
  result.denominator = b.node;
  result.denominator_range = b.range;
  if (a.fraction())
    result.denominator = multiply_nodes(a.denominator, a.denominator_range, b.node, b.range, result.denominator_range);
  if (b.fraction()) result.node = multiply_nodes(a.node, a.range, b.denominator, b.denominator_range, result.range);
  result.scale = a.scale - b.scale;
  if (result.scale < 0) {
    int const more = -result.scale;
    auto const factor = power_of_ten(more);
    result.range = {BigInt(result.range.low * factor), BigInt(result.range.high * factor)};
    result.node = make(Op::ScaleUp, {result.node}, result.range, more);
    result.scale = 0;
  }
  return result;
}

Number Arithmetic::negate(Number a) {
  if (a.literal) return literal(BigRational(-*a.literal), a.scale);
  a.range = {BigInt(-a.range.high), BigInt(-a.range.low)};
  a.node = make(Op::Negate, {a.node}, a.range);
  return a;
}

Number Arithmetic::extreme(Number a, Number b, bool greater) {
  if (a.literal && b.literal) return (*a.literal < *b.literal) == greater ? b : a;
  align(a, b);
  auto const pick = [&](BigInt const& x, BigInt const& y) {
    return greater ? BigInt(std::max(x, y)) : BigInt(std::min(x, y));
  };
  if (!a.fraction() && !b.fraction()) {
    auto result = a;
    result.range = {pick(a.range.low, b.range.low), pick(a.range.high, b.range.high)};
    result.node = make(greater ? Op::Maximum : Op::Minimum, {a.node, b.node}, result.range);
    return result;
  }
  // Over one denominator the numerators are compared; a choice keeps each with its own.
  auto const take_b = greater ? less(a, b) : less(b, a);
  auto const one = [&](Number const& x) { return x.fraction() ? x.denominator : literal_node(1); };
  auto const both = [](Range const& x, Range const& y) {
    return Range{BigInt(std::min(x.low, y.low)), BigInt(std::max(x.high, y.high))};
  };
  auto result = a;
  result.range = both(a.range, b.range);
  result.denominator_range = both(a.denominator_range, b.denominator_range);
  result.node = make(Op::ChooseUnique, {take_b, b.node, a.node}, result.range);
  result.denominator = make(Op::ChooseUnique, {take_b, one(b), one(a)}, result.denominator_range);
  return result;
}

Number Arithmetic::round(Number a, int digits, Rounding mode) {
  a = placed(std::move(a));
  int const drop = a.scale - digits;
  auto const quotient = [&](BigInt const& n, BigInt const& d) { return divide_round(n, d, mode); };
  Number result;
  if (a.fraction()) {
    // The nearest and the farthest denominator bound the quotient on each side of 0.
    auto const up = power_of_ten(std::max(0, -drop)), down = power_of_ten(std::max(0, drop));
    if (drop < 0) a = at_scale(std::move(a), digits);
    NodeId denominator = a.denominator;
    Range range = a.denominator_range;
    if (drop > 0) {
      range = {BigInt(range.low * down), BigInt(range.high * down)};
      denominator = make(Op::ScaleUp, {denominator}, range, drop);
    }
    result.range = {quotient(a.range.low, a.range.low < 0 ? range.low : range.high),
                    quotient(a.range.high, a.range.high < 0 ? range.high : range.low)};
    result.node = make(Op::DivideRound, {a.node, denominator}, result.range, static_cast<std::int64_t>(mode));
  } else if (drop > 0) {
    auto const divisor = power_of_ten(drop);
    result.range = {quotient(a.range.low, divisor), quotient(a.range.high, divisor)};
    result.node = make(Op::RoundDecimal, {a.node}, result.range, 4 * drop + static_cast<std::int64_t>(mode));
  } else {
    return a;  // it has no more digits than that
  }
  result.scale = digits;
  return digits < 0 ? at_scale(std::move(result), 0) : result;
}

// floor(x) = ⌊(x − ½) + ½⌋: 四舍五入 of what lies half a unit lower; toward zero is the same where nothing is below it.
Number Arithmetic::floor(Number a, int digits) {
  a = placed(std::move(a));
  if (a.range.low >= 0 || (!a.fraction() && a.scale <= digits)) return round(std::move(a), digits, Rounding::Down);
  return round(add(std::move(a), literal(BigRational(BigInt(1), BigInt(2 * power_of_ten(digits)))), true), digits,
               Rounding::HalfUp);
}

Number Arithmetic::bound_for(Number bound, int scale, bool round_up) {
  BigRational const scaled = *bound.literal * BigRational(power_of_ten(scale));
  BigInt const n(numerator(scaled)), d(denominator(scaled));
  BigInt const whole = round_up ? BigInt(-floor_div(BigInt(-n), d)) : floor_div(n, d);
  return literal(BigRational(whole, power_of_ten(scale)), scale);
}

NodeId Arithmetic::compare(Op op, Number a, Number b) {
  align(a, b);
  common_denominator(a, b);
  return code_.add(op, {a.node, b.node}, 1, true);
}

// Beside an integer a literal with more decimals is as good as the integer next to it: x < 0.005 is x < 0.01 at two
// decimals.
NodeId Arithmetic::less(Number a, Number b) {
  if (b.literal && !a.literal && !a.fraction())
    b = bound_for(std::move(b), a.scale, true);
  else if (a.literal && !b.literal && !b.fraction())
    a = bound_for(std::move(a), b.scale, false);
  return compare(Op::Less, std::move(a), std::move(b));
}
NodeId Arithmetic::at_most(Number a, Number b) {
  if (b.literal && !a.literal && !a.fraction())
    b = bound_for(std::move(b), a.scale, false);
  else if (a.literal && !b.literal && !b.fraction())
    a = bound_for(std::move(a), b.scale, true);
  return compare(Op::AtMost, std::move(a), std::move(b));
}
NodeId Arithmetic::equal(Number a, Number b) { return compare(Op::Equal, std::move(a), std::move(b)); }

Number Arithmetic::not_negative(Number a) {
  a = placed(std::move(a));
  if (a.range.low >= 0) return a;
  a.node = code_.add(Op::NonNegative, {a.node}, code_.width(a.node));
  a.range.low = 0;
  a.range.high = std::max(a.range.high, BigInt(0));
  return a;
}

Number Arithmetic::within(Number a, Range const& limits, int scale) {
  a = placed(std::move(a));
  auto const low = literal(BigRational(limits.low, power_of_ten(scale))),
             high = literal(BigRational(limits.high, power_of_ten(scale)));
  if (a.fraction()) {
    // The quotient is never formed: numerator and denominator are compared crosswise.
    auto const inside = code_.add(Op::And, {at_most(low, a), at_most(a, high)}, 1, true);
    a.node = code_.add(Op::ChooseUnique, {inside, a.node}, code_.width(a.node));
    return a;
  }
  auto const least = bound_for(low, a.scale, true), most = bound_for(high, a.scale, false);
  auto const integer = [&](Number const& bound) {
    return BigInt(numerator(BigRational(*bound.literal * BigRational(power_of_ten(a.scale)))));
  };
  Range const inside{integer(least), integer(most)};
  // A node computed wide may hold a narrow range; whoever stores it counts on the width of the range.
  bool const narrow = code_.width(a.node) == limbs_of(a.range);
  if (inside.low <= a.range.low && a.range.high <= inside.high && narrow) return a;
  Range const result{BigInt(std::max(inside.low, a.range.low)), BigInt(std::min(inside.high, a.range.high))};
  if (result.low > result.high) return undecided();
  auto const operand = a.node;
  a.range = result;
  a.node = make(Op::Fits, {operand, literal_node(inside.low), literal_node(inside.high)}, result);
  return a;
}

Number Arithmetic::reduced(Number a) {
  a = placed(std::move(a));
  auto const denominator = a.fraction() ? a.denominator : literal_node(1);
  auto const whole = a;
  a.node = make(Op::ReduceNumerator, {whole.node, denominator}, whole.range);
  a.denominator = make(Op::ReduceDenominator, {whole.node, denominator}, whole.denominator_range);
  // Reducing may bring either nearer to 1 or 0.
  a.range = {BigInt(std::min(whole.range.low, BigInt(0))), BigInt(std::max(whole.range.high, BigInt(0)))};
  a.denominator_range.low = 1;
  return a;
}

}  // namespace huiyu::lower
