#pragma once

// Result rows as an Arrow stream, for whoever writes them to a file (records::DataModule::write).

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/columns/arrow_c.h"

namespace huiyu::columns {

enum class ResultKind : std::uint8_t {
  Text,      // u
  Integer,   // l
  Money,     // d:38,2: given in 分, stands in 元
  TextList,  // +l of u
};
struct ResultColumn {
  std::string name;
  ResultKind kind{};
};
// Nothing, or what the column's kind says: Text, Integer or Money, TextList. Texts are copied when the row is added.
using ResultCell = std::variant<std::monostate, std::string_view, std::int64_t, std::vector<std::string>>;

// Collects rows in columns; every column may hold nulls.
class ResultRows {
 public:
  explicit ResultRows(std::vector<ResultColumn> columns);
  ~ResultRows();
  ResultRows(ResultRows&&) noexcept;
  ResultRows& operator=(ResultRows&&) noexcept;

  // One cell for each column.
  void add(std::span<ResultCell const> cells);
  void add(std::initializer_list<ResultCell> cells) { add(std::span(cells.begin(), cells.size())); }
  std::int64_t row_count() const;

  // All rows in batches of at most 65,536, and the columns also where there is no row.
  ArrowStream finish() &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace huiyu::columns
