#pragma once

// Explanations for programs and for people.

#include <cstdint>
#include <string>

#include "runtime/explain/explanation.h"

namespace huiyu::explain {

enum class Language : std::uint8_t { Chinese, English };

// One JSON object, keys always in the same order; amounts and values are exact texts. Indented, or one line where
// `indent` is −1.
std::string to_json(Explanation const& explanation, int indent = 2);

// Lines for people: ✓ ✗ ? !, the clause's own words, the values found and what would decide.
std::string to_text(Explanation const& explanation, Language language);

// 除数为零, …
std::string_view fault_text(Fault fault, Language language);

}  // namespace huiyu::explain
