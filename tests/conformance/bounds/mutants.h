// Texts that say almost the same: each comparison word of a rule text made strict or lax, each bound moved by one in
// its last place.
#pragma once

#include <string>
#include <vector>

namespace huiyu::test {

struct Edit {
  std::size_t begin = 0, end = 0;
  std::string text;
};

enum class Change { Flip, Up, Down };
char const* change_name(Change change);

// One place where a text bounds something. `edits` holds what each change does to it; none: it does not apply.
struct Bound {
  std::size_t line = 0;  // from 1
  std::string shown;     // as written
  std::string literal;   // the number with its unit; empty where the bound is a name
  std::vector<Edit> edits[3];
};

// Comments, texts and quoted names hold no bounds.
std::vector<Bound> bounds_of(std::string const& text);

// The text with the changes made; edits do not overlap.
std::string with(std::string const& text, std::vector<Edit> edits);

}  // namespace huiyu::test
