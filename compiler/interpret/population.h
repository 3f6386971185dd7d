#pragma once

// The oracle's cohorts: what the others of a 群体 make of each record, over a whole population kept in memory, with
// exact fractions and every record looked at for every other. docs/language/cohorts.md says what it means;
// runtime/settle must give the same.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/interpret/evaluator.h"
#include "compiler/interpret/value.h"
#include "compiler/tir/tir.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"

namespace huiyu::interpret {

// What values come to, of a 数量 each being 1; none where nobody is there to have one.
std::optional<BigRational> statistic_of(tir::CohortOp op, std::vector<BigRational> values);

class Population {
 public:
  Population(tir::Program const& program, SchemaId subject) : program_(program), subject_(subject) {}

  // Whether rules about the 结构 ask for nothing of the kind.
  bool idle() const;
  // The records of a batch; all that is given must outlive this.
  void add(columns::Batch& batch, std::vector<std::string> const& keys, RunInputs const& inputs);
  // Fills in the computed columns of every batch.
  void compute();

 private:
  struct Someone {
    columns::Batch* batch = nullptr;
    std::int64_t row = 0;
    std::string key;
    RunInputs const* inputs = nullptr;
  };
  // What is known of one record as a member.
  struct Member {
    Answer joins, meant, value;
    std::vector<Answer> keys;
    Names lacks;       // of all of them
    Names lacks_keys;  // of the keys
  };
  // A computed cell: a value, or what it waits for.
  struct Cell {
    std::optional<BigInt> value;
    Names facts;
  };
  using Cells = std::vector<Cell>;  // by record
  enum class Relation : std::uint8_t { Apart, Beside, Unclear };

  void compute(tir::CohortValue const& value);
  std::vector<std::int32_t> periods(tir::SeriesStep step) const;
  Member member(tir::CohortValue const& value, Someone const& who, std::optional<std::int32_t> period) const;
  static Relation relation(Member const& a, Member const& b);
  // By field: its place, or value and divisor; then one for each test.
  std::vector<Cells> rank(tir::CohortValue const& value, std::vector<Member> const& members) const;
  std::vector<Cells> statistic(tir::CohortValue const& value, std::vector<Member> const& members) const;
  Cell stored(tir::FieldId field, BigInt const& value) const;
  Names facts_of(std::size_t who, Member const& member) const;
  void fill(tir::FieldId field, std::vector<std::int32_t> const& periods, std::vector<Cells> const& cells);

  tir::Program const& program_;
  SchemaId subject_;
  std::vector<Someone> people_;
};

}  // namespace huiyu::interpret
