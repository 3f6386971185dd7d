// Colours on a terminal. Who asks for none gets none: https://no-color.org and CLICOLOR, CLICOLOR_FORCE.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace huiyu::driver {

enum class ColorChoice { Auto, Always, Never };

// --color among the arguments, else NO_COLOR, CLICOLOR_FORCE, CLICOLOR; Auto where none says anything. Read before the
// arguments are parsed, as --lang is.
ColorChoice choose_color(int argument_count, char const* const* arguments);

// What the whole run does; Auto until it is set.
void set_color(ColorChoice choice);

// Whether what is written to the stream is coloured.
bool is_colored(std::FILE* stream);

// Diagnostics as render_text makes them, the words of their severity and what points at places coloured.
std::string color_diagnostics(std::string_view text);

// Lines of tests and lists: what follows ✓ and ✗ at the beginning of a line keeps its colour, the sign gets one.
std::string color_signs(std::string_view text);

// Writes the text to the stream, coloured by `paint` where the stream is.
void put(std::string_view text, std::FILE* stream, std::string (*paint)(std::string_view));

}  // namespace huiyu::driver
