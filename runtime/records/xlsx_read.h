#pragma once

// One sheet of an .xlsx workbook as a table of texts: the first row that is not blank names the columns, blank rows are
// left out.
//
// Texts are as they stand. A number is the shortest decimal that is the same number in the file; a number with a date's
// format is that date (2024-03-01), with the time where it is not midnight. A formula gives the value that was saved
// with it; an error such as #N/A stays a text, which no fact can be read from.
//
// The file may be hostile: entries of more than 2 GiB, or of more than 16 MiB and 500 times their packed size, more
// rows or columns than Excel knows, and documents that declare entities are refused.

#include <filesystem>
#include <string>

#include "runtime/base/result.h"
#include "runtime/columns/arrow_c.h"

namespace huiyu::records {

// `sheet` is its name; empty: the first of the workbook.
Result<columns::ArrowStream> read_xlsx(std::filesystem::path const& path, std::string const& sheet);

}  // namespace huiyu::records
