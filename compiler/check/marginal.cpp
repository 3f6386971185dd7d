#include "compiler/check/expr.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

// The slice of one row: above `low`, up to `high`; absent ends are open.
struct Slice {
  tir::ExprId low{}, high{};
};

Slice slice_of(Context& context, Scope const& scope, ast::RowKey const& key, Type const& type) {
  Slice slice;
  auto const set = [&](tir::ExprId& end, ast::ExprId source) {
    tir::ExprId const value = expect_type(context, check_expr(context, scope, source, &type), type);
    if (end.has_value()) context.diagnostics.add(key.span, diag::SliceUnclear, source_text(context, key.span));
    end = value;
  };
  if (key.range.has_value()) {
    if (auto const* range = std::get_if<ast::Range>(&scope.expr(key.range).kind)) {
      set(slice.low, range->low);
      set(slice.high, range->high);
    }
    return slice;
  }
  for (auto const& bound : key.bounds) {
    switch (bound.op) {
      case ast::CompareOp::Greater:
      case ast::CompareOp::AtLeast: set(slice.low, bound.value); break;
      case ast::CompareOp::Less:
      case ast::CompareOp::AtMost: set(slice.high, bound.value); break;
      case ast::CompareOp::Equal:
      case ast::CompareOp::NotEqual:
        context.diagnostics.add(key.span, diag::SliceUnclear, source_text(context, key.span));
        break;
    }
  }
  return slice;
}

// The slices must follow one another: a bound of one is the bound of the next.
bool follows(Context& context, tir::ExprId end, tir::ExprId begin, Span span) {
  auto const a = constant_number(context, end), b = constant_number(context, begin);
  if (a && b && *a == *b) return true;
  if (!a || !b) return true;  // bounds that are names: the drafter answers for their order
  context.diagnostics.add(span, diag::SlicesApart)
      .label(span_of(context, end), diag::note::SliceEnds)
      .label(span_of(context, begin), diag::note::SliceBegins);
  return false;
}

}  // namespace

// 分段: the sum over the slices of rate × (what of the subject lies in the slice).
tir::ExprId check_marginal(Context& context, Scope const& scope, ast::Ladder const& ladder, Span span) {
  if (!ladder.subject.has_value()) return poison(context, span);
  tir::ExprId const subject = check_number(context, scope, ladder.subject);
  if (is_poison(context, subject)) return poison(context, span);
  Type const type = type_of(context, subject);
  tir::ExprId sum{};
  std::optional<Slice> before;
  for (auto const& row : ladder.rows) {
    if (row.key.otherwise || (row.key.bounds.empty() && !row.key.range.has_value())) {
      context.diagnostics.add(row.key.span, diag::SliceUnclear, source_text(context, row.key.span));
      return poison(context, span);
    }
    Slice const slice = slice_of(context, scope, row.key, type);
    tir::ExprId const rate = check_number(context, scope, row.value);
    bool const poisoned = is_poison(context, rate) || (slice.low.has_value() && is_poison(context, slice.low)) ||
                          (slice.high.has_value() && is_poison(context, slice.high));
    if (poisoned) return poison(context, span);
    bool const open_inside = before && (!before->high.has_value() || !slice.low.has_value());
    if (open_inside) {
      context.diagnostics.add(row.key.span, diag::SliceUnclear, source_text(context, row.key.span));
      return poison(context, span);
    }
    if (before && !follows(context, before->high, slice.low, row.key.span)) return poison(context, span);
    before = slice;

    tir::ExprId part = subject;
    if (slice.high.has_value()) part = add(context, tir::Cap{true, part, slice.high}, type, row.span);
    if (slice.low.has_value()) part = arithmetic(context, tir::ArithmeticOp::Subtract, part, slice.low, row.span);
    part = add(context, tir::Cap{false, part, number(context, 0, type.unit, row.span)}, type, row.span);
    part = arithmetic(context, tir::ArithmeticOp::Multiply, part, rate, row.span);
    if (sum.has_value() && !agree(context, sum, part, row.span)) return poison(context, span);
    sum = sum.has_value() ? arithmetic(context, tir::ArithmeticOp::Add, sum, part, span) : part;
  }
  return sum.has_value() ? sum : poison(context, span);
}

}  // namespace huiyu::check
