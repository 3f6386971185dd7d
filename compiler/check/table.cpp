#include "compiler/check/expr.h"
#include "compiler/check/ladder.h"
#include "compiler/check/units.h"
#include "compiler/tir/traverse.h"

namespace huiyu::check {
namespace {

Scope with_letters(Context& context, Scope const& scope, ast::Table const& table) {
  Scope inner = scope;
  for (auto const& abbreviation : table.abbreviations) {
    tir::ExprId const value = check_expr(context, scope, abbreviation.value);
    std::optional<ast::UnitWord> unit;
    if (abbreviation.unit != ast::UnitWord::None) {
      unit = abbreviation.unit;
      Type const wanted = number_type(unit_of(abbreviation.unit).unit);
      if (!is_poison(context, value) && !(type_of(context, value) == wanted))
        context.diagnostics.add(abbreviation.span, diag::UnitsDisagree, phrase(context, type_of(context, value)),
                                phrase(context, wanted));
    }
    inner.letters.push_back({abbreviation.letter.text, value, unit});
  }
  return inner;
}

// A boundary hit by nobody or by the wrong class: in one row `X≥1000` beside `X＞300`. Standards never mix the two.
void warn_of_mixed_bounds(Context& context, std::vector<LadderRow> const& cells, Span row) {
  struct Kinds {
    bool inclusive = false, exclusive = false;
    std::string bounds;
  };
  std::map<std::string, Kinds> lower;  // by the subject's text
  for (auto const& cell : cells)
    for (auto const id : tir::reachable(context.program, cell.condition)) {
      auto const* bound = std::get_if<tir::Compare>(&context.program.exprs[id].kind);
      if (bound == nullptr || (bound->op != tir::CompareOp::AtLeast && bound->op != tir::CompareOp::Greater)) continue;
      auto const value = constant_number(context, bound->right);
      if (!value) continue;
      auto& kinds = lower[source_text(context, span_of(context, bound->left))];
      bool const open = bound->op == tir::CompareOp::Greater;
      (open ? kinds.exclusive : kinds.inclusive) = true;
      kinds.bounds += (kinds.bounds.empty() ? "" : "，") + std::string(open ? "超过 " : "不低于 ") +
                      drafted(*value, type_of(context, bound->left));
    }
  for (auto const& [subject, kinds] : lower)
    if (kinds.inclusive && kinds.exclusive) context.diagnostics.add(row, diag::BoundsMixed, subject, kinds.bounds);
}

// What one row of the table gives: the class of the first cell that holds.
tir::ExprId row_value(Context& context, Scope const& scope, ast::Table const& table,
                      std::vector<tir::ExprId> const& classes, ast::TableRow const& row) {
  std::vector<LadderRow> cells;
  tir::ExprId otherwise{};
  std::optional<Span> otherwise_span;
  for (std::size_t i = 0; i < row.cells.size() && i < classes.size(); ++i) {
    auto const& cell = row.cells[i];
    if (cell.dash) continue;
    if (otherwise_span) {
      context.diagnostics.add(cell.span, diag::RowAfterOtherwise).label(*otherwise_span, diag::note::OtherwiseHere);
      return poison(context, row.span);
    }
    if (cell.otherwise) {
      otherwise = classes[i];
      otherwise_span = cell.span;
      continue;
    }
    std::vector<tir::ExprId> conditions;
    for (auto const condition : cell.conditions) conditions.push_back(check_condition(context, scope, condition));
    cells.push_back({conjunction(context, std::move(conditions), cell.span), classes[i], cell.span, {}});
  }
  warn_of_mixed_bounds(context, cells, row.span);
  return make_ladder(context, table.hit, {}, std::move(cells), otherwise, row.span);
}

}  // namespace

// A table keyed by a subject is a choice of the row, and in each row a choice of the cell.
tir::ExprId check_table(Context& context, Scope const& scope, ast::Table const& table, Type const* expected,
                        Span span) {
  Scope const inner = with_letters(context, scope, table);
  tir::ExprId const subject = table.subject.has_value() ? check_expr(context, inner, table.subject) : tir::ExprId{};
  std::vector<tir::ExprId> classes;
  for (auto const source : table.header) {
    classes.push_back(check_expr(context, inner, source, expected));
    if (!agree(context, classes.front(), classes.back(), span_of(context, classes.back())))
      return poison(context, span);
  }
  std::vector<LadderRow> rows;
  tir::ExprId otherwise{};
  std::optional<Span> otherwise_span;
  for (auto const& row : table.rows) {
    if (row.cells.size() != classes.size()) {
      context.diagnostics.add(row.span, diag::CellsMissing, static_cast<diag::Count>(row.cells.size()),
                              static_cast<diag::Count>(classes.size()));
      return poison(context, span);
    }
    if (otherwise_span) {
      context.diagnostics.add(row.span, diag::RowAfterOtherwise).label(*otherwise_span, diag::note::OtherwiseHere);
      return poison(context, span);
    }
    bool empty = true;
    for (auto const& cell : row.cells) empty = empty && cell.dash;
    if (empty) continue;  // the row gives nothing: as if it were not there
    tir::ExprId const value = row_value(context, inner, table, classes, row);
    if (row.key.otherwise) {
      otherwise = value;
      otherwise_span = row.key.span;
      continue;
    }
    rows.push_back({key_condition(context, inner, subject, row.key), value, row.key.span, {}});
  }
  // 首行 chooses among the cells; rows are only read in order where they are not apart anyway.
  bool const in_order = table.hit == ast::HitRule::First && !are_apart(context, rows);
  return make_ladder(context, in_order ? table.hit : std::nullopt, subject, std::move(rows), otherwise, span);
}

}  // namespace huiyu::check
