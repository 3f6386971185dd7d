#pragma once

// A table as the only sheet of an .xlsx workbook.
//
// Texts are always texts, whatever they begin with. Numbers of at most 15 digits are numbers, longer ones texts, for a
// sheet holds no more digits; dates are dates; lists and maps are one text, their entries parted by `、`.

#include <filesystem>

#include "runtime/base/result.h"
#include "runtime/columns/arrow_c.h"

namespace huiyu::records {

// A file that was there is replaced when all is written, and stays as it was after an error. More rows or longer texts
// than a sheet can hold are an error.
Result<void> write_xlsx(columns::ArrowStream stream, std::filesystem::path const& path);

}  // namespace huiyu::records
