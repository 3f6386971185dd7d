// What the reports of `huiyu report` share: places, orders, one row a line.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "compiler/source/source_set.h"

namespace huiyu::driver {

using Row = nlohmann::ordered_json;

// {"file": …, "line": …, "column": …} of where the span begins; counted from 1, columns in characters.
Row place_of(SourceSet const& sources, Span span);

// `path:line:column`.
std::string place_text(SourceSet const& sources, Span span);

// One object on one line, with line break.
std::string json_line(Row const& row);

// One cell of a CSV file: RFC 4180, with LF; and no cell that a spreadsheet would take for a formula.
std::string csv_cell(std::string_view text);

// Whether one id comes before another: numbers in them count as numbers, so P2 comes before P10.
bool before_by_number(std::string_view a, std::string_view b);

}  // namespace huiyu::driver
