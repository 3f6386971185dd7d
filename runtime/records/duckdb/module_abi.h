#pragma once

// The C boundary of libhuiyu_duckdb.so, the optional module that reads and writes tables.
//
// The module exports one function, huiyu_data_module. Whoever loads it uses the table that it returns and nothing else,
// so DuckDB's types stay inside. Nothing throws or ends the process across this boundary.
//
// Error texts: a function that can fail returns null for success, else a text (UTF-8, for people) that the caller gives
// back to `free_text`. On failure the out parameters are left as they were.
// Threads: all functions may be called from several threads at once, on one database too. A stream is read by one
// thread at a time. It stays valid after its database is closed.

#include <stddef.h>
#include <stdint.h>

#include "runtime/columns/arrow_c.h"

extern "C" {

// Raised when a member changes its place or its meaning. New members go to the end and only grow `size`.
#define HUIYU_DATA_MODULE_ABI 1u

typedef struct huiyu_data_database huiyu_data_database;

typedef struct huiyu_data_options {
  uint32_t size;             // sizeof(huiyu_data_options) of the caller
  int32_t threads;           // 0: one per core
  char const* memory_limit;  // such as "4GB"; null: DuckDB's own limit, 80 % of the memory
} huiyu_data_options;

enum huiyu_data_format : int32_t {
  HUIYU_DATA_PARQUET = 1,
  HUIYU_DATA_CSV = 2,
  HUIYU_DATA_TSV = 3,
  HUIYU_DATA_JSON = 4,        // one array of objects
  HUIYU_DATA_JSON_LINES = 5,  // one object a line
};

// Told of one column: its name and SQL type, both only for the time of the call. It must not throw.
typedef void (*huiyu_data_column_visitor)(void* context, char const* name, char const* sql_type);

typedef struct huiyu_data_module_table {
  uint32_t abi;
  uint32_t size;       // sizeof(huiyu_data_module_table) of the module
  char const* engine;  // such as "DuckDB v1.5.5"

  // Opens an empty database in memory. It never loads or downloads extensions by itself. Options may be null.
  char* (*open)(huiyu_data_options const* options, huiyu_data_database** out);
  // Closes it; what its streams still need lives on with them.
  void (*close)(huiyu_data_database* database);

  // Runs a SQL text of one or more statements; the rows of the last one are the stream. Temporary tables last as long
  // as the stream, other tables as long as the database. Rows come in their order, in batches of at most 16,384.
  char* (*query)(huiyu_data_database* database, char const* sql, size_t sql_bytes, struct ArrowArrayStream* out);

  // Runs all statements but the last, and tells the columns that the last would yield.
  char* (*describe)(huiyu_data_database* database, char const* sql, size_t sql_bytes, huiyu_data_column_visitor visit,
                    void* context);

  // Reads a regular file from its start. The descriptor stays the caller's and may be closed at once; a descriptor and
  // no path, so that no character of a file name can mean anything. `name` stands for the file in messages.
  char* (*read_file)(huiyu_data_database* database, int file, enum huiyu_data_format format, char const* name,
                     struct ArrowArrayStream* out);

  // Writes all batches of `stream` into a regular file that is open for writing, from its start. The stream stays the
  // caller's, used up; it is read from the module's own threads, one at a time. After a failure the file is garbage.
  char* (*write_file)(huiyu_data_database* database, struct ArrowArrayStream* stream, int file,
                      enum huiyu_data_format format, char const* name);

  void (*free_text)(char* text);  // null is allowed

  // From now on streams of the database come in batches of at most so many rows, 2,048 to 16,384.
  void (*set_batch_rows)(huiyu_data_database* database, int64_t rows);
} huiyu_data_module_table;

// The table for the version asked for; null when the module does not speak it. Valid until the process ends.
huiyu_data_module_table const* huiyu_data_module(uint32_t abi);

}  // extern "C"
