#include <algorithm>

#include "compiler/check/satisfy.h"

namespace huiyu::check {
namespace {

BigRational power_of_ten(int exponent) {
  BigInt value = 1;
  for (int i = 0; i < exponent; ++i) value *= 10;
  return BigRational(value);
}

BigInt floor_of(BigRational const& value) {
  BigInt const numerator = boost::multiprecision::numerator(value),
               denominator = boost::multiprecision::denominator(value);
  BigInt quotient = numerator / denominator;
  if (numerator < 0 && quotient * denominator != numerator) quotient -= 1;
  return quotient;
}

}  // namespace

bool Interval::empty() const {
  if (!low || !high) return false;
  if (*low > *high) return true;
  if (*low == *high) {
    if (low_open || high_open) return true;
    return scale && boost::multiprecision::denominator(BigRational(*low * power_of_ten(*scale))) != 1;
  }
  if (!scale) return false;
  BigRational const scaled_low = *low * power_of_ten(*scale), scaled_high = *high * power_of_ten(*scale);
  BigInt first = floor_of(scaled_low);
  if (BigRational(first) < scaled_low || low_open) first += 1;
  return BigRational(first) > scaled_high || (BigRational(first) == scaled_high && high_open);
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
