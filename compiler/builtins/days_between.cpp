#include "compiler/builtins/builtin.h"
#include "runtime/base/civil.h"

namespace huiyu::builtins {
namespace {

constexpr Param params[] = {{"后", plain(types::Kind::Date)}, {"先", plain(types::Kind::Date)}};

std::optional<tir::Value> kernel(std::span<tir::Value const> arguments) {
  return BigRational(BigInt(std::get<tir::DateValue>(arguments[0]).days) - std::get<tir::DateValue>(arguments[1]).days);
}

}  // namespace

extern Builtin const days_between;
Builtin const days_between{
    .name = "天数差",
    .params = params,
    .result = measured(types::BaseUnit::Day),
    .nulls = Nulls::Propagate,
    .kernel = kernel,
    .low = std::int64_t{first_day_number} - last_day_number,
    .high = std::int64_t{last_day_number} - first_day_number,
    .summary = "两个日期相隔的天数，后减先",
    .example = "天数差（2024-03-01，2024-02-28）= 2天",
};

}  // namespace huiyu::builtins
