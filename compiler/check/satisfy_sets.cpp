#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/check/satisfy.h"
#include "runtime/base/wide.h"

namespace huiyu::check {
namespace {

BigRational power_of_ten(int exponent) {
  BigInt value = 1;
  for (int i = 0; i < exponent; ++i) value *= 10;
  return BigRational(value);
}

// Numerator and denominator, where both fit a machine word.
std::optional<std::pair<Int128, Int128>> small(BigRational const& value) {
  auto const& n = value.backend().data().numerator();
  auto const& d = value.backend().data().denominator();
  auto const word = [](auto const& number) -> std::optional<Int128> {
    auto const& bits = number.backend();
    if (bits.size() > 1 || (*bits.limbs() >> 63) != 0) return std::nullopt;
    return bits.sign() ? -static_cast<Int128>(*bits.limbs()) : static_cast<Int128>(*bits.limbs());
  };
  auto const above = word(n), under = word(d);
  return above && under ? std::optional(std::pair(*above, *under)) : std::nullopt;
}

// The greatest integer ≤ n ÷ d; d > 0.
template <class Integer> Integer floor_of(Integer const& n, Integer const& d) {
  Integer quotient = n / d;
  if (n < 0 && quotient * d != n) quotient -= 1;
  return quotient;
}

}  // namespace

// Policies compare each of their bounds with all others, and nearly all of them fit a machine word.
bool below(BigRational const& a, BigRational const& b) {
  using boost::multiprecision::denominator, boost::multiprecision::numerator;
  if (auto const x = small(a), y = small(b); x && y) return x->first * y->second < y->first * x->second;
  return BigInt(numerator(a) * denominator(b)) < BigInt(numerator(b) * denominator(a));
}

bool Interval::empty() const {
  if (!low || !high) return false;
  if (!scale) return below(*high, *low) || (!below(*low, *high) && (low_open || high_open));
  // Of the multiples of 10^-scale the first and the last inside.
  auto const none_inside = [&](auto const& low_n, auto const& low_d, auto const& high_n, auto const& high_d) {
    auto first = floor_of(low_n, low_d), last = floor_of(high_n, high_d);
    if (low_open || low_n % low_d != 0) first += 1;
    if (high_open && high_n % high_d == 0) last -= 1;
    return first > last;
  };
  auto const unit = power_of_ten(*scale);
  auto const a = small(*low), b = small(*high), one = small(unit);
  if (a && b && one && *scale <= 18)
    return none_inside(a->first * one->first, a->second, b->first * one->first, b->second);
  using boost::multiprecision::denominator, boost::multiprecision::numerator;
  BigInt const by = numerator(BigRational(unit));
  return none_inside(BigInt(numerator(*low) * by), BigInt(denominator(*low)), BigInt(numerator(*high) * by),
                     BigInt(denominator(*high)));
}

IdSet intersect(IdSet const& a, IdSet const& b) {
  IdSet result;
  std::size_t i = 0, k = 0;
  while (i < a.ranges.size() && k < b.ranges.size()) {
    auto const low = std::max(a.ranges[i].first, b.ranges[k].first);
    auto const high = std::min(a.ranges[i].second, b.ranges[k].second);
    if (low <= high) result.ranges.emplace_back(low, high);
    if (a.ranges[i].second < b.ranges[k].second)
      ++i;
    else
      ++k;
  }
  return result;
}

IdSet unite(IdSet const& a, IdSet const& b) {
  std::vector<std::pair<std::int32_t, std::int32_t>> all = a.ranges;
  all.insert(all.end(), b.ranges.begin(), b.ranges.end());
  std::sort(all.begin(), all.end());
  IdSet result;
  for (auto const& [low, high] : all) {
    if (!result.ranges.empty() && low <= result.ranges.back().second + 1)
      result.ranges.back().second = std::max(result.ranges.back().second, high);
    else
      result.ranges.emplace_back(low, high);
  }
  return result;
}

IdSet complement(IdSet const& a, std::int32_t count) {
  IdSet result;
  std::int32_t next = 0;
  for (auto const& [low, high] : a.ranges) {
    if (low > next) result.ranges.emplace_back(next, low - 1);
    next = high + 1;
  }
  if (next < count) result.ranges.emplace_back(next, count - 1);
  return result;
}

}  // namespace huiyu::check
