// Where records come from: a JSON text, or anything the data module reads (Parquet, CSV, JSON, SQL).
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/driver/language.h"
#include "runtime/base/result.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/layout.h"
#include "runtime/records/data_module.h"

namespace huiyu::driver {

// One part of so many, counted from 1 (shard.h).
struct Shard {
  std::int64_t number = 1, of = 1;
};

struct RecordOptions {
  // As they were asked for, each perhaps with the name of its 结构 (subjects.h); each_source makes of them what
  // follows.
  std::vector<std::string> tables;
  std::string subject;              // the 结构 of the records; empty: that which all policies are about
  std::vector<std::string> beside;  // as `with`, where anything points at them
  std::string records;              // JSON, read without the data module; `-`: standard input
  std::string data;                 // a file, by the data module: a table, or a SQL text (.sql)
  std::string sql;                  // a SQL text that yields rows
  std::string mapping;              // how the data are to be read as records (mapping.h); it may name them itself
  std::string history;              // a table of earlier payments, joined by its column 键
  std::vector<std::string> with;    // `企业=企业.parquet`: records that those point at
  bool strict = false;              // cells that cannot be read end the run
  std::optional<Shard> shard;       // none: all records
  int batch_rows = 0;               // by the data module, at once; 0: as many as it gives by itself
  // The data module, if it was loaded ahead; not valid: it is still to be loaded.
  std::shared_future<Result<records::DataModule>> module = {};
  void add_json_to(CLI::App& app, Language language);
  void add_data_to(CLI::App& app, Language language);
  void add_with_to(CLI::App& app, Language language);
};

// A batch and the cells in it that could not be read.
struct ReadBatch {
  columns::Batch batch;
  std::vector<columns::CellReport> reports;
};
// A batch whose cells are still to be read: once, in any thread.
struct Unread {
  std::int64_t row_count = 0;
  std::function<Result<ReadBatch>()> read;
};

// Batches one after the other, with what could not be read so far. `next` does all that is to be done for a batch; who
// wants several at work at once calls `fetch`, what it gives, and `settle` himself.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  // The next batch; none at the end.
  Result<std::optional<columns::Batch>> next();
  // The next batch, not yet read; none at the end. May be called beside `settle`, by one thread at a time.
  virtual Result<std::optional<Unread>> fetch() = 0;
  // Looks at a batch that was read, in the order in which they were fetched: its reports are then complete.
  virtual void settle(ReadBatch& read) = 0;
  // After the last batch is settled: reports what only the whole of the data shows.
  virtual void conclude() {}
  // Cells that could not be read since the last call, of batches that are settled.
  std::vector<columns::CellReport> take_reports() { return std::exchange(reports_, {}); }
  // Fields of the data that the rules do not know; complete once the first batch is there.
  std::vector<std::string> const& unknown_fields() const { return unknown_fields_; }
  // Fields of the rules that a table has no column for; records as JSON say it each for itself.
  std::vector<std::string> const& absent_fields() const { return absent_fields_; }

 protected:
  void add_reports(std::vector<columns::CellReport> reports);

  std::vector<columns::CellReport> reports_;
  std::vector<std::string> unknown_fields_, absent_fields_;
};

Result<std::unique_ptr<RecordSource>> open_records(RecordOptions const& options, columns::RecordLayout const& layout,
                                                   Language language);

// Begins to load the data module, which takes as long as making the engine ready, in a thread of its own. Not valid
// where only a mapping says what is read, or nothing is for the data module to read.
std::shared_future<Result<records::DataModule>> load_ahead(RecordOptions const& options);

// The key of a row as text.
std::string key_of(columns::Batch const& batch, columns::RecordLayout const& layout, std::int64_t row);
std::vector<std::string> keys_of(columns::Batch const& batch, columns::RecordLayout const& layout);

// One line about one cell: row, column, text and what is wrong with it.
std::string describe(columns::CellReport const& report, Language language);

// Prints what could not be read: the first few cells, then a count.
class ReportPrinter {
 public:
  explicit ReportPrinter(Language language) : language_(language) {}
  void print(std::vector<columns::CellReport> const& reports);
  // The closing line where cells were left out.
  void finish();
  std::int64_t count() const { return count_; }

 private:
  Language language_;
  std::int64_t count_ = 0;
};

}  // namespace huiyu::driver
