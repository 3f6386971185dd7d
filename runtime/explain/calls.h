#pragma once

// Built-in functions as explanations evaluate them. Plans name them as compiler/builtins does, and mean the same.

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/explain/findings.h"

namespace huiyu::explain {

// Whether this runtime knows a built-in; bind refuses plans that call others.
bool knows_call(std::string_view name);

// The result for known arguments; an error where there is no such date.
Value call_builtin(std::string_view name, std::vector<Value const*> const& arguments, MonthEnd month_end);

// The last day of the month that a call ends in because that month has no such day as it began with; else none.
std::optional<std::int32_t> cut_to_month_end(std::string_view name, std::vector<Value const*> const& arguments);

}  // namespace huiyu::explain
