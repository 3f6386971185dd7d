// Expressions as nodes of one program; a file for each construct. Private to the folder.
#pragma once

#include <map>
#include <span>

#include "compiler/lower/lowerer.h"

namespace huiyu::lower {

// Truth is a node; everything else, dates and classes too, an exact number (those at scale 0).
struct Value {
  NodeId truth = plan::none;
  Number number;
  bool is_truth() const { return truth != plan::none; }
};

// One condition and what it gives.
struct Row {
  NodeId condition = plan::none;
  Value value;
};

class Expressions {
 public:
  Expressions(Lowerer& lowerer, Place const& place, Code& code)
      : lowerer_(lowerer), place_(place), code_(code), numbers_(lowerer.tables(), code) {}

  Value value(tir::ExprId id);
  Number number(tir::ExprId id) { return value(id).number; }
  NodeId truth(tir::ExprId id) { return value(id).truth; }
  Arithmetic& arithmetic() { return numbers_; }

  // From now on numbers of one limb are read as plan::is_usual has them: for amounts alone.
  void read_usual_numbers() { usual_ = true; }

  // A column of this place's rows or of a record around them.
  Value read(plan::Ref<plan::Column> column);
  Value undecided(types::Type const& type);
  NodeId logic(plan::Op op, std::vector<NodeId> operands, std::int64_t immediate = 0);
  NodeId literal_truth(bool value);
  // logic.cpp. What each row of a place looks for, or is told apart by, as a column of one limb; none: programs do not
  // compute it.
  std::optional<plan::Ref<plan::Column>> key_column(Place const& place, tir::ExprId id);

  // choose.cpp. Unique, or a choice between two: `otherwise` absent: no value then.
  Value choose(plan::Op op, std::span<Row const> rows, std::optional<Value> otherwise);

 private:
  Value lower(tir::ExprId id);
  // values.cpp
  Value of(tir::Constant const& e, types::Type const& type);
  Value of(tir::FieldValue const& e, types::Type const& type);
  Value of(tir::DefinitionValue const& e, types::Type const& type);
  Value of(tir::ParameterValue const& e, types::Type const& type);
  Value of(tir::Input const& e, types::Type const& type);
  Value of(tir::IfGiven const& e, types::Type const& type);
  Value of(PeriodTerm term, types::Type const& type);
  Value of(tir::Offset const& e, types::Type const& type);
  // calls.cpp
  Value of(tir::Call const& e, types::Type const& type);
  // arithmetic.cpp
  Value of(tir::Arithmetic const& e);
  Value of(tir::Negate const& e);
  Value of(tir::Pick const& e, types::Type const& type);
  Value of(tir::Cap const& e);
  Value of(tir::Round const& e);
  Value of(tir::Shift const& e, types::Type const& type);
  // logic.cpp
  Value of(tir::AtLeastOf const& e);
  Value of(tir::Compare const& e);
  Value of(tir::BelongsTo const& e);
  Value of(tir::SetContains const& e);
  Value of(tir::Lookup const& e, types::Type const& type);
  std::vector<NodeId> truths(std::vector<tir::ExprId> const& ids);
  std::optional<NodeId> text_is(tir::ExprId subject, tir::ExprId text);
  // choose.cpp
  Value of(tir::Choose const& e, types::Type const& type);
  Value of(tir::Default const& e, types::Type const& type);
  Value choose_all(plan::Op op, std::span<Row const> rows, std::optional<Value> otherwise, types::Type const& type);
  void make_alike(std::vector<Value*> const& values);
  // aggregates.cpp
  Value of(tir::Aggregate const& e, types::Type const& type);
  // series.cpp
  Value of(tir::SeriesValue const& e, types::Type const& type);
  Value of(tir::Window const& e, types::Type const& type);

  Lowerer& lowerer_;
  Place const& place_;
  Code& code_;
  Arithmetic numbers_;
  std::map<tir::ExprId, Value> known_;
  bool usual_ = false;
};

}  // namespace huiyu::lower
