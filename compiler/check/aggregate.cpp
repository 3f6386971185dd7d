#include "compiler/check/cohort.h"
#include "compiler/check/declarations.h"
#include "compiler/check/expr.h"
#include "compiler/check/follow.h"
#include "compiler/check/import.h"
#include "compiler/check/period.h"
#include "compiler/check/tally.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

using tir::AggregateOp;

// The list that a path names, and what is left of the path: `技改项目.设备投资额`.
struct FoundList {
  RecordInScope owner;
  tir::FieldId field{};
  std::vector<ast::Name> rest;
};

std::optional<tir::FieldId> list_of(Context& context, RecordInScope const& record, ast::Name const& name) {
  auto const own = context.fields.find(record.schema);
  if (own == context.fields.end()) return std::nullopt;
  auto const field = own->second.find(name.text);
  if (field == own->second.end() || context.program.fields[field->second].type.kind != Kind::List) return std::nullopt;
  auto const found = find_field(context, record, name.text, name.span);
  return found && found->field.has_value() ? std::optional(found->field) : std::nullopt;
}

std::optional<FoundList> find_list(Context& context, Scope const& scope, ast::Path const& path) {
  if (path.parts.empty()) return std::nullopt;
  if (auto const found = follow(context, scope, path)) {
    if (found->poisoned) return std::nullopt;
    auto const list = list_of(context, found->record, found->rest.front());
    if (!list) return std::nullopt;
    return FoundList{found->record, *list, {found->rest.begin() + 1, found->rest.end()}};
  }
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at)
    if (at->schema.has_value())
      if (auto const list = list_of(context, *at, path.parts.front()))
        return FoundList{*at, *list, {path.parts.begin() + 1, path.parts.end()}};
  if (path.parts.size() < 2) return std::nullopt;
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at) {
    bool const named = at->schema.has_value() && (at->name == path.parts[0].text ||
                                                  context.program.schemas[at->schema].name == path.parts[0].text);
    if (!named) continue;
    if (auto const list = list_of(context, *at, path.parts[1]))
      return FoundList{*at, *list, {path.parts.begin() + 2, path.parts.end()}};
  }
  return std::nullopt;
}

ast::Reference const* plain_reference(Scope const& scope, ast::ExprId id) {
  auto const* reference = std::get_if<ast::Reference>(&scope.expr(id).kind);
  return reference == nullptr || reference->period ? nullptr : reference;
}

// What each row contributes; absent where the aggregate asks for nothing.
std::optional<tir::ExprId> each_of(Context& context, Scope const& inner, ast::Call const& call, FoundList const& list,
                                   Span span) {
  if (call.each.has_value()) {
    if (!list.rest.empty()) context.diagnostics.add(span, diag::ListThenExpression, source_text(context, span));
    return check_expr(context, inner, call.each);
  }
  if (list.rest.empty()) return std::nullopt;
  auto const& item = inner.records.back();
  auto member = std::optional(item);
  auto rest = list.rest;
  // 合计（合同.对方.税收）: what the row points at.
  if (rest.size() > 1) {
    Scope row = inner;
    row.records = {item};
    ast::Path path;
    path.parts = rest;
    auto const found = follow(context, row, path);
    if (found && found->poisoned) return poison(context, span);
    if (found) member = found->record, rest = found->rest;
  }
  if (rest.size() == 1)
    if (auto const value = member_of(context, inner, *member, rest.front(), rest.front().span)) return value;
  if (list.rest.back().known) {
    std::vector<std::string> names;
    for (auto const& [name, id] : context.fields[item.schema]) names.push_back(name);
    auto& diagnostic = context.diagnostics.add(list.rest.back().span, diag::NoSuchField,
                                               context.program.schemas[item.schema].name, list.rest.back().text);
    if (auto const near = nearest(list.rest.back().text, names)) diagnostic.add_help(diag::note::DidYouMean, *near);
  }
  return poison(context, span);
}

// Whether two values of the kind are equal or not, and nothing between.
bool can_differ(Kind kind) {
  return kind != Kind::Record && kind != Kind::List && kind != Kind::Set && kind != Kind::Poison;
}

// 不重复, an order or named arguments where they mean nothing.
tir::ExprId out_of_place(Context& context, ast::Call const& call, Span span) {
  auto& found = context.diagnostics.add(span, diag::OutOfPlace, source_text(context, span));
  if (!call.distinct.empty()) found.add_help(diag::note::DistinctHelp);
  return poison(context, span);
}

}  // namespace

std::optional<AggregateOp> aggregate_word(std::string_view word) {
  if (word == "合计") return AggregateOp::Sum;
  if (word == "数量") return AggregateOp::Count;
  if (word == "存在") return AggregateOp::Exists;
  if (word == "全部") return AggregateOp::All;
  if (word == "平均") return AggregateOp::Mean;
  if (word == "最大") return AggregateOp::Largest;
  if (word == "最小") return AggregateOp::Smallest;
  if (word == "中位") return AggregateOp::Median;
  if (word == "前n项") return AggregateOp::Top;
  return std::nullopt;
}

