#include "compiler/builtins/builtin.h"
#include "runtime/base/civil.h"

namespace huiyu::builtins {
namespace {

constexpr Param params[] = {{"起", plain(types::Kind::Date)}, {"止", plain(types::Kind::Date)}};

// The greatest n such that n years after the first day is no later than the second: the corresponding day completes a
// year.
std::optional<tir::Value> kernel(std::span<tir::Value const> arguments) {
  auto const from = std::get<tir::DateValue>(arguments[0]).days, to = std::get<tir::DateValue>(arguments[1]).days;
  std::int64_t years = civil_from_days(to).year - civil_from_days(from).year;
  auto const reached = huiyu::add_months(from, years * 12);
  if (!reached || *reached > to) --years;
  return BigRational(years);
}

}  // namespace

extern Builtin const full_years;
Builtin const full_years{
    .name = "周年数",
    .params = params,
    .result = plain(types::Kind::Number),
    .nulls = Nulls::Propagate,
    .kernel = kernel,
    .low = std::int64_t{first_year} - last_year - 1,
    .high = std::int64_t{last_year} - first_year,
    .summary = "从一天到另一天满了几周年，对应日当天算满",
    .example = "周年数（2021-03-01，2024-02-29）= 2",
};

}  // namespace huiyu::builtins
