#include "compiler/check/ladder.h"

#include "compiler/check/cohort.h"
#include "compiler/check/expr.h"
#include "compiler/check/units.h"
#include "compiler/tir/traverse.h"

namespace huiyu::check {
namespace {

// 第3年 as a key of a ladder over ordinals is the number 3.
tir::ExprId key_value(Context& context, Scope const& scope, ast::ExprId source, Type const& type) {
  auto const& expr = scope.expr(source);
  auto const* literal = std::get_if<ast::Literal>(&expr.kind);
  auto const* ordinal = literal == nullptr ? nullptr : std::get_if<ast::OrdinalLiteral>(&literal->value);
  if (ordinal != nullptr && type == number_type()) return number(context, ordinal->number, {}, expr.span);
  return check_expr(context, scope, source, &type);
}

tir::ExprId values_condition(Context& context, Scope const& scope, tir::ExprId subject, ast::RowKey const& key) {
  Type const type = type_of(context, subject);
  bool const classes = type.kind == Kind::Code || type.kind == Kind::Enumeration;
  if (classes) return membership_of(context, scope, subject, key.values, key.except, key.span);
  std::vector<tir::ExprId> ways;
  for (auto const source : key.values) {
    if (auto const within = rank_within(context, subject, scope.expr(source), scope.expr(source).span)) {
      ways.push_back(*within);
      continue;
    }
    tir::ExprId const value = key_value(context, scope, source, type);
    ways.push_back(compared(context, tir::CompareOp::Equal, subject, value, scope.expr(source).span));
  }
  return disjunction(context, std::move(ways), key.span);
}

tir::ExprId range_condition(Context& context, Scope const& scope, tir::ExprId subject, ast::RowKey const& key) {
  auto const* range = std::get_if<ast::Range>(&scope.expr(key.range).kind);
  if (range == nullptr) return poison(context, key.span);
  Type const type = type_of(context, subject);
  auto const ordinal = [&](ast::ExprId end) {
    auto const* literal = std::get_if<ast::Literal>(&scope.expr(end).kind);
    return literal != nullptr && std::holds_alternative<ast::OrdinalLiteral>(literal->value);
  };
  if (!ordinal(range->low) || !ordinal(range->high)) return check_range(context, scope, subject, *range, key.span);
  tir::ExprId const low = key_value(context, scope, range->low, type),
                    high = key_value(context, scope, range->high, type);
  return conjunction(context,
                     {compared(context, tir::CompareOp::AtLeast, subject, low, key.span),
                      compared(context, tir::CompareOp::AtMost, subject, high, key.span)},
                     key.span);
}

}  // namespace

namespace {

// A single key is written like a condition: `甲`, `第1年`, `K7010`. It is a value unless it is a truth by itself.
bool is_single_value(Context& context, Scope const& scope, tir::ExprId subject, ast::ExprId source) {
  auto const& expr = scope.expr(source);
  if (std::holds_alternative<ast::Literal>(expr.kind)) return true;
  auto const* reference = std::get_if<ast::Reference>(&expr.kind);
  if (reference == nullptr) return false;
  if (needs_type(context, scope, source)) return true;
  bool const truth = type_of(context, subject).kind == Kind::Truth;
  if (truth || reference->period) return true;
  tir::ExprId const value = check_expr(context, scope, source);
  return type_of(context, value).kind != Kind::Truth;
}

}  // namespace

tir::ExprId key_condition(Context& context, Scope const& scope, tir::ExprId subject, ast::RowKey const& key) {
  if (!subject.has_value()) {
    if (key.condition.has_value()) return check_condition(context, scope, key.condition);
    if (key.values.size() == 1) return check_condition(context, scope, key.values.front());
    context.diagnostics.add(key.span, diag::KeyWithoutSubject, source_text(context, key.span));
    return poison(context, key.span);
  }
  if (is_poison(context, subject)) return poison(context, key.span);
  if (key.condition.has_value()) {
    if (!is_single_value(context, scope, subject, key.condition)) return check_condition(context, scope, key.condition);
    ast::RowKey single;
    single.values = {key.condition};
    single.except = key.except;
    single.span = key.span;
    return values_condition(context, scope, subject, single);
  }
  if (!key.values.empty()) return values_condition(context, scope, subject, key);
  if (key.range.has_value()) return range_condition(context, scope, subject, key);
  std::vector<tir::ExprId> bounds;
  for (auto const& bound : key.bounds) bounds.push_back(check_bound(context, scope, subject, {}, bound));
  return conjunction(context, std::move(bounds), key.span);
}

namespace {

// `5000万元以上 不满1000万元`: of 首行 such rows are never reached and said to be so.
void report_impossible(Context& context, std::vector<LadderRow> const& rows) {
  for (auto const& row : rows)
    if (impossible(ways(context, row.condition, true)))
      context.diagnostics.add(row.span, diag::NeverHolds, source_text(context, row.span));
}

}  // namespace

tir::ExprId make_ladder(Context& context, std::optional<ast::HitRule> rule, tir::ExprId subject,
                        std::vector<LadderRow> rows, tir::ExprId otherwise, Span span) {
  Type type;
  for (auto const& row : rows) {
    if (is_poison(context, row.condition) || is_poison(context, row.value)) return poison(context, span);
    if (type.kind == Kind::Poison) type = type_of(context, row.value);
  }
  if (otherwise.has_value() && is_poison(context, otherwise)) return poison(context, span);
  if (subject.has_value() && is_poison(context, subject)) return poison(context, span);
  if (rows.empty()) return otherwise.has_value() ? otherwise : poison(context, span);

  if (rule.value_or(ast::HitRule::Unique) != ast::HitRule::First) report_impossible(context, rows);
  tir::HitRule hit = tir::HitRule::First;
  switch (rule.value_or(ast::HitRule::Unique)) {
    case ast::HitRule::Unique: hit = prove_apart(context, rows); break;
    case ast::HitRule::First: report_unreachable(context, rows); break;
    case ast::HitRule::Highest: hit = tir::HitRule::Highest; break;
    case ast::HitRule::Sum: hit = tir::HitRule::Sum; break;
  }
  std::vector<tir::Choice> choices;
  for (auto const& row : rows) choices.push_back({row.condition, row.value, row.citation, row.span});
  tir::ExprId const ladder = add(context, tir::Choose{hit, subject, std::move(choices), otherwise}, type, span);
  if (!otherwise.has_value()) find_gap(context, ladder, rows, subject, span);
  return ladder;
}

namespace {

// `前20%`, as the only thing in a key.
std::optional<BigRational> top_share(Scope const& scope, ast::RowKey const& key) {
  ast::ExprId const source = key.condition.has_value() ? key.condition
                             : key.values.size() == 1  ? key.values.front()
                                                       : ast::ExprId{};
  if (!source.has_value()) return std::nullopt;
  auto const* literal = std::get_if<ast::Literal>(&scope.expr(source).kind);
  auto const* top = literal == nullptr ? nullptr : std::get_if<ast::TopLiteral>(&literal->value);
  if (top == nullptr || top->number.unit != ast::UnitWord::Percent) return std::nullopt;
  return measure(top->number).value;
}

// 前20%、前30%、前50% without 其余: whoever writes so takes the shares for slices, but each counts from the first
// place.
bool shares_taken_for_slices(Context& context, Scope const& scope, ast::Ladder const& ladder) {
  if (ladder.rows.size() < 2) return false;
  BigRational sum = 0;
  std::string cumulative;
  for (auto const& row : ladder.rows) {
    auto const share = top_share(scope, row.key);
    if (!share) return false;
    sum += *share;
    cumulative += (cumulative.empty() ? "前" : "、前") + drafted(sum, number_type());
  }
  if (sum != 1) return false;
  cumulative.resize(cumulative.rfind("、"));
  context.diagnostics.add(ladder.rows.back().key.span, diag::SharesCumulate)
      .label(ladder.rows.front().key.span, diag::note::SliceBegins)
      .add_help(diag::note::SharesHelp, cumulative);
  return true;
}

// 前70% before 前25%: whoever is among the first quarter has been taken already.
bool shares_fall(Context& context, Scope const& scope, ast::Ladder const& ladder) {
  ast::RowKey const* before = nullptr;
  for (auto const& row : ladder.rows) {
    auto const share = top_share(scope, row.key);
    if (!share) continue;
    if (before != nullptr && *share <= *top_share(scope, *before)) {
      context.diagnostics
          .add(row.key.span, diag::SharesFall, source_text(context, row.key.span), source_text(context, before->span))
          .label(before->span, diag::note::AlsoHere);
      return true;
    }
    before = &row.key;
  }
  return false;
}

}  // namespace

tir::ExprId check_ladder(Context& context, Scope const& scope, ast::Ladder const& ladder, Type const* expected,
                         Span span) {
  if (ladder.marginal) return check_marginal(context, scope, ladder, span);
  if (shares_taken_for_slices(context, scope, ladder)) return poison(context, span);
  tir::ExprId const subject = ladder.subject.has_value() ? check_expr(context, scope, ladder.subject) : tir::ExprId{};

  // Values that are bare names wait until another row has told the type.
  std::optional<Type> type;
  if (expected != nullptr && expected->kind != Kind::Poison) type = *expected;
  std::vector<tir::ExprId> values(ladder.rows.size());
  for (bool const waiting : {false, true})
    for (std::size_t i = 0; i < ladder.rows.size(); ++i) {
      if (values[i].has_value() || (!waiting && !type && needs_type(context, scope, ladder.rows[i].value))) continue;
      values[i] = check_expr(context, scope, ladder.rows[i].value, type ? &*type : nullptr);
      if (!type && !is_poison(context, values[i])) type = type_of(context, values[i]);
    }

  std::vector<LadderRow> rows;
  tir::ExprId otherwise{}, first{};
  std::optional<Span> otherwise_span;
  for (std::size_t i = 0; i < ladder.rows.size(); ++i) {
    auto const& row = ladder.rows[i];
    if (otherwise_span) {
      context.diagnostics.add(row.span, diag::RowAfterOtherwise).label(*otherwise_span, diag::note::OtherwiseHere);
      break;
    }
    tir::ExprId value = values[i];
    if (first.has_value() && !agree(context, first, value, row.span)) value = poison(context, row.span);
    if (!first.has_value() && !is_poison(context, value)) first = value;
    if (row.key.otherwise) {
      otherwise = value;
      otherwise_span = row.key.span;
      continue;
    }
    rows.push_back({key_condition(context, scope, subject, row.key), value, row.key.span, {}});
  }
  if (!subject.has_value() || !is_rank(context, subject))
    return make_ladder(context, ladder.hit, subject, std::move(rows), otherwise, span);
  // Shares count from the first place: whom one row has taken is not asked by the next. A place that is open is no
  // reason to ask for nothing but the place: each row says what it hangs on.
  if (shares_fall(context, scope, ladder)) return poison(context, span);
  return make_ladder(context, ladder.hit.value_or(ast::HitRule::First), {}, std::move(rows), otherwise, span);
}

namespace {

tir::ExprId truth(Context& context, bool value, Span span) { return constant(context, value, truth_type(), span); }

std::optional<tir::ExprId> hit_of_ladder(Context& context, tir::ExprId id, tir::Choose const& ladder, Span span) {
  std::vector<std::optional<tir::ExprId>> inner;
  bool any_inner = false;
  for (auto const& row : ladder.rows) {
    inner.push_back(hit_condition(context, row.value));
    any_inner = any_inner || inner.back().has_value();
  }
  auto const of_otherwise = ladder.otherwise.has_value() ? hit_condition(context, ladder.otherwise) : std::nullopt;
  bool const total = ladder.otherwise.has_value() || !context.gaps.contains(id);
  if (!any_inner && !of_otherwise) {
    if (total) return std::nullopt;
    std::vector<tir::ExprId> conditions;
    for (auto const& row : ladder.rows) conditions.push_back(row.condition);
    return disjunction(context, std::move(conditions), span);
  }
  if (ladder.rule == tir::HitRule::Highest || ladder.rule == tir::HitRule::Sum) {
    std::vector<tir::ExprId> all, conditions;
    for (std::size_t i = 0; i < ladder.rows.size(); ++i) {
      conditions.push_back(ladder.rows[i].condition);
      if (inner[i])
        all.push_back(disjunction(context, {negation(context, ladder.rows[i].condition, span), *inner[i]}, span));
    }
    if (!total) all.push_back(disjunction(context, std::move(conditions), span));
    return conjunction(context, std::move(all), span);
  }
  tir::Choose choice{ladder.rule, ladder.subject, {}, {}};
  for (std::size_t i = 0; i < ladder.rows.size(); ++i) {
    auto row = ladder.rows[i];
    row.value = inner[i] ? *inner[i] : truth(context, true, row.span);
    choice.rows.push_back(std::move(row));
  }
  if (ladder.otherwise.has_value())
    choice.otherwise = of_otherwise ? *of_otherwise : truth(context, true, span);
  else if (!total)
    choice.otherwise = truth(context, false, span);
  return add(context, std::move(choice), truth_type(), span);
}

}  // namespace

std::optional<tir::ExprId> hit_condition(Context& context, tir::ExprId value) {
  auto const expr = context.program.exprs[value];
  if (auto const* ladder = std::get_if<tir::Choose>(&expr.kind))
    return hit_of_ladder(context, value, *ladder, expr.span);
  if (auto const* list = std::get_if<tir::Aggregate>(&expr.kind)) {
    if (!list->each.has_value()) return std::nullopt;
    auto const each = hit_condition(context, list->each);
    if (!each) return std::nullopt;
    return add(context, tir::Aggregate{tir::AggregateOp::All, list->of, list->list, list->item, *each, list->where},
               truth_type(), expr.span);
  }
  std::vector<tir::ExprId> all;
  tir::for_each_operand(expr, [&](tir::ExprId operand) {
    if (auto const inner = hit_condition(context, operand)) all.push_back(*inner);
  });
  if (all.empty()) return std::nullopt;
  return conjunction(context, std::move(all), expr.span);
}

}  // namespace huiyu::check
