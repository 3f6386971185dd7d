#include "compiler/builtins/builtin.h"
#include "runtime/base/civil.h"

namespace huiyu::builtins {
namespace {

constexpr Param params[] = {{"日期", plain(types::Kind::Date)}, {"期限", measured(types::BaseUnit::Month)}};

// A shorter month gives its last day. A part of a month is no length of time.
std::optional<tir::Value> kernel(std::span<tir::Value const> arguments) {
  auto const& months = std::get<BigRational>(arguments[1]);
  if (boost::multiprecision::denominator(months) != 1) return std::nullopt;
  BigInt const whole = boost::multiprecision::numerator(months);
  if (whole > last_year * 12 || whole < -last_year * 12) return std::nullopt;
  auto const moved = huiyu::add_months(std::get<tir::DateValue>(arguments[0]).days, static_cast<std::int64_t>(whole));
  return moved ? std::optional<tir::Value>(tir::DateValue{*moved}) : std::nullopt;
}

}  // namespace

extern Builtin const add_months;
Builtin const add_months{
    .name = "加月",
    .params = params,
    .result = plain(types::Kind::Date),
    .nulls = Nulls::Propagate,
    .kernel = kernel,
    .low = first_day_number,
    .high = last_day_number,
    .summary = "一个日期若干个月之后（之前）的对应日；没有对应日的取当月最后一天",
    .example = "加月（2024-01-31，1个月）= 2024-02-29",
};

}  // namespace huiyu::builtins
