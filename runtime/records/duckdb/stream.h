#pragma once

// The rows of a running query as an ArrowArrayStream.

#include <memory>
#include <string>

#include "runtime/records/duckdb/database.h"
#include "runtime/records/file_descriptor.h"

namespace huiyu::records::duckdb {

// How DuckDB knows a file and how people do.
// DuckDB opens it anew by its descriptor's path under /proc, which holds no character that means anything to it: in a
// real path, brackets, stars, `key=value` folders, URL schemes and bytes that are not UTF-8 would.
class FileAlias {
 public:
  FileAlias() = default;
  FileAlias(int descriptor, std::string name);

  std::string const& path() const { return path_; }
  std::string const& name() const { return name_; }  // empty: there is no file
  // DuckDB's message about the file as it concerns people: with the file's own name, without the SQL text that read it
  // and without advice on options that nobody here can set. Messages about SQL texts, which have no file, stay as they
  // are.
  std::string in_words_of_people(std::string message) const;

 private:
  std::string path_;
  std::string name_;
};

// What a running query needs, in the order in which it may be built; torn down in reverse.
struct RunningQuery {
  std::shared_ptr<Database> database;
  FileDescriptor file;  // none for a SQL text
  FileAlias alias;
  Connection connection;
  ArrowOptions options;
  ResultSet result;
};

// Hands out the rows of `query`, which must have begun, in batches of at most as many as the
// database says.
Result<ArrowArrayStream> make_stream(RunningQuery query);

}  // namespace huiyu::records::duckdb
