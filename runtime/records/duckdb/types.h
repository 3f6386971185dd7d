#pragma once

// DuckDB's types as SQL texts.

#include <string>

#include "runtime/records/duckdb/handles.h"

namespace huiyu::records::duckdb {

// The type as SQL writes it: DECIMAL(18,2), STRUCT("a" BIGINT)[].
std::string type_text(LogicalType const& type);

// The type in which JSON records of the detected type are read: texts, whole numbers, truth values, lists and objects.
// All else that detection offers becomes text as it stands in the file: dates and the like, which are a guess, and
// fractions, which would be read as binary floating point.
std::string json_type_text(LogicalType const& detected);

}  // namespace huiyu::records::duckdb
