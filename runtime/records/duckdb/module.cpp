#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "runtime/records/duckdb/database.h"
#include "runtime/records/duckdb/module_abi.h"

// What a caller holds: a share of the database, so that streams may outlive it.
struct huiyu_data_database {
  huiyu::records::duckdb::SharedDatabase database;
};

namespace huiyu::records::duckdb {
namespace {

char out_of_memory[] = "out of memory";
char internal_error[] = "internal error of the data module";

char* text(std::string const& message) {
  auto* copy = static_cast<char*>(std::malloc(message.size() + 1));
  if (copy == nullptr) return out_of_memory;
  std::memcpy(copy, message.c_str(), message.size() + 1);
  return copy;
}

void free_text(char* message) noexcept {
  if (message != out_of_memory && message != internal_error) std::free(message);
}

// Runs the body of one entry: null, or the text of what went wrong. What is thrown, out of memory above all, ends here.
template <class Body> char* guarded(Body body) noexcept {
  try {
    Result<void> const done = body();
    return done ? nullptr : text(done.error().message);
  } catch (std::bad_alloc const&) {
    return out_of_memory;
  } catch (...) {
    return internal_error;
  }
}

template <class T, class Taker> Result<void> give(Result<T> result, Taker take) {
  if (!result) return std::move(result).error();
  take(*std::move(result));
  return {};
}

char* open(huiyu_data_options const* options, huiyu_data_database** out) noexcept {
  return guarded([&] {
    huiyu_data_options given{};
    if (options != nullptr) std::memcpy(&given, options, std::min<std::size_t>(options->size, sizeof given));
    return give(open_database(given.threads, given.memory_limit),
                [&](SharedDatabase database) { *out = new huiyu_data_database{std::move(database)}; });
  });
}

void close(huiyu_data_database* database) noexcept { delete database; }

char* run_query(huiyu_data_database* database, char const* sql, std::size_t sql_bytes, ArrowArrayStream* out) noexcept {
  return guarded([&] {
    return give(query(database->database, {sql, sql_bytes}), [&](ArrowArrayStream stream) { *out = stream; });
  });
}

char* run_describe(huiyu_data_database* database, char const* sql, std::size_t sql_bytes,
                   huiyu_data_column_visitor visit, void* context) noexcept {
  return guarded([&] {
    return give(describe(database->database, {sql, sql_bytes}), [&](std::vector<ColumnType> const& columns) {
      for (auto const& column : columns) visit(context, column.name.c_str(), column.sql_type.c_str());
    });
  });
}

char* run_read_file(huiyu_data_database* database, int file, huiyu_data_format format, char const* name,
                    ArrowArrayStream* out) noexcept {
  return guarded([&] {
    return give(read_file(database->database, file, format, name), [&](ArrowArrayStream stream) { *out = stream; });
  });
}

char* run_write_file(huiyu_data_database* database, ArrowArrayStream* stream, int file, huiyu_data_format format,
                     char const* name) noexcept {
  return guarded([&] { return write_file(database->database, *stream, file, format, name); });
}

void set_batch_rows(huiyu_data_database* database, std::int64_t rows) noexcept {
  database->database->batch_rows =
      std::clamp<std::int64_t>(rows, static_cast<std::int64_t>(duckdb_vector_size()), Database::most_batch_rows);
}

std::string const& engine() {
  static std::string const name = std::string("DuckDB ") + duckdb_library_version();
  return name;
}

}  // namespace
}  // namespace huiyu::records::duckdb

extern "C" __attribute__((visibility("default"))) huiyu_data_module_table const* huiyu_data_module(uint32_t abi) {
  namespace module = huiyu::records::duckdb;
  if (abi != HUIYU_DATA_MODULE_ABI) return nullptr;
  static huiyu_data_module_table const table{
      HUIYU_DATA_MODULE_ABI,
      sizeof(huiyu_data_module_table),
      module::engine().c_str(),
      module::open,
      module::close,
      module::run_query,
      module::run_describe,
      module::run_read_file,
      module::run_write_file,
      module::free_text,
      module::set_batch_rows,
  };
  return &table;
}
