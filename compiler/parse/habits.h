// What people write out of habit, and how the language says it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/parse/dictionary.h"

namespace huiyu::parse {

// What to write in place of `run`, a run of text that has no cut; `part` is the piece of it that is not known.
// None where nothing is known of it.
std::optional<std::string> habitual_wording(std::string_view run, std::string_view part, Dictionary const& visible,
                                            Dictionary const& own);

}  // namespace huiyu::parse
