#pragma once

// Tables from outside (Parquet, CSV, JSON, SQL) as Arrow batches, and back.
//
// DuckDB does the work, in a shared library of its own that is loaded when a table is first asked for: a command that
// only checks rules never loads it. Nothing of DuckDB's is visible here.
//
// What arrives, SQL type → Arrow format (the test "each SQL type arrives in the documented Arrow format" holds this
// table):
//
//   BOOLEAN b (bits)                 TINYINT c   SMALLINT s   INTEGER i   BIGINT l
//   HUGEINT, UHUGEINT d:38,0         UTINYINT C  USMALLINT S  UINTEGER I  UBIGINT L
//   DECIMAL(p,s) d:p,s,128           FLOAT f     DOUBLE g
//   VARCHAR, UUID, JSON u            BLOB, BIT z
//   DATE tdD (days)                  TIME ttu (µs)
//   TIMESTAMP tsu: (µs, no zone)     TIMESTAMP_S tss:   TIMESTAMP_MS tsm:   TIMESTAMP_NS tsn:
//   TIMESTAMPTZ tsu:Asia/Shanghai    INTERVAL tin
//   ENUM  C, S or I (by the number of entries) with a dictionary of format u
//   LIST +l (child `l`)   ARRAY(n) +w:n   STRUCT +s   MAP +m (child `entries` of `key` and `value`)   NULL n
//   UNION +us:… , and then the batches of its stream are of 2,048 rows
//
// HUGEINT comes as a 128-bit decimal of scale 0; sums of BIGINT are HUGEINT. A moment with a zone becomes a civil date
// by the clock of Asia/Shanghai, whatever the machine's zone is.
//
// What arrives from files:
//   Parquet  as above, by the file's own types.
//   CSV, TSV every column as VARCHAR, as it stands in the file. The first line is the header. An empty cell is missing,
//            a quoted empty cell ("") is an empty text. UTF-8, with or without a byte order mark.
//   JSON     true and false BOOLEAN; whole numbers BIGINT; lists LIST; objects STRUCT of all keys seen, a key that a
//            record lacks missing. Texts VARCHAR, and so is all else: numbers with a fraction in their shortest form
//            (exact up to 15 significant digits), larger whole numbers, what is a text in one record and a number in
//            another. .json holds one array of objects or objects alone, .jsonl and .ndjson one object a line. A file
//            without any field is an error, for it tells no columns; keys that differ only in capital letters are not
//            told apart.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/arrow_c.h"

namespace huiyu::records {

// Where records come from: a file of a known extension, a file with a SQL text (.sql), or a SQL text itself.
struct SourceText {
  enum class Kind : std::uint8_t { File, Sql };
  Kind kind = Kind::File;
  std::string text;        // File: the path, in the bytes of the file system
  std::string sheet = {};  // of an .xlsx workbook; empty: the first
};

struct DataOptions {
  int threads = 0;           // 0: one per core
  std::string memory_limit;  // such as "4GB"; empty: 80 % of the machine's memory
};

struct ColumnType {
  std::string name;
  std::string sql_type;  // such as DECIMAL(18,2) or STRUCT("a" BIGINT)[]
};

// The loaded module with one database in memory. Copies share both; all functions may be called by several threads.
// The last copy must go before main returns, so never keep one in a static object: while a process ends, DuckDB's own
// statics go first, and closing a database then corrupts the heap. Streams may outlive it, under the same rule.
class DataModule {
 public:
  // Loads the module: from the file that the environment variable HUIYU_DATA_MODULE names, else from ../lib seen from
  // the running program, else from where the system looks for libraries.
  static Result<DataModule> load(DataOptions const& options = {});

  // From now on streams come in batches of at most so many rows, 2,048 to 16,384, which it is at first.
  void set_batch_rows(std::int64_t rows) const;

  // Whose work it is, such as "DuckDB v1.5.5".
  std::string_view engine() const;

  // Runs a SQL text; the rows of its last statement are the stream, in their order, in batches (set_batch_rows).
  // Temporary tables last as long as the stream, other tables as long as the module. Paths in it are relative to the
  // current folder.
  Result<columns::ArrowStream> query(std::string_view sql) const;

  // Runs all statements of a SQL text but the last, and tells the columns that the last one would yield.
  Result<std::vector<ColumnType>> describe(std::string_view sql) const;

  // Reads .parquet, .csv, .tsv, .json, .jsonl, .ndjson or .xlsx, of which it takes one sheet. The path is one file,
  // whatever characters it is made of.
  Result<columns::ArrowStream> read_file(std::filesystem::path const& path, std::string const& sheet = {}) const;

  Result<columns::ArrowStream> read(SourceText const& source) const;

  // Writes all batches to a file of one of the extensions above. A file that was there is replaced when all is written,
  // and stays as it was after an error. Lists and objects are JSON in JSON, native in Parquet, and plain text in CSV.
  Result<void> write(columns::ArrowStream stream, std::filesystem::path const& path) const;

 private:
  struct Loaded;
  explicit DataModule(std::shared_ptr<Loaded const> loaded) : loaded_(std::move(loaded)) {}
  std::shared_ptr<Loaded const> loaded_;
};

}  // namespace huiyu::records
