#pragma once

// Owners for what DuckDB's C interface hands out, and its errors as values.

#include <string>
#include <utility>

#include "runtime/base/result.h"
#include "runtime/columns/arrow_c.h"
#include "runtime/records/duckdb/third_party/duckdb.h"

namespace huiyu::records::duckdb {

// A handle of DuckDB's with its destroyer, which sets the handle to null.
template <class Raw, auto destroy> class Handle {
 public:
  Handle() = default;
  explicit Handle(Raw raw) noexcept : raw_(raw) {}
  Handle(Handle&& other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(raw_, other.raw_);
    return *this;
  }
  Handle(Handle const&) = delete;
  Handle& operator=(Handle const&) = delete;
  ~Handle() {
    if (raw_ != nullptr) destroy(&raw_);
  }

  Raw get() const noexcept { return raw_; }
  // For the functions that fill in a handle; this one must be empty.
  Raw* out() noexcept { return &raw_; }

 private:
  Raw raw_ = nullptr;
};

using DatabaseHandle = Handle<duckdb_database, duckdb_close>;
using Config = Handle<duckdb_config, duckdb_destroy_config>;
using Connection = Handle<duckdb_connection, duckdb_disconnect>;
using Statements = Handle<duckdb_extracted_statements, duckdb_destroy_extracted>;
using Prepared = Handle<duckdb_prepared_statement, duckdb_destroy_prepare>;
using Pending = Handle<duckdb_pending_result, duckdb_destroy_pending>;
using ArrowOptions = Handle<duckdb_arrow_options, duckdb_destroy_arrow_options>;
using LogicalType = Handle<duckdb_logical_type, duckdb_destroy_logical_type>;
using Chunk = Handle<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using ErrorData = Handle<duckdb_error_data, duckdb_destroy_error_data>;

// A result, which DuckDB keeps in a struct of the caller's.
class ResultSet {
 public:
  ResultSet() = default;
  ResultSet(ResultSet&& other) noexcept : raw_(std::exchange(other.raw_, duckdb_result{})) {}
  ResultSet& operator=(ResultSet&& other) noexcept {
    std::swap(raw_, other.raw_);
    return *this;
  }
  ResultSet(ResultSet const&) = delete;
  ResultSet& operator=(ResultSet const&) = delete;
  ~ResultSet() { duckdb_destroy_result(&raw_); }

  duckdb_result* get() noexcept { return &raw_; }

 private:
  duckdb_result raw_{};
};

// An error about the data or the SQL text, in DuckDB's words; some of its functions fail without any.
inline Error data_error(char const* text) {
  return Error{ErrorKind::Data, text != nullptr ? text : "DuckDB failed and does not say why"};
}

}  // namespace huiyu::records::duckdb
