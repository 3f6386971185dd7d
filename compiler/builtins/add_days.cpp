#include "compiler/builtins/builtin.h"
#include "runtime/base/civil.h"

namespace huiyu::builtins {
namespace {

constexpr Param params[] = {{"日期", plain(types::Kind::Date)}, {"天数", measured(types::BaseUnit::Day)}};

std::optional<tir::Value> kernel(std::span<tir::Value const> arguments) {
  auto const& days = std::get<BigRational>(arguments[1]);
  if (boost::multiprecision::denominator(days) != 1) return std::nullopt;
  BigInt const moved = boost::multiprecision::numerator(days) + std::get<tir::DateValue>(arguments[0]).days;
  if (moved < first_day_number || moved > last_day_number) return std::nullopt;
  return tir::DateValue{static_cast<std::int32_t>(moved)};
}

}  // namespace

extern Builtin const add_days;
Builtin const add_days{
    .name = "加天",
    .params = params,
    .result = plain(types::Kind::Date),
    .nulls = Nulls::Propagate,
    .kernel = kernel,
    .low = first_day_number,
    .high = last_day_number,
    .summary = "一个日期若干天之后（之前）的那一天",
    .example = "加天（2024-02-28，2天）= 2024-03-01",
};

}  // namespace huiyu::builtins
