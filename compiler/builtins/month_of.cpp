#include "compiler/builtins/builtin.h"
#include "runtime/base/civil.h"

namespace huiyu::builtins {
namespace {

constexpr Param params[] = {{"日期", plain(types::Kind::Date)}};

std::optional<tir::Value> kernel(std::span<tir::Value const> arguments) {
  CivilDate const date = civil_from_days(std::get<tir::DateValue>(arguments[0]).days);
  return tir::MonthValue{date.year * 12 + date.month - 1};
}

}  // namespace

extern Builtin const month_of;
Builtin const month_of{
    .name = "月份",
    .params = params,
    .result = plain(types::Kind::Month),
    .nulls = Nulls::Propagate,
    .kernel = kernel,
    .low = std::int64_t{first_year} * 12,
    .high = std::int64_t{last_year} * 12 + 11,
    .summary = "日期所在的年月",
    .example = "月份（2024-02-29）= 2024年2月",
};

}  // namespace huiyu::builtins
