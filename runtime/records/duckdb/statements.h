#pragma once

// Running SQL texts on a connection.

#include <string>

#include "runtime/records/duckdb/handles.h"

namespace huiyu::records::duckdb {

// A new connection: temporary tables and an unfinished stream belong to one connection.
Result<Connection> connect(duckdb_database database);

// Runs all statements of `sql` but the last, and prepares that one.
Result<Prepared> prepare_last(duckdb_connection connection, std::string const& sql);

// Starts a prepared statement, whose rows are then fetched while it runs. Fails if it is of a kind that has no rows.
Result<ResultSet> start(Prepared const& statement);

// Runs one statement to its end.
Result<void> execute(duckdb_connection connection, std::string const& sql);

// 'text' as a SQL literal, "text" as a SQL name.
std::string sql_literal(std::string const& text);
std::string sql_name(std::string const& text);

}  // namespace huiyu::records::duckdb
