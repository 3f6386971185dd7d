#pragma once

// Expressions of several rows: ladders, tables, lists of conditions.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/literals.h"
#include "compiler/ast/operators.h"
#include "compiler/source/span.h"

namespace huiyu::ast {

// A row of 分档 / 分段 / 表. One of: otherwise; keys (values parted by 、, or bounds and ranges on the subject); a
// condition.
struct RowKey {
  bool otherwise = false;
  std::vector<ExprId> values;
  std::vector<Bound> bounds;
  ExprId range{};
  ExprId condition{};
  std::vector<ExprId> except;
  Span span;
};
struct Row {
  RowKey key;
  ExprId value;
  Span span;
};
struct Ladder {
  bool marginal = false /*分段*/;
  std::optional<HitRule> hit;
  ExprId subject{};
  std::vector<Row> rows;
};

// 表: `记 X = 从业人员（人）`, a header whose cells are classes or bounds, rows keyed by the subject.
struct Abbreviation {
  Name letter;
  ExprId value;
  UnitWord unit = UnitWord::None;
  Span span;
};
struct Cell {
  std::vector<ExprId> conditions;
  bool otherwise = false;
  bool dash = false;
  Span span;
};  // `X≥300 Y≥2000`: all hold
struct TableRow {
  RowKey key;
  std::vector<Cell> cells;
  Span span;
};
struct Table {
  std::optional<HitRule> hit;
  ExprId subject{};
  std::vector<Abbreviation> abbreviations;
  Name corner;
  std::vector<ExprId> header;  // one per column of cells: the class (or value) that the column gives
  std::vector<TableRow> rows;
};

// 同时符合：（一）…；（二）…  The mark is the clause id.
struct Member {
  std::string mark;
  ExprId condition;
  std::optional<std::string> citation;
  Span span;
};
struct Quantified {
  Quantifier quantifier{};
  std::int64_t count = 0;
  std::vector<Member> members;
};

}  // namespace huiyu::ast
