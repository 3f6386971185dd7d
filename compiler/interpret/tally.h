#pragma once

// The oracle's 统计: the records that are made of others, kept in memory, every row looked at for every group.
// docs/language/statistics.md says what it means; runtime/settle must give the same.

#include <optional>
#include <string>
#include <vector>

#include "compiler/interpret/value.h"
#include "compiler/tir/tir.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"

namespace huiyu::interpret {

// The 统计 that makes the records of a 结构; none: data state them.
tir::Tally const* tally_of(tir::Program const& program, SchemaId schema);

class Tally {
 public:
  // The 结构 is one that a 统计 makes.
  Tally(tir::Program const& program, SchemaId schema);

  // The records of a batch of the source.
  void add(columns::Batch const& batch, std::vector<std::string> const& keys, RunInputs const& inputs);
  // All that is made of them, in the order of their keys.
  columns::Batch make(RunInputs const& inputs) const;

 private:
  // What one row says to one value.
  struct Said {
    Answer meant, value;
    std::vector<Answer> once;  // 不重复
    Names lacks;
  };
  // A row, or a record of which the rows are not known (`said` is then empty).
  struct Row {
    std::size_t record = 0;
    std::vector<Answer> keys;
    Names lacks_keys;
    std::vector<Said> said;  // by value
  };
  struct Cell {
    std::optional<BigInt> value;
    Names facts;
  };

  std::vector<std::string> shown(std::vector<Answer> const& keys) const;
  std::vector<Cell> cells(std::size_t value, std::vector<Answer> const& keys) const;
  Cell stored(tir::FieldId field, BigInt const& value) const;

  tir::Program const& program_;
  tir::Tally const& tally_;
  std::vector<tir::TallyValue const*> values_;
  std::vector<Row> rows_;
  std::size_t records_ = 0;
};

}  // namespace huiyu::interpret
