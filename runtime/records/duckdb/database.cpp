#include "runtime/records/duckdb/database.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "runtime/records/duckdb/statements.h"
#include "runtime/records/duckdb/stream.h"
#include "runtime/records/duckdb/types.h"

namespace huiyu::records::duckdb {
namespace {

struct Setting {
  char const* name;
  std::string value;
};

std::vector<Setting> settings(std::string const& spill_folder, int threads, char const* memory_limit) {
  std::vector<Setting> out{
      // A missing extension must be an error at once, not a try to reach the network.
      {"autoinstall_known_extensions", "false"},
      {"autoload_known_extensions", "false"},
      // Cached blocks are found by path, and the alias of one file (see FileAlias) is later that of another.
      {"enable_external_file_cache", "false"},
      // DuckDB's own choice would be a folder in the current one.
      {"temp_directory", spill_folder},
  };
  if (threads > 0) out.push_back({"threads", std::to_string(threads)});
  if (memory_limit != nullptr) out.push_back({"memory_limit", memory_limit});
  return out;
}

// A new folder that only this user can look into: what spills there is about firms. Empty where there is none to be
// had.
std::string make_spill_folder() {
  std::error_code error;
  auto const parent = std::filesystem::temp_directory_path(error);
  if (error) return {};
  std::string path = (parent / "huiyu-duckdb-XXXXXX").string();
  return mkdtemp(path.data()) != nullptr ? path : std::string{};
}

}  // namespace

Database::~Database() {
  handle_ = DatabaseHandle{};  // before the folder, in which it still has its files
  std::error_code ignored;
  if (!spill_folder_.empty()) std::filesystem::remove_all(spill_folder_, ignored);
}

Result<SharedDatabase> open_database(int threads, char const* memory_limit) {
  std::string const spill_folder = make_spill_folder();
  auto database = std::make_shared<Database>(spill_folder);
  Config config;
  if (duckdb_create_config(config.out()) != DuckDBSuccess) return data_error("DuckDB has no memory for its settings");
  for (auto const& setting : settings(spill_folder, threads, memory_limit)) {
    if (duckdb_set_config(config.get(), setting.name, setting.value.c_str()) != DuckDBSuccess) {
      return data_error(("DuckDB refuses the setting " + std::string(setting.name) + " = " + setting.value).c_str());
    }
  }
  char* text = nullptr;
  if (duckdb_open_ext(nullptr, database->out(), config.get(), &text) != DuckDBSuccess) {
    Error error = data_error(text);
    duckdb_free(text);
    return error;
  }
  // A moment becomes a civil date by the clock that the policies mean, not by that of the machine.
  auto connection = connect(database->get());
  if (!connection) return std::move(connection).error();
  if (auto done = execute(connection->get(), "SET GLOBAL TimeZone = 'Asia/Shanghai'"); !done)
    return std::move(done).error();
  return database;
}

Result<ArrowArrayStream> query(SharedDatabase const& database, std::string const& sql) {
  RunningQuery running;
  running.database = database;
  auto connection = connect(database->get());
  if (!connection) return std::move(connection).error();
  running.connection = *std::move(connection);
  auto statement = prepare_last(running.connection.get(), sql);
  if (!statement) return std::move(statement).error();
  auto result = start(*statement);
  if (!result) return std::move(result).error();
  running.result = *std::move(result);
  return make_stream(std::move(running));
}

Result<std::vector<ColumnType>> describe(SharedDatabase const& database, std::string const& sql) {
  auto connection = connect(database->get());
  if (!connection) return std::move(connection).error();
  auto statement = prepare_last(connection->get(), sql);
  if (!statement) return std::move(statement).error();
  std::vector<ColumnType> out;
  for (idx_t i = 0; i < duckdb_prepared_statement_column_count(statement->get()); ++i) {
    LogicalType const type(duckdb_prepared_statement_column_logical_type(statement->get(), i));
    char const* name = duckdb_prepared_statement_column_name(statement->get(), i);
    out.push_back({name, type_text(type)});
    duckdb_free(const_cast<char*>(name));
  }
  return out;
}

}  // namespace huiyu::records::duckdb
