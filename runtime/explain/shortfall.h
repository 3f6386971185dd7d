#pragma once

// How far a record is from a test that it fails.

#include <optional>
#include <string>

#include "runtime/explain/evaluate.h"

namespace huiyu::explain {

// Whether the tree hangs on 基准日, so that time alone may change it.
bool hangs_on_time(plan::Plan const& plan, plan::Ref<plan::Explain> test);

// In words, of a test that is certainly false, or, `negated`, certainly true:
// - of an order that hangs on 基准日 the first day on which it comes right by itself, everything else staying as it is:
//   `2026-03-01`;
// - of numbers and dates what the record's side of the comparison must move, at least: `+120万元`, `-6人`, `+31天`. A
//   stated fact moves by whole steps of what it can store; of what is computed `>+0.2%` is more than that.
// Empty for all else: the test itself says what it wants.
std::string shortfall(Record const& record, std::uint32_t position, plan::Ref<plan::Explain> test, bool negated);

// A movement of a number as it is shown.
std::string moved(plan::Plan const& plan, plan::ValueKind kind, std::uint8_t measure, Exact const& by);

}  // namespace huiyu::explain
