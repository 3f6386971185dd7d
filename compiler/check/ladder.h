// Inside check only: what ladders, tables and exceptions share: their rows proved apart, their gaps found.
#pragma once

#include "compiler/check/context.h"
#include "compiler/check/satisfy.h"

namespace huiyu::check {

struct LadderRow {
  tir::ExprId condition{}, value{};
  Span span;  // of the key
  std::string citation;
};

// Whether no two rows can hold at once: Exclusive, or Unique where that is not proved. A certain overlap is reported
// with a witness and both places.
tir::HitRule prove_apart(Context& context, std::vector<LadderRow> const& rows);

// The same proof, without a word.
bool are_apart(Context const& context, std::vector<LadderRow> const& rows);

// Rows of 首行 that an earlier row leaves nothing: reported.
void report_unreachable(Context& context, std::vector<LadderRow> const& rows);

// What no row covers. Remembered in Context::gaps for whoever uses the ladder; a ladder without an entry there is
// total.
void find_gap(Context& context, tir::ExprId ladder, std::vector<LadderRow> const& rows, tir::ExprId subject, Span span);

// Reports each ladder below the value that may hit no row: a definition must always have a value.
void require_total(Context& context, tir::ExprId value);
// Warns of a stretch between two rows that none of them covers: a boundary that was forgotten.
void warn_of_inner_gaps(Context& context, tir::ExprId value);

// The condition of a key; `subject` absent: the key is a whole condition.
tir::ExprId key_condition(Context& context, Scope const& scope, tir::ExprId subject, ast::RowKey const& key);

// The node of a ladder from its rows.
tir::ExprId make_ladder(Context& context, std::optional<ast::HitRule> rule, tir::ExprId subject,
                        std::vector<LadderRow> rows, tir::ExprId otherwise, Span span);

}  // namespace huiyu::check
