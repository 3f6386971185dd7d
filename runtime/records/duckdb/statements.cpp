#include "runtime/records/duckdb/statements.h"

namespace huiyu::records::duckdb {
namespace {

Result<Prepared> prepare(duckdb_connection connection, Statements const& statements, idx_t index) {
  Prepared prepared;
  if (duckdb_prepare_extracted_statement(connection, statements.get(), index, prepared.out()) != DuckDBSuccess) {
    return data_error(duckdb_prepare_error(prepared.get()));
  }
  if (duckdb_nparams(prepared.get()) != 0) {
    return data_error("the SQL text has parameters (such as ? or $1), and there is nothing to give them");
  }
  return prepared;
}

std::string quoted(std::string const& text, char quote) {
  std::string out(1, quote);
  for (char c : text) {
    if (c == quote) out += quote;
    out += c;
  }
  return out += quote;
}

}  // namespace

Result<Connection> connect(duckdb_database database) {
  Connection connection;
  if (duckdb_connect(database, connection.out()) != DuckDBSuccess)
    return data_error("the database refuses a connection");
  return connection;
}

Result<Prepared> prepare_last(duckdb_connection connection, std::string const& sql) {
  // DuckDB would take what stands before it for the whole text.
  if (sql.find('\0') != std::string::npos) return data_error("the SQL text contains a zero byte");
  Statements statements;
  idx_t const count = duckdb_extract_statements(connection, sql.c_str(), statements.out());
  if (count == 0) {
    char const* text = duckdb_extract_statements_error(statements.get());
    return data_error(text != nullptr && *text != '\0' ? text : "the SQL text contains no statement");
  }
  for (idx_t i = 0; i + 1 < count; ++i) {
    auto prepared = prepare(connection, statements, i);
    if (!prepared) return std::move(prepared).error();
    ResultSet result;
    if (duckdb_execute_prepared(prepared->get(), result.get()) != DuckDBSuccess) {
      return data_error(duckdb_result_error(result.get()));
    }
  }
  return prepare(connection, statements, count - 1);
}

Result<ResultSet> start(Prepared const& statement) {
  Pending pending;
  if (duckdb_pending_prepared_streaming(statement.get(), pending.out()) != DuckDBSuccess) {
    return data_error(duckdb_pending_error(pending.get()));
  }
  ResultSet result;
  if (duckdb_execute_pending(pending.get(), result.get()) != DuckDBSuccess) {
    return data_error(duckdb_result_error(result.get()));
  }
  if (duckdb_result_return_type(*result.get()) != DUCKDB_RESULT_TYPE_QUERY_RESULT) {
    return data_error("the last statement of the SQL text yields no rows; end it with a SELECT");
  }
  return result;
}

Result<void> execute(duckdb_connection connection, std::string const& sql) {
  ResultSet result;
  if (duckdb_query(connection, sql.c_str(), result.get()) != DuckDBSuccess) {
    return data_error(duckdb_result_error(result.get()));
  }
  return {};
}

std::string sql_literal(std::string const& text) { return quoted(text, '\''); }
std::string sql_name(std::string const& text) { return quoted(text, '"'); }

}  // namespace huiyu::records::duckdb
