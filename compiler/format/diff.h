// What laying out changed, for people.
#pragma once

#include <string>
#include <string_view>

namespace huiyu::format {

// The changed lines as in a unified diff, with a line of context around them; empty if the texts are equal.
// INVARIANT (lines correspond): laying out takes blank lines away and adds none, so lines need no search for their
// match.
std::string show_changes(std::string_view before, std::string_view after);

}  // namespace huiyu::format
