#include "runtime/explain/exact.h"

#include <numeric>

namespace huiyu::explain {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

bool fits(Int128 value) { return -Int128{most} <= value && value <= Int128{most}; }

BigInt big(Int128 value) {
  auto const negative = value < 0;
  auto const size = negative ? UInt128(0) - static_cast<UInt128>(value) : static_cast<UInt128>(value);
  BigInt const made = (BigInt(static_cast<std::uint64_t>(size >> 64)) << 64) + BigInt(static_cast<std::uint64_t>(size));
  return negative ? BigInt(-made) : made;
}

}  // namespace

Exact::Exact(BigInt const& integer) : Exact(BigRational(integer)) {}

Exact::Exact(BigRational const& number) {
  auto const above = to_int64(BigInt(numerator(number))), below = to_int64(BigInt(denominator(number)));
  if (above && below && fits(*above)) {
    above_ = *above;
    below_ = *below;
  } else {
    big_ = std::make_shared<BigRational const>(number);
  }
}

Exact Exact::fraction(std::int64_t n, std::int64_t d) {
  Exact made(n);
  made.below_ = d;
  return made;
}

Exact Exact::made(Int128 n, Int128 d) {
  if (!fits(n) || !fits(d)) {
    auto a = n < 0 ? UInt128(0) - static_cast<UInt128>(n) : static_cast<UInt128>(n), b = static_cast<UInt128>(d);
    while (b != 0) {
      auto const rest = a % b;
      a = b;
      b = rest;
    }
    n /= static_cast<Int128>(a);
    d /= static_cast<Int128>(a);
  }
  if (fits(n) && fits(d)) return fraction(static_cast<std::int64_t>(n), static_cast<std::int64_t>(d));
  return BigRational(huiyu::explain::big(n), huiyu::explain::big(d));
}

std::optional<std::int64_t> Exact::integer() const {
  if (big_ != nullptr) return denominator(*big_) == 1 ? to_int64(BigInt(numerator(*big_))) : std::nullopt;
  if (above_ % below_ != 0) return std::nullopt;
  return above_ / below_;
}

BigRational Exact::big() const { return big_ != nullptr ? *big_ : BigRational(BigInt(above_), BigInt(below_)); }

std::strong_ordering Exact::compare_big(Exact const& a, Exact const& b) {
  auto const order = a.big().compare(b.big());
  return order < 0   ? std::strong_ordering::less
         : order > 0 ? std::strong_ordering::greater
                     : std::strong_ordering::equal;
}

Exact operator+(Exact const& a, Exact const& b) {
  if (a.big_ != nullptr || b.big_ != nullptr) return BigRational(a.big() + b.big());
  if (a.below_ == b.below_) return Exact::made(Int128{a.above_} + b.above_, a.below_);
  auto const left = Int128{a.above_} * b.below_, right = Int128{b.above_} * a.below_;
  return Exact::made(left + right, Int128{a.below_} * b.below_);
}

Exact operator-(Exact const& a, Exact const& b) {
  if (a.big_ != nullptr || b.big_ != nullptr) return BigRational(a.big() - b.big());
  if (a.below_ == b.below_) return Exact::made(Int128{a.above_} - b.above_, a.below_);
  auto const left = Int128{a.above_} * b.below_, right = Int128{b.above_} * a.below_;
  return Exact::made(left - right, Int128{a.below_} * b.below_);
}

Exact operator*(Exact const& a, Exact const& b) {
  if (a.big_ != nullptr || b.big_ != nullptr) return BigRational(a.big() * b.big());
  return Exact::made(Int128{a.above_} * b.above_, Int128{a.below_} * b.below_);
}

Exact operator/(Exact const& a, Exact const& b) {
  if (a.big_ != nullptr || b.big_ != nullptr) return BigRational(a.big() / b.big());
  auto const above = Int128{a.above_} * b.below_, below = Int128{a.below_} * b.above_;
  return below < 0 ? Exact::made(-above, -below) : Exact::made(above, below);
}

BigInt numerator(Exact const& number) {
  if (number.big_ != nullptr) return BigInt(numerator(*number.big_));
  return BigInt(number.above_ / std::gcd(number.above_, number.below_));
}

BigInt denominator(Exact const& number) {
  if (number.big_ != nullptr) return BigInt(denominator(*number.big_));
  return BigInt(number.below_ / std::gcd(number.above_, number.below_));
}

}  // namespace huiyu::explain
