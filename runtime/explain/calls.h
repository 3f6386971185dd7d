#pragma once

// Built-in functions as explanations evaluate them. Plans name them as compiler/builtins does, and mean the same.

#include <string_view>
#include <vector>

#include "runtime/explain/value.h"

namespace huiyu::explain {

// Whether this runtime knows a built-in; bind refuses plans that call others.
bool knows_call(std::string_view name);

// The result for known arguments; an error where there is no such date.
Value call_builtin(std::string_view name, std::vector<Value const*> const& arguments);

}  // namespace huiyu::explain
