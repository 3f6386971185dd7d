#include "compiler/builtins/builtin.h"
#include "runtime/base/civil.h"

namespace huiyu::builtins {
namespace {

constexpr Param params[] = {{"日期", plain(types::Kind::Date)}};

std::optional<tir::Value> kernel(std::span<tir::Value const> arguments) {
  return tir::YearValue{civil_from_days(std::get<tir::DateValue>(arguments[0]).days).year};
}

}  // namespace

extern Builtin const year_of;
Builtin const year_of{
    .name = "年份",
    .params = params,
    .result = plain(types::Kind::Year),
    .nulls = Nulls::Propagate,
    .kernel = kernel,
    .low = first_year,
    .high = last_year,
    .summary = "日期所在的年度",
    .example = "年份（2024-02-29）= 2024年",
};

}  // namespace huiyu::builtins
