#pragma once

// The evaluator of expressions. Private to the folder; its members are spread over one file per kind of expression.

#include <map>
#include <tuple>

#include "compiler/interpret/value.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"

namespace huiyu::interpret {

// One record in scope: a row of a batch, and how its facts are called in `needs` (`技改项目.` before a field of an
// item).
struct Record {
  columns::Batch const* batch = nullptr;
  std::int64_t row = 0;
  std::string prefix;
};

// What is bound around an expression.
struct Frame {
  std::vector<Record> records;      // by BindingId
  std::vector<tir::Value> periods;  // by PeriodId
  Answer this_year, this_month;     // 本年, 本月

  Record const& record(tir::BindingId id) const;
  void bind(tir::BindingId id, Record record);
  void bind(tir::PeriodId id, tir::Value period);
};

class Evaluator {
 public:
  Evaluator(tir::Program const& program, RunInputs const& inputs) : program_(program), inputs_(inputs) {}

  Answer evaluate(tir::ExprId id, Frame const& frame);
  Answer application_year() const;
  Answer month_of_as_of() const;
  // The frame around a policy or an expression about one record.
  Frame frame_of(columns::Batch const& batch, std::int64_t row) const;

 private:
  // expr.cpp
  Answer kind_of(tir::Expr const& expr, Frame const& frame);
  std::vector<Answer> evaluate_all(std::vector<tir::ExprId> const& ids, Frame const& frame);
  Answer value_of(tir::Input const& input, Frame const& frame) const;
  Answer value_of(tir::DefinitionValue const& use, Frame const& frame);
  Answer value_of(tir::Compare const& comparison, Frame const& frame);
  Answer value_of(tir::Arithmetic const& operation, tir::Expr const& expr, Frame const& frame);
  Answer value_of(tir::Pick const& pick, Frame const& frame);
  Answer value_of(tir::BelongsTo const& membership, Frame const& frame);
  Answer value_of(tir::SetContains const& membership, Frame const& frame);
  Answer value_of(tir::Shift const& shift, tir::Expr const& expr, Frame const& frame);
  Answer value_of(tir::Call const& call, tir::Expr const& expr, Frame const& frame);
  Answer value_of(tir::Offset const& offset, tir::Expr const& expr, Frame const& frame);
  // facts.cpp
  Answer value_of(tir::FieldValue const& field, Frame const& frame) const;
  Answer value_of(tir::SeriesValue const& series, Frame const& frame);
  Answer value_of(tir::ParameterValue const& parameter) const;
  Answer value_of(tir::Lookup const& lookup, Frame const& frame);
  Answer fact(Record const& record, std::size_t column, types::Type const& type, types::NumberFormat const& format,
              std::string const& name) const;
  std::size_t column_of(tir::FieldId field) const;
  // What a list or series that is missing as a whole hangs on.
  static Answer lacking(columns::Column const& column, std::int64_t row, std::string const& name);
  std::optional<std::size_t> given_column_of(tir::DefinitionId definition) const;
  // choose.cpp
  Answer value_of(tir::Choose const& choice, tir::Expr const& expr, Frame const& frame);
  // aggregate.cpp
  Answer value_of(tir::Aggregate const& aggregate, tir::Expr const& expr, Frame const& frame);
  Answer value_of(tir::Window const& window, tir::Expr const& expr, Frame const& frame);
  Answer aggregate(tir::AggregateOp op, std::int64_t first, tir::ExprId each, tir::ExprId where,
                   std::vector<Frame> const& items, tir::Expr const& expr);

  tir::Program const& program_;
  RunInputs const& inputs_;
  // Definitions are used many times over and over each other: without this a chain of them would take exponential time.
  using MemoKey = std::tuple<std::int32_t, columns::Batch const*, std::int64_t, std::int32_t, std::int32_t>;
  std::map<MemoKey, Answer> definitions_;
};

}  // namespace huiyu::interpret
