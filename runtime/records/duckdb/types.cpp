#include "runtime/records/duckdb/types.h"

#include "runtime/records/duckdb/statements.h"

namespace huiyu::records::duckdb {
namespace {

using ScalarText = std::string (*)(LogicalType const&, duckdb_type);

// Texts that DuckDB allocates.
std::string taken(char* text) {
  std::string out = text != nullptr ? text : "";
  duckdb_free(text);
  return out;
}

std::string enum_text(LogicalType const& type) {
  std::string out = "ENUM(";
  for (idx_t i = 0; i < duckdb_enum_dictionary_size(type.get()); ++i) {
    if (i != 0) out += ", ";
    out += sql_literal(taken(duckdb_enum_dictionary_value(type.get(), i)));
  }
  return out + ")";
}

char const* scalar_name(duckdb_type id) {
  // Not a switch: the list of DuckDB's types grows, and one that is not listed must not break the build.
  struct Row {
    duckdb_type id;
    char const* name;
  };
  static constexpr Row rows[] = {
      {DUCKDB_TYPE_BOOLEAN, "BOOLEAN"},
      {DUCKDB_TYPE_TINYINT, "TINYINT"},
      {DUCKDB_TYPE_SMALLINT, "SMALLINT"},
      {DUCKDB_TYPE_INTEGER, "INTEGER"},
      {DUCKDB_TYPE_BIGINT, "BIGINT"},
      {DUCKDB_TYPE_UTINYINT, "UTINYINT"},
      {DUCKDB_TYPE_USMALLINT, "USMALLINT"},
      {DUCKDB_TYPE_UINTEGER, "UINTEGER"},
      {DUCKDB_TYPE_UBIGINT, "UBIGINT"},
      {DUCKDB_TYPE_HUGEINT, "HUGEINT"},
      {DUCKDB_TYPE_UHUGEINT, "UHUGEINT"},
      {DUCKDB_TYPE_FLOAT, "FLOAT"},
      {DUCKDB_TYPE_DOUBLE, "DOUBLE"},
      {DUCKDB_TYPE_DATE, "DATE"},
      {DUCKDB_TYPE_TIME, "TIME"},
      {DUCKDB_TYPE_TIME_TZ, "TIME WITH TIME ZONE"},
      {DUCKDB_TYPE_TIMESTAMP, "TIMESTAMP"},
      {DUCKDB_TYPE_TIMESTAMP_S, "TIMESTAMP_S"},
      {DUCKDB_TYPE_TIMESTAMP_MS, "TIMESTAMP_MS"},
      {DUCKDB_TYPE_TIMESTAMP_NS, "TIMESTAMP_NS"},
      {DUCKDB_TYPE_TIMESTAMP_TZ, "TIMESTAMP WITH TIME ZONE"},
      {DUCKDB_TYPE_INTERVAL, "INTERVAL"},
      {DUCKDB_TYPE_VARCHAR, "VARCHAR"},
      {DUCKDB_TYPE_BLOB, "BLOB"},
      {DUCKDB_TYPE_BIT, "BIT"},
      {DUCKDB_TYPE_UUID, "UUID"},
      {DUCKDB_TYPE_UNION, "UNION"},
      {DUCKDB_TYPE_SQLNULL, "NULL"},
  };
  for (auto const& row : rows) {
    if (row.id == id) return row.name;
  }
  return "UNKNOWN";
}

std::string scalar_text(LogicalType const& type, duckdb_type id) {
  if (id == DUCKDB_TYPE_DECIMAL) {
    return "DECIMAL(" + std::to_string(duckdb_decimal_width(type.get())) + "," +
           std::to_string(duckdb_decimal_scale(type.get())) + ")";
  }
  if (id == DUCKDB_TYPE_ENUM) return enum_text(type);
  return scalar_name(id);
}

std::string json_scalar_text(LogicalType const&, duckdb_type id) {
  bool const kept = id == DUCKDB_TYPE_BOOLEAN || id == DUCKDB_TYPE_BIGINT;
  return kept ? scalar_name(id) : "VARCHAR";
}

std::string text_of(LogicalType const& type, ScalarText scalar) {
  duckdb_type const id = duckdb_get_type_id(type.get());
  if (id == DUCKDB_TYPE_LIST) {
    return text_of(LogicalType(duckdb_list_type_child_type(type.get())), scalar) + "[]";
  }
  if (id == DUCKDB_TYPE_ARRAY) {
    return text_of(LogicalType(duckdb_array_type_child_type(type.get())), scalar) + "[" +
           std::to_string(duckdb_array_type_array_size(type.get())) + "]";
  }
  if (id == DUCKDB_TYPE_MAP) {
    return "MAP(" + text_of(LogicalType(duckdb_map_type_key_type(type.get())), scalar) + ", " +
           text_of(LogicalType(duckdb_map_type_value_type(type.get())), scalar) + ")";
  }
  if (id == DUCKDB_TYPE_STRUCT) {
    std::string out = "STRUCT(";
    for (idx_t i = 0; i < duckdb_struct_type_child_count(type.get()); ++i) {
      if (i != 0) out += ", ";
      out += sql_name(taken(duckdb_struct_type_child_name(type.get(), i))) + " " +
             text_of(LogicalType(duckdb_struct_type_child_type(type.get(), i)), scalar);
    }
    return out + ")";
  }
  return scalar(type, id);
}

}  // namespace

std::string type_text(LogicalType const& type) { return text_of(type, scalar_text); }
std::string json_type_text(LogicalType const& detected) { return text_of(detected, json_scalar_text); }

}  // namespace huiyu::records::duckdb
