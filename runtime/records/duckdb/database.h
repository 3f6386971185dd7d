#pragma once

// What the module can do, as C++ functions with errors as values; module.cpp puts them behind the C boundary.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/records/duckdb/handles.h"
#include "runtime/records/duckdb/module_abi.h"

namespace huiyu::records::duckdb {

// An open database with the folder that large sorts spill to, which goes with it.
class Database {
 public:
  explicit Database(std::string spill_folder) : spill_folder_(std::move(spill_folder)) {}
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;
  ~Database();

  duckdb_database get() const { return handle_.get(); }
  duckdb_database* out() { return handle_.out(); }

  // Enough for the engine's blocks, and few enough that a reader can be ahead of it without much memory.
  static constexpr std::int64_t most_batch_rows = 16'384;
  std::atomic<std::int64_t> batch_rows = most_batch_rows;  // of a stream that is made

 private:
  std::string spill_folder_;  // empty: none could be made, so nothing spills
  DatabaseHandle handle_;
};

using SharedDatabase = std::shared_ptr<Database>;

// An empty database in memory, bound to this machine: no extension is loaded or fetched by itself.
Result<SharedDatabase> open_database(int threads, char const* memory_limit);

// Runs all statements of a SQL text; the stream holds the rows of the last one.
Result<ArrowArrayStream> query(SharedDatabase const& database, std::string const& sql);

struct ColumnType {
  std::string name;
  std::string sql_type;
};

// Runs all statements but the last, and names the columns that the last one would yield.
Result<std::vector<ColumnType>> describe(SharedDatabase const& database, std::string const& sql);

// The records of an open file. `name` stands for it in messages.
Result<ArrowArrayStream> read_file(SharedDatabase const& database, int file, huiyu_data_format format,
                                   std::string const& name);

// Writes the rest of `stream` into an open file. `name` stands for it in messages.
Result<void> write_file(SharedDatabase const& database, ArrowArrayStream& stream, int file, huiyu_data_format format,
                        std::string const& name);

}  // namespace huiyu::records::duckdb
