#pragma once

// The names in the first line of a CSV file. Read here and not guessed by DuckDB, whose sniffer tries several ways of
// taking the file and, where none fits, cannot say which line is at fault.

#include <string>
#include <vector>

#include "runtime/base/result.h"

namespace huiyu::records::duckdb {

// The names of the columns of an open file; a column without one is called column1, column2, … by its place.
// Two columns of one name (capital letters aside, which DuckDB does not tell apart) are an error.
Result<std::vector<std::string>> read_csv_header(int file, char delimiter);

}  // namespace huiyu::records::duckdb
