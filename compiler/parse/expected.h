// Internal: what the parser could have read on, and what it found, in a drafter's words.
#pragma once

#include <cstddef>
#include <string_view>

#include <antlr4-runtime.h>

#include "compiler/diag/message.h"

namespace huiyu::parse {

// `名称或 ：` / `a name or ：`
diag::Phrase phrase_expected(antlr4::misc::IntervalSet const& types);

// "`，`", `行末`
diag::Phrase phrase_found(std::size_t type, std::string_view text);

}  // namespace huiyu::parse
