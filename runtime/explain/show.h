#pragma once

// Values as a drafter writes them: 30万元, 5.5%, 山东省青岛市, 小型.

#include <string>

#include "runtime/explain/value.h"
#include "runtime/plan/plan.h"

namespace huiyu::explain {

// What a value is of: kind, unit and names come from the node or column.
struct ShowAs {
  plan::ValueKind kind{};
  std::uint8_t measure = 0;  // columns::Measure
  std::uint8_t code_system = 0;
  plan::Ref<plan::Enumeration> enumeration;
};

ShowAs show_as(plan::Explain const& node);

// A known value; 是 and 否 for truth. A fraction without an end is cut: `33.33333333…%`.
std::string show_value(plan::Plan const& plan, ShowAs const& as, Value const& value);
std::string show_value(plan::Plan const& plan, plan::Explain const& node, Value const& value);

// The value of a 认定 or 核定 as results state it: the shortest exact form, money with its 分, ratios as plain
// numbers.
std::string conclusion_text(plan::Plan const& plan, ShowAs const& as, Value const& value);

// 5000万元, 1.2亿元, 300000.05元: the largest unit that leaves few digits after the point.
std::string show_yuan(BigRational const& yuan);

// Decimal digits, at least `digits` after the point; `n/d` if there is no end to them.
std::string show_number(BigRational const& number, int digits);
inline std::string show_number(Exact const& number, int digits) { return show_number(number.big(), digits); }

}  // namespace huiyu::explain
