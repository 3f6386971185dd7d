// What people write out of habit, and how the language says it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/base/other_units.h"
#include "compiler/parse/dictionary.h"

namespace huiyu::parse {

// What to write in place of `run`, a run of text that has no cut; `part` is the piece of it that is not known.
// None where nothing is known of it.
std::optional<std::string> habitual_wording(std::string_view run, std::string_view part, Dictionary const& visible,
                                            Dictionary const& own);

// The unit that numbers do not have here (吨 of `20元/吨`); `part` as above.
std::optional<OtherUnit> other_unit_in(std::string_view run, std::string_view part);

}  // namespace huiyu::parse
