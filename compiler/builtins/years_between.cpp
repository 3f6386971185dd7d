#include "compiler/builtins/builtin.h"
#include "runtime/base/civil.h"

namespace huiyu::builtins {
namespace {

constexpr Param params[] = {{"后", plain(types::Kind::Year)}, {"先", plain(types::Kind::Year)}};

std::optional<tir::Value> kernel(std::span<tir::Value const> arguments) {
  return BigRational(std::get<tir::YearValue>(arguments[0]).year - std::get<tir::YearValue>(arguments[1]).year);
}

}  // namespace

extern Builtin const years_between;
Builtin const years_between{
    .name = "年差",
    .params = params,
    .result = plain(types::Kind::Number),
    .nulls = Nulls::Propagate,
    .kernel = kernel,
    .low = std::int64_t{first_year} - last_year,
    .high = std::int64_t{last_year} - first_year,
    .summary = "两个年度相隔的年数，后减先",
    .example = "年差（2024年，2021年）= 3",
};

}  // namespace huiyu::builtins
