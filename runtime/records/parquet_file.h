#pragma once

// A table of texts, amounts and lists of texts as a Parquet file, for results.
//
// DuckDB reads and writes any Parquet file. This writes one kind of table whose texts are numbered already, without
// spelling them out and looking each up again.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/arrow_write.h"
#include "runtime/records/runs.h"

namespace huiyu::records {

// The texts of one column, numbered in the order in which they are added.
class ParquetTexts {
 public:
  std::uint32_t add(std::string_view text);
  std::uint32_t count() const { return count_; }
  // Each text after its length, as dictionary pages have it.
  std::string const& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::uint32_t count_ = 0;
};

inline constexpr std::uint32_t no_text = 0xFFFFFFFF;

// A column of some rows; which members count depends on its kind. Kinds: all but Integer.
struct ParquetColumn {
  ParquetTexts texts;                 // Text, TextList
  Runs numbers;                       // Text: by row, `no_text` is null
  std::vector<std::uint32_t> items;   // TextList: the numbers of all rows' items
  Runs counts;                        // TextList: by row, how many items it has; a row without items is null
  std::vector<std::int64_t> amounts;  // Money: the known ones, in 分; they stand in 元
  Runs is_known;                      // Money: by row, 1 or 0
};

class ParquetFile {
 public:
  // A file that was there is replaced by `finish`, and stays as it was without it.
  static Result<ParquetFile> create(std::filesystem::path const& path, std::vector<columns::ResultColumn> columns);
  ParquetFile(ParquetFile&&) noexcept;
  ParquetFile& operator=(ParquetFile&&) noexcept;
  ~ParquetFile();

  // Writes rows as a group of their own, with one column for each of the file's.
  Result<void> add(std::int64_t row_count, std::vector<ParquetColumn> const& columns);
  // Writes what tells readers where all is, and gives the file its name.
  Result<void> finish();

 private:
  struct State;
  explicit ParquetFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace huiyu::records