std::optional<AggregateShape> aggregate_shape(Context& context, AggregateOp op, std::string_view word,
                                              std::optional<tir::ExprId> each, std::optional<tir::ExprId> where,
                                              Span span) {
  bool const poisoned = (each && is_poison(context, *each)) || (where && is_poison(context, *where));
  if (poisoned) return std::nullopt;
  switch (op) {
    case AggregateOp::Count:
      if (each) context.diagnostics.add(span_of(context, *each), diag::CountOfValue);
      if (each) return std::nullopt;
      return AggregateShape{number_type(types::unit_of(types::BaseUnit::Item)), {}, where.value_or(tir::ExprId{})};
    case AggregateOp::Exists:
    case AggregateOp::All:
      if (each && is_poison(context, expect_truth(context, *each))) return std::nullopt;
      // 全部（设备，其中 …）: the filter is what all must meet.
      if (op == AggregateOp::All && !each) {
        if (!where) context.diagnostics.add(span, diag::AggregateOfNothing, word);
        if (!where) return std::nullopt;
        return AggregateShape{truth_type(), *where, {}};
      }
      return AggregateShape{truth_type(), each.value_or(tir::ExprId{}), where.value_or(tir::ExprId{})};
    case AggregateOp::Sum:
    case AggregateOp::Mean:
    case AggregateOp::Largest:
    case AggregateOp::Smallest:
    case AggregateOp::Median:
    case AggregateOp::Top:
    case AggregateOp::Distinct: break;
  }
  if (!each) {
    context.diagnostics.add(span, diag::AggregateOfNothing, word);
    return std::nullopt;
  }
  Type const type = type_of(context, *each);
  auto const filter = where.value_or(tir::ExprId{});
  if (op == AggregateOp::Distinct && can_differ(type.kind))
    return AggregateShape{number_type(types::unit_of(types::BaseUnit::Item)), *each, filter};
  bool const ranked = op == AggregateOp::Largest || op == AggregateOp::Smallest;
  bool const fits = (type.kind == Kind::Number && op != AggregateOp::Distinct) ||
                    (ranked && (type.kind == Kind::Date || type.kind == Kind::Year || type.kind == Kind::Month));
  if (!fits) {
    context.diagnostics.add(span_of(context, *each), diag::NoNumber, phrase(context, type));
    return std::nullopt;
  }
  return AggregateShape{type, *each, filter};
}

tir::ExprId check_aggregate(Context& context, Scope const& scope, AggregateOp op, ast::Call const& call, Span span) {
  if (auto const tally = check_tally_aggregate(context, scope, op, call, span)) return *tally;
  bool const distinct = op == AggregateOp::Count && call.distinct.size() == 1 && !call.each.has_value();
  if ((!call.distinct.empty() && !distinct) || call.order || !call.named.empty() || call.count == 0)
    return out_of_place(context, call, span);
  if (call.arguments.size() != 1) {
    context.diagnostics.add(span, diag::AggregateOfOne, call.callee.text);
    return poison(context, span);
  }
  ast::ExprId const over = call.arguments.front();
  if (is_period(scope, over) && distinct) return out_of_place(context, call, span);
  if (is_period(scope, over)) return check_window(context, scope, op, call, span);
  if (auto const cohort = check_cohort_aggregate(context, scope, op, call, span)) return *cohort;
  auto const* reference = plain_reference(scope, over);
  auto const list = reference == nullptr ? std::nullopt : find_list(context, scope, reference->path);
  if (!list) {
    tir::ExprId const value = check_expr(context, scope, over);
    if (!is_poison(context, value))
      context.diagnostics.add(scope.expr(over).span, diag::NoList, call.callee.text,
                              phrase(context, type_of(context, value)));
    return poison(context, span);
  }
  tir::Field const field = context.program.fields[list->field];
  tir::BindingId const item{scope.frame->next_binding++};
  Scope inner = scope;
  inner.records.push_back({field.type.schema, item, field.name});
  auto each = each_of(context, inner, call, *list, scope.expr(over).span);
  if (distinct && !each) {
    each = check_expr(context, inner, call.distinct.front());
    op = AggregateOp::Distinct;
  }
  auto const where = call.where.has_value() ? std::optional(check_condition(context, inner, call.where)) : std::nullopt;
  auto const shape = aggregate_shape(context, op, call.callee.text, each, where, span);
  if (!shape) return poison(context, span);
  return add(
      context,
      tir::Aggregate{op, list->owner.binding, list->field, item, shape->each, shape->where, call.count.value_or(0)},
      shape->type, span);
}

}  // namespace huiyu::check
