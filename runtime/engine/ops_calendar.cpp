#include "runtime/base/civil.h"
#include "runtime/engine/ops.h"

namespace huiyu::engine {
namespace {

bool is_day(std::int64_t value) { return value >= first_day_number && value <= last_day_number; }

void moved_by_months(StepArguments const& step) {
  auto const& day = step.operands[0];
  auto const& months = step.operands[1];
  for (std::int64_t row = 0; row < step.rows; ++row) {
    auto& out = step.out.states[row];
    out = day.states[row] | months.states[row];
    if (out != state::known) continue;
    out = state::error;
    if (!is_day(day.values[row])) continue;
    if (auto const moved = add_months(static_cast<std::int32_t>(day.values[row]), months.values[row])) {
      out = state::known;
      step.out.values[row] = *moved;
    }
  }
}

template <bool with_month> void part_of_date(StepArguments const& step) {
  auto const& day = step.operands[0];
  for (std::int64_t row = 0; row < step.rows; ++row) {
    auto& out = step.out.states[row];
    out = day.states[row];
    if (out == state::known && !is_day(day.values[row])) out = state::error;
    if (out != state::known) continue;
    auto const date = civil_from_days(static_cast<std::int32_t>(day.values[row]));
    step.out.values[row] = with_month ? date.year * 12 + date.month - 1 : date.year;
  }
}

}  // namespace

StepFunction calendar_step(plan::Op op) {
  if (op == plan::Op::AddMonths) return &moved_by_months;
  if (op == plan::Op::YearOf) return &part_of_date<false>;
  if (op == plan::Op::MonthOf) return &part_of_date<true>;
  return nullptr;
}

}  // namespace huiyu::engine
