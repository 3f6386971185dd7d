#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "runtime/records/duckdb/csv_header.h"
#include "runtime/records/duckdb/database.h"
#include "runtime/records/duckdb/statements.h"
#include "runtime/records/duckdb/stream.h"
#include "runtime/records/duckdb/types.h"

namespace huiyu::records::duckdb {
namespace {

// All columns as text: whether `007` is a number is for the schema of the records to say. An empty cell is missing
// unless it is quoted. Nothing of the file's form is guessed but its line ends.
Result<std::string> csv_query(FileDescriptor const& file, std::string const& path, char delimiter) {
  auto names = read_csv_header(file.number(), delimiter);
  if (!names) return std::move(names).error();
  std::string columns;
  for (auto const& name : *names) columns += (columns.empty() ? "" : ", ") + sql_literal(name) + ": 'VARCHAR'";
  return "SELECT * FROM read_csv(" + sql_literal(path) + ", columns = {" + columns + "}, delim = '" + delimiter +
         "', auto_detect = false, header = true, quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = "
         "false, "
         "compression = 'uncompressed', hive_partitioning = false)";
}

// Whether the text begins with an object: a .json of one record need not put it into an array.
bool begins_with_object(int file) {
  char text[256];
  auto const size = ::pread(file, text, sizeof text, 0);
  for (ssize_t i = 0; i < size; ++i) {
    bool const passed_over = std::strchr(" \t\r\n\xEF\xBB\xBF", text[i]) != nullptr && text[i] != '\0';
    if (!passed_over) return text[i] == '{';
  }
  return false;
}

std::string json_source(FileDescriptor const& file, std::string const& path, huiyu_data_format format) {
  std::string const layout = format == HUIYU_DATA_JSON_LINES     ? "newline_delimited"
                             : begins_with_object(file.number()) ? "unstructured"
                                                                 : "array";
  return "read_json(" + sql_literal(path) + ", format = '" + layout +
         "', records = true, compression = 'uncompressed', hive_partitioning = false";
}

// JSON is read twice: once for its columns and their types, over the whole file, and once for the values.
// Objects are always STRUCT, never MAP by the look of their keys, so that one record more does not change the type.
Result<std::string> json_query(duckdb_connection connection, FileDescriptor const& file, std::string const& path,
                               huiyu_data_format format) {
  std::string const source = json_source(file, path, format);
  auto detected = prepare_last(connection, "SELECT * FROM " + source +
                                               ", sample_size = -1, map_inference_threshold = -1, "
                                               "field_appearance_threshold = 0)");
  if (!detected) return std::move(detected).error();
  std::string columns;
  for (idx_t i = 0; i < duckdb_prepared_statement_column_count(detected->get()); ++i) {
    LogicalType const type(duckdb_prepared_statement_column_logical_type(detected->get(), i));
    char const* name = duckdb_prepared_statement_column_name(detected->get(), i);
    columns += (columns.empty() ? "" : ", ") + sql_literal(name) + ": " + sql_literal(json_type_text(type));
    duckdb_free(const_cast<char*>(name));
  }
  return "SELECT * FROM " + source + ", columns = {" + columns + "})";
}

Result<std::string> query_for(duckdb_connection connection, FileDescriptor const& file, std::string const& path,
                              huiyu_data_format format) {
  switch (format) {
    case HUIYU_DATA_PARQUET: return "SELECT * FROM read_parquet(" + sql_literal(path) + ", hive_partitioning = false)";
    case HUIYU_DATA_CSV: return csv_query(file, path, ',');
    case HUIYU_DATA_TSV: return csv_query(file, path, '\t');
    case HUIYU_DATA_JSON:
    case HUIYU_DATA_JSON_LINES: return json_query(connection, file, path, format);
  }
  return data_error("this module does not know the file format");
}

}  // namespace

Result<ArrowArrayStream> read_file(SharedDatabase const& database, int file, huiyu_data_format format,
                                   std::string const& name) {
  RunningQuery running;
  running.database = database;
  // A copy of our own: the rows are read as they are asked for, long after the caller has closed his.
  running.file = FileDescriptor(fcntl(file, F_DUPFD_CLOEXEC, 0));
  if (running.file.number() < 0) return data_error(std::strerror(errno));
  running.alias = FileAlias(running.file.number(), name);
  auto in_words = [&](Error error) {
    error.message = running.alias.in_words_of_people(std::move(error.message));
    return error;
  };

  auto connection = connect(database->get());
  if (!connection) return std::move(connection).error();
  running.connection = *std::move(connection);
  auto sql = query_for(running.connection.get(), running.file, running.alias.path(), format);
  if (!sql) return in_words(std::move(sql).error());
  auto statement = prepare_last(running.connection.get(), *sql);
  if (!statement) return in_words(std::move(statement).error());
  auto result = start(*statement);
  if (!result) return in_words(std::move(result).error());
  running.result = *std::move(result);
  return make_stream(std::move(running));
}

}  // namespace huiyu::records::duckdb
