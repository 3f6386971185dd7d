#include <atomic>
#include <string_view>
#include <utility>

#include "runtime/records/duckdb/database.h"
#include "runtime/records/duckdb/statements.h"
#include "runtime/records/duckdb/stream.h"

namespace huiyu::records::duckdb {
namespace {

// A stream for DuckDB's scan, which asks for the schema several times and releases none of those that it gets:
// it is lent ours each time, and only the batches pass from the one to the other.
class LentStream {
 public:
  LentStream(ArrowArrayStream& source, columns::OwnedSchema schema) : source_(source), schema_(std::move(schema)) {
    raw_.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
      *out = *body(self).schema_;
      out->release = [](ArrowSchema* lent) { lent->release = nullptr; };
      return 0;
    };
    raw_.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
      return body(self).source_.get_next(&body(self).source_, out);
    };
    raw_.get_last_error = [](ArrowArrayStream* self) { return body(self).source_.get_last_error(&body(self).source_); };
    raw_.release = [](ArrowArrayStream* self) { self->release = nullptr; };
    raw_.private_data = this;
  }
  LentStream(LentStream const&) = delete;
  LentStream& operator=(LentStream const&) = delete;

  duckdb_arrow_stream raw() { return reinterpret_cast<duckdb_arrow_stream>(&raw_); }

 private:
  static LentStream& body(ArrowArrayStream* self) { return *static_cast<LentStream*>(self->private_data); }

  ArrowArrayStream& source_;
  columns::OwnedSchema schema_;
  ArrowArrayStream raw_{};
};

// DuckDB only scans a stream by way of a view, which stands in the database for all connections: hence a name of its
// own.
class View {
 public:
  View(duckdb_connection connection, LentStream& stream) : connection_(connection) {
    static std::atomic<unsigned> count = 0;
    name_ = "huiyu_stream_" + std::to_string(++count);
    made_ = duckdb_arrow_scan(connection, name_.c_str(), stream.raw()) == DuckDBSuccess;
  }
  View(View const&) = delete;
  View& operator=(View const&) = delete;
  ~View() {
    if (made_) (void)execute(connection_, "DROP VIEW " + name_);
  }

  bool made() const { return made_; }
  std::string const& name() const { return name_; }

 private:
  duckdb_connection connection_;
  std::string name_;
  bool made_ = false;
};

char const* copy_options(huiyu_data_format format) {
  switch (format) {
    case HUIYU_DATA_PARQUET: return "FORMAT parquet, COMPRESSION zstd";
    case HUIYU_DATA_CSV: return "FORMAT csv, HEADER true, DELIMITER ','";
    case HUIYU_DATA_TSV: return "FORMAT csv, HEADER true, DELIMITER '\\t'";
    case HUIYU_DATA_JSON: return "FORMAT json, ARRAY true";
    case HUIYU_DATA_JSON_LINES: return "FORMAT json, ARRAY false";
  }
  return nullptr;
}

}  // namespace

Result<void> write_file(SharedDatabase const& database, ArrowArrayStream& stream, int file, huiyu_data_format format,
                        std::string const& name) {
  char const* options = copy_options(format);
  if (options == nullptr) return data_error("this module does not know the file format");
  columns::OwnedSchema schema;
  if (stream.get_schema(&stream, schema.get()) != 0) return data_error(stream.get_last_error(&stream));
  // DuckDB takes a relation without columns for a bug of its own and ends.
  if (std::string_view(schema->format) != "+s" || schema->n_children == 0)
    return data_error("there are no columns to write");

  auto connection = connect(database->get());
  if (!connection) return std::move(connection).error();
  LentStream lent(stream, std::move(schema));
  View const view(connection->get(), lent);
  if (!view.made()) return data_error("a column has a type that cannot be written");
  FileAlias const alias(file, name);
  auto done = execute(connection->get(), "COPY (SELECT * FROM " + view.name() + ") TO " + sql_literal(alias.path()) +
                                             " (" + options + ", USE_TMP_FILE false)");
  if (done) return {};
  return Error{ErrorKind::Data, alias.in_words_of_people(done.error().message)};
}

}  // namespace huiyu::records::duckdb
