#pragma once

// The oracle: what a program means on given records, exactly and slowly. Every engine must give the same.
//
// It evaluates tir node by node with exact fractions, one record at a time, and knows nothing of plans, widths or
// blocks.

#include <optional>
#include <vector>

#include "compiler/interpret/value.h"
#include "compiler/tir/tir.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"

namespace huiyu::interpret {

// The columns that the records of a 结构 have: its fields, then those of the given definitions that are about it.
// Names of given definitions that the program does not have, or that are about another 结构, are passed over.
columns::RecordLayout layout_of(tir::Program const& program, SchemaId schema,
                                std::vector<std::string> const& given_definitions = {});

// How text is read as a value of a type, where no field declares it: parameters, cells and keys of tables.
columns::FieldLayout field_layout(tir::Program const& program, std::string const& name, types::Type const& type,
                                  types::NumberFormat const& format);

struct PairAnswer {
  PairOutcome outcome;
  std::optional<Fault> fault;  // Outcome::Error: why
};

// One record and one policy. The batch has the layout of the policy's 结构 with `inputs.given_definitions`.
PairAnswer interpret_pair(tir::Program const& program, tir::PolicyId policy, columns::Batch const& batch,
                          std::int64_t row, RunInputs const& inputs);

// Every record with every policy about the 结构, record by record and policies in their order.
std::vector<PairAnswer> interpret_all(tir::Program const& program, SchemaId schema, columns::Batch const& batch,
                                      RunInputs const& inputs);
std::vector<PairOutcome> interpret(tir::Program const& program, SchemaId schema, columns::Batch const& batch,
                                   RunInputs const& inputs);

// One expression about the record itself, with 本年 the 申报年度: for tests of definitions and for shrinking.
Answer interpret_expr(tir::Program const& program, tir::ExprId expr, columns::Batch const& batch, std::int64_t row,
                      RunInputs const& inputs);

// A value as a drafter would write it: `小型`, `C3411 锅炉及辅助设备制造`, `2023年`, `12.5`.
std::string say(tir::Program const& program, types::Type const& type, tir::Value const& value);

// The same for what a policy concludes: a number is stated plain, with its unit where it is a single one. 比率 and 小数
// are one type, so that 0.3 is not known to be meant as 30%.
std::string say_conclusion(tir::Program const& program, types::Type const& type, tir::Value const& value);

}  // namespace huiyu::interpret
